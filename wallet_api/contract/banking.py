"""What crosses the wire between wallet, merchant and bank, and what the lab tells its bank."""

from __future__ import annotations

from typing import Literal

from payment_codes.amount import Amount
from wallet_api.contract.fields import Currency, Id, Instant, PositiveAmount
from wallet_api.contract.wire import Answer, Body

#: Whom an approval of a withdrawal names as the payee: the customer's own bank account.
BANK_ACCOUNT = "bank account"

WithdrawalState = Literal["pin_required", "pending", "succeeded", "returned", "failed", "expired"]
Fault = Literal["late", "never", "twice", "refuse", "take_back", "stray", "answer"]


class WithdrawalRequest(Body, frozen=True, kw_only=True):
    """Send money to one's bank account, at exactly the fee that was offered."""

    amount: PositiveAmount
    fee: Amount


class WithdrawalOffer(Answer, frozen=True, kw_only=True):
    """What a withdrawal would cost. ``total`` is what leaves the wallet."""

    amount: Amount
    fee: Amount
    total: Amount
    pin_required: bool


class Withdrawal(Answer, frozen=True, kw_only=True):
    """Money on its way to the bank, arrived there, or back again.

    ``returned`` says that the bank sent it back, ``failed`` and ``expired`` that it never left.
    """

    id: Id
    state: WithdrawalState
    amount: Amount
    fee: Amount
    total: Amount
    created_at: Instant
    expires_at: Instant
    balance: Amount | None = None
    reason: str | None = None
    simulated: str | None = None


class Settlement(Answer, frozen=True, kw_only=True):
    """A merchant's takings up to the cut-off, on their way to the merchant's bank account."""

    id: Id
    merchant: Id
    state: Literal["pending", "succeeded", "returned"]
    amount: Amount
    cut_off: Instant
    created_at: Instant
    simulated: str | None = None


class SettlementFile(Answer, frozen=True, kw_only=True):
    """The settlement file: CSV (RFC 4180), the same bytes every time. ``sha256`` covers all."""

    id: Id
    sha256: str
    content: str


class SettleRequest(Body, frozen=True, kw_only=True):
    """Settle a merchant's takings up to now."""

    merchant: Id


class SweepRequest(Body, frozen=True, kw_only=True):
    """Sweep the fees earned in a currency out of the customers' money."""

    currency: Currency


class Sweep(Answer, frozen=True, kw_only=True):
    """Fees on their way to the firm's own account; below zero where it pays in."""

    id: Id
    state: Literal["pending", "succeeded", "failed"]
    amount: Amount
    created_at: Instant
    simulated: str | None = None


class Stray(Answer, frozen=True, kw_only=True):
    """Money that came without an owner; ``wallet`` is whose it turned out to be."""

    id: Id
    amount: Amount
    received_at: Instant
    wallet: Id | None = None
    matched_at: Instant | None = None
    simulated: str | None = None


class MatchRequest(Body, frozen=True, kw_only=True):
    """Say whose the money is."""

    wallet: Id


class LabBank(Body, frozen=True, kw_only=True):
    """Tell the simulated bank what to do with its next calls.

    ``late`` answers after ``seconds`` of business time, ``never`` not until ``answer``, ``twice``
    two times; ``refuse`` moves nothing; ``take_back`` settles a debit and takes it back after
    ``seconds``; ``stray`` sends ``amount`` without an owner at once. ``answer`` ends all of it.
    """

    fault: Fault
    kind: Literal["debit", "credit"] = "debit"
    calls: int = 1
    seconds: int = 0
    amount: PositiveAmount | None = None


class LabBankState(Answer, frozen=True, kw_only=True):
    """What the simulated bank will do; ``calls`` is how often still, ``reference`` a stray's id."""

    simulated: str
    calls: int
    reference: Id | None = None
