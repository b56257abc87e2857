"""The rows of checkout. Amounts are minor units, times milliseconds of business time."""

from __future__ import annotations

from dataclasses import dataclass

from wallet_api.store.table import Table


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """A request for money.

    ``token`` is what its code carries; without one the payer's code was scanned. A tombstone is
    closed with amount 0. ``journal`` is the number of the entry that paid it.
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
    """Money given back on a paid charge."""

    id: str
    charge: str
    amount: int
    reason: str | None
    created_at: int


@dataclass(frozen=True, slots=True)
class TopUpRow:
    """Money asked from the bank: pending until the bank has answered."""

    id: str
    customer: str
    currency: str
    amount: int
    state: str
    created_at: int


CHARGES = Table("charges", ChargeRow)
PAYMENTS = Table("payments", PaymentRow)
REFUNDS = Table("refunds", RefundRow)
TOP_UPS = Table("top_ups", TopUpRow)
