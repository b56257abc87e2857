"""The business day: when one is over, merchants are settled and the firm's money is moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from wallet_api.banking.records import DAYS, DayRow
from wallet_api.store.calendar import business_zone, day_of, period_of_day

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


@dataclass(frozen=True, slots=True)
class CloseDays:
    """Everything up to the end of a day (``2027-01-15``) is settled and swept."""

    day: str


def next_close(transaction: Transaction, _now: Now) -> int | None:
    """Give the moment at which the first open day of the books ends, or None for empty books."""
    zone = business_zone(transaction)
    row = transaction.one("SELECT MAX(day) FROM bank_days")
    if row is not None and row[0] is not None:
        day = date.fromisoformat(row[0]) + timedelta(days=1)
    else:
        first = transaction.one("SELECT booked_at FROM journal ORDER BY number LIMIT 1")
        if first is None:
            return None
        day = day_of(zone, first[0])
    return period_of_day(zone, day).ends_at


def today_began(transaction: Transaction, now: Now) -> int:
    """Give the moment at which the current business day began."""
    zone = business_zone(transaction)
    return period_of_day(zone, day_of(zone, now.business)).began_at


def close_days(transaction: Transaction, command: CloseDays, now: Now) -> None:
    """Note that a day and all before it are closed; again changes nothing."""
    if DAYS.get(transaction, command.day) is None:
        DAYS.insert(transaction, DayRow(command.day, now.business))


def yesterday(transaction: Transaction, now: Now) -> str:
    """Give the business day before the current one."""
    return (day_of(business_zone(transaction), now.business) - timedelta(days=1)).isoformat()
