"""The counters of what leaves a customer: one row each, which starts anew with day and year."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wallet_api.limits.records import SPENDING, Spending
from wallet_api.store.calendar import business_zone, day_of, period_of_day, period_of_year

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

#: How many recent movements are remembered, and how long, in milliseconds.
MOST_RECENT = 50
RECENT_MS = 86_400_000


def spending_at(transaction: Transaction, customer: str, now: Now) -> Spending:
    """Give a customer's counters as they stand at a moment; nothing is written."""
    row = SPENDING.get(transaction, customer)
    if row is not None and now.business < row.day_ends_at:
        return row
    zone = business_zone(transaction)
    today = day_of(zone, now.business)
    day, year = period_of_day(zone, today), period_of_year(zone, today.year)
    if row is None:
        days, years = (day.began_at, day.ends_at), (year.began_at, year.ends_at)
        return Spending(customer, *days, 0, 0, 0, *years, 0, 0, 0, "", now.business)
    return replace(
        row,
        day_began_at=day.began_at,
        day_ends_at=day.ends_at,
        day_amount=0,
        static_amount=0,
        pin_free=0,
        year_began_at=year.began_at,
        year_ends_at=year.ends_at,
        year_amount=row.year_amount if now.business < row.year_ends_at else 0,
    )


def recent_moments(spending: Spending) -> list[int]:
    """Give the moments of the latest movements, oldest first."""
    return [int(moment) for moment in spending.recent.split()]


def with_recent(spending: Spending, now: Now) -> str:
    """Give the latest movements with one more at this moment; old ones are forgotten."""
    kept = [one for one in recent_moments(spending) if one > now.business - RECENT_MS]
    return " ".join(str(moment) for moment in [*kept, now.business][-MOST_RECENT:])
