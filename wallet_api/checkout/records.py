"""The rows of checkout. Amounts are minor units, times milliseconds of business time."""

from __future__ import annotations

from dataclasses import dataclass

from wallet_api.store.table import Table


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """A request for money.

    ``token`` is what its code carries; without one the payer's code was scanned. A tombstone is
    closed with amount 0. ``journal`` is the number of the entry that paid it. ``static_code`` is
    the token of the till's static code, where the payer typed the amount. ``discount`` was taken
    off before ``amount``. ``shift`` is the till's when the charge was paid, ``reversed_in`` that of
    the till which reversed it. ``seen_at`` is when a wallet first scanned its code.
    """

    id: str
    token: str | None
    merchant: str
    till: str
    customer: str | None
    currency: str
    amount: int
    tip: int
    note: str | None
    reference: str | None
    state: str
    reason: str | None
    fee: int
    refunded: int
    fee_returned: int
    created_at: int
    expires_at: int
    paid_at: int | None
    journal: int | None
    static_code: str | None = None
    discount: int = 0
    shift: str | None = None
    reversed_in: str | None = None
    seen_at: int | None = None


@dataclass(frozen=True, slots=True)
class StaticCodeRow:
    """The code of a till that stays the same: the payer types the amount."""

    token: str
    till: str
    merchant: str
    created_at: int


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A customer's attempt to pay a charge."""

    id: str
    charge: str
    customer: str
    state: str
    reason: str | None
    created_at: int


@dataclass(frozen=True, slots=True)
class RefundRow:
    """Money given back on a paid charge; ``shift`` is that of the till which gave it."""

    id: str
    charge: str
    amount: int
    reason: str | None
    created_at: int
    shift: str | None = None


CHARGES = Table("charges", ChargeRow)
STATIC_CODES = Table("static_codes", StaticCodeRow)
PAYMENTS = Table("payments", PaymentRow)
REFUNDS = Table("refunds", RefundRow)
