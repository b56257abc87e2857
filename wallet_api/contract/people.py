"""What crosses the wire about money between people: transfers, requests, splits and gifts."""

from __future__ import annotations

import enum
from typing import Literal

from payment_codes.amount import Amount
from wallet_api.contract.fields import Currency, GiftLife, Id, Instant, Name, PositiveAmount, Shares
from wallet_api.contract.wire import Answer, Body


class TransferState(enum.StrEnum):
    """The life of a transfer: money moved in ``held``, ``succeeded`` and ``returned`` only."""

    PIN_REQUIRED = "pin_required"
    HELD = "held"
    SUCCEEDED = "succeeded"
    RETURNED = "returned"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class RequestState(enum.StrEnum):
    """The life of a request for money; only an open one can be paid."""

    OPEN = "open"
    PAID = "paid"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class GiftState(enum.StrEnum):
    """The life of a gift: the money is held while it is ``open``."""

    PIN_REQUIRED = "pin_required"
    OPEN = "open"
    CLAIMED = "claimed"
    RETURNED = "returned"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class SendRequest(Body, frozen=True, kw_only=True):
    """Send money to a person; ``to`` is a wallet's id."""

    to: Id
    amount: PositiveAmount
    note: Name | None = None


class ReceiveRequest(Body, frozen=True, kw_only=True):
    """Ask for a personal code; without an amount the payer types it."""

    amount: PositiveAmount | None = None
    note: Name | None = None


class MoneyRequestRequest(Body, frozen=True, kw_only=True):
    """Ask a person for money; ``payer`` is a wallet's id."""

    payer: Id
    amount: PositiveAmount
    note: Name | None = None


class PayRequest(Body, frozen=True, kw_only=True):
    """Pay a request on exactly these terms; ``payee`` is the id of the wallet that asked."""

    payee: Id
    amount: PositiveAmount


class SplitRequest(Body, frozen=True, kw_only=True):
    """Split a bill with people. ``shares`` are weights, one's own first; without them all alike."""

    amount: PositiveAmount
    people: list[Id]
    shares: list[int] | None = None
    note: Name | None = None


class GiftRequest(Body, frozen=True, kw_only=True):
    """Give money away to whoever has the code, or to the one wallet ``receiver``.

    ``count`` shares, all alike or random; ``expires_in`` is in seconds of business time.
    """

    amount: PositiveAmount
    count: Shares = 1
    random: bool = False
    receiver: Id | None = None
    note: Name | None = None
    expires_in: GiftLife | None = None


class ClaimRequest(Body, frozen=True, kw_only=True):
    """Take one's share of a gift: the token of its code, or the id of a gift to oneself."""

    gift: str


class Person(Answer, frozen=True, kw_only=True):
    """What anybody with a wallet may learn of another wallet."""

    wallet: Id
    name: str
    currency: Currency


class Payee(Answer, frozen=True, kw_only=True):
    """What a personal code says: who receives, and what was asked for."""

    wallet: Id
    name: str
    currency: Currency
    amount: Amount | None = None
    note: str | None = None


class PersonalCode(Answer, frozen=True, kw_only=True):
    """One's own code to receive money with; ``payload`` is its text."""

    id: Id
    payload: str
    created_at: Instant
    amount: Amount | None = None
    note: str | None = None


class Transfer(Answer, frozen=True, kw_only=True):
    """Money from one person to another, as both see it. Names beside ids.

    A held transfer is delivered at ``deliver_at`` unless its sender takes it back before.
    """

    id: Id
    state: TransferState
    amount: Amount
    sender: str
    sender_id: Id
    receiver: str
    receiver_id: Id
    created_at: Instant
    expires_at: Instant
    deliver_at: Instant | None = None
    request: Id | None = None
    note: str | None = None
    reason: str | None = None


class MoneyRequest(Answer, frozen=True, kw_only=True):
    """A request for money, as both see it; ``transfer`` is what paid it."""

    id: Id
    state: RequestState
    amount: Amount
    requester: str
    requester_id: Id
    payer: str
    payer_id: Id
    created_at: Instant
    expires_at: Instant
    split: Id | None = None
    transfer: Id | None = None
    note: str | None = None


class Split(Answer, frozen=True, kw_only=True):
    """A bill that was split: one's own share, and how many of the others have paid."""

    id: Id
    amount: Amount
    own: Amount
    received: Amount
    people: int
    paid: int
    created_at: Instant
    note: str | None = None


class SplitShares(Split, frozen=True, kw_only=True):
    """A split with the request to each person."""

    requests: list[MoneyRequest]


class Gift(Answer, frozen=True, kw_only=True):
    """A gift, as its sender and the one it is for see it.

    ``payload`` is the text of its code, for the sender alone, while it can be taken; a gift to one
    ``receiver`` has none. ``claimed`` and ``claims`` are what was taken so far.
    """

    id: Id
    state: GiftState
    amount: Amount
    count: int
    random: bool
    claimed: Amount
    claims: int
    sender: str
    sender_id: Id
    created_at: Instant
    expires_at: Instant
    receiver: str | None = None
    receiver_id: Id | None = None
    payload: str | None = None
    note: str | None = None
    reason: str | None = None


class Claim(Answer, frozen=True, kw_only=True):
    """One person's share of a gift."""

    id: Id
    state: Literal["succeeded"]
    amount: Amount
    gift: Id
    sender: str
    claimer: str
    created_at: Instant
    note: str | None = None
