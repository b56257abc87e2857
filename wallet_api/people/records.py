"""The rows of money between people. Amounts are minor units, times milliseconds of business time.

``moved_at`` is when money left its sender, and nothing before it did.
"""

from __future__ import annotations

from dataclasses import dataclass

from wallet_api.store.table import Table


@dataclass(frozen=True, slots=True)
class PersonalCodeRow:
    """A code to receive money with; without an amount the payer types it."""

    id: str
    token: str
    customer: str
    currency: str
    amount: int | None
    note: str | None
    created_at: int


@dataclass(frozen=True, slots=True)
class SplitRow:
    """A bill that was split; ``own`` is the share of whoever split it."""

    id: str
    sender: str
    currency: str
    amount: int
    own: int
    note: str | None
    created_at: int


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request for money; ``transfer`` paid it, or is held on its way."""

    id: str
    requester: str
    payer: str
    currency: str
    amount: int
    note: str | None
    state: str
    split: str | None
    transfer: str | None
    created_at: int
    expires_at: int


@dataclass(frozen=True, slots=True)
class TransferRow:
    """Money from one person to another. While it waits for the PIN it does until ``expires_at``.

    A held one is delivered at ``deliver_at``.
    """

    id: str
    sender: str
    receiver: str
    currency: str
    amount: int
    note: str | None
    state: str
    reason: str | None
    request: str | None
    deliver_at: int | None
    created_at: int
    expires_at: int
    moved_at: int | None


@dataclass(frozen=True, slots=True)
class GiftRow:
    """Money given away in ``count`` shares, to one ``receiver`` or to whoever has the token.

    ``claimed`` is the sum of the ``claims`` taken so far. The PIN must come before ``confirm_by``.
    """

    id: str
    token: str
    sender: str
    receiver: str | None
    currency: str
    amount: int
    count: int
    random: int
    note: str | None
    state: str
    reason: str | None
    claimed: int
    claims: int
    created_at: int
    confirm_by: int
    expires_at: int
    moved_at: int | None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One person's share of a gift, the ``number``-th."""

    id: str
    gift: str
    number: int
    customer: str
    amount: int
    created_at: int


PERSONAL_CODES = Table("personal_codes", PersonalCodeRow)
SPLITS = Table("splits", SplitRow)
REQUESTS = Table("requests", RequestRow)
TRANSFERS = Table("transfers", TransferRow)
GIFTS = Table("gifts", GiftRow)
CLAIMS = Table("claims", ClaimRow)
