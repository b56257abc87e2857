"""The rows of the shop day. Amounts are minor units, times milliseconds of business time."""

from __future__ import annotations

from dataclasses import dataclass

from wallet_api.store.table import Table


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A till's period of work; ``cash`` is the change in the drawer at its start."""

    id: str
    till: str
    merchant: str
    number: int
    currency: str
    cash: int
    opened_at: int
    closed_at: int | None


@dataclass(frozen=True, slots=True)
class Takings:
    """What was taken in a shift: counts, and their sums.

    ``first`` and ``last`` are its charges in the order of payment. ``hours`` is JSON: a list of
    hour (milliseconds at its start), sales, sold, returns, returned.
    """

    shift: str
    sales: int
    sold: int
    tips: int
    tipped: int
    discounts: int
    discounted: int
    refunds: int
    refunded: int
    reversals: int
    reversed: int
    fees: int
    first: str | None
    last: str | None
    hours: str

    @property
    def net(self) -> int:
        """What the merchant's account moved by."""
        return self.sold - self.refunded - self.reversed - self.fees


SHIFTS = Table("shifts", ShiftRow)
TAKINGS = Table("takings", Takings)
