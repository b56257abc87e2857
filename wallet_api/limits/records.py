"""The rows of limits. Amounts are minor units, times milliseconds of business time."""

from __future__ import annotations

from dataclasses import dataclass

from wallet_api.store.table import Table


@dataclass(frozen=True, slots=True)
class Spending:
    """What left a customer: in the day and the year that the row is at, and as a habit.

    ``static_amount`` went to static codes, ``pin_free`` counts payments without a PIN. A habit is
    ``total`` over all ``movements``; ``recent`` holds the moments of the latest, by spaces.
    ``since`` is when counting began.
    """

    customer: str
    day_began_at: int
    day_ends_at: int
    day_amount: int
    static_amount: int
    pin_free: int
    year_began_at: int
    year_ends_at: int
    year_amount: int
    movements: int
    total: int
    recent: str
    since: int


@dataclass(frozen=True, slots=True)
class TierEvidence:
    """That a customer's evidence for a tier was verified; of the evidence only a keyed digest."""

    id: str
    customer: str
    tier: str
    digest: bytes
    verified_at: int


SPENDING = Table("spending", Spending)
TIER_EVIDENCE = Table("tier_evidence", TierEvidence)
