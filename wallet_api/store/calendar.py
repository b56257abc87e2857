"""The bank's calendar: which day and which year a moment of business time belongs to.

Limits, reports and settlements count by calendar days of one time zone. The books keep its name
from their first start on, so that a day never changes its meaning and every reader agrees.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from wallet_api.store.database import Transaction

DEFAULT_ZONE = "Asia/Shanghai"
_META = "business zone"


class WrongZoneError(Exception):
    """The books keep their days in another time zone, named here; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of business time, in milliseconds: from ``began_at`` until before ``ends_at``."""

    began_at: int
    ends_at: int


def zone_named(name: str) -> ZoneInfo:
    """Give the time zone of an IANA name, such as Europe/Berlin. Raises ValueError."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{name!r} is no time zone") from None


def business_zone(transaction: Transaction) -> ZoneInfo:
    """Give the time zone that the books keep their days in."""
    row = transaction.one("SELECT value FROM meta WHERE name = ?", _META)
    return ZoneInfo(DEFAULT_ZONE if row is None else bytes(row[0]).decode())


def keep_zone(transaction: Transaction, name: str | None) -> str:
    """Keep the books' time zone at their first start and give it, which later may be another one.

    ``name`` None stands for the kept one or the default.
    """
    row = transaction.one("SELECT value FROM meta WHERE name = ?", _META)
    if row is not None:
        return bytes(row[0]).decode()
    chosen = name or DEFAULT_ZONE
    transaction.run("INSERT INTO meta (name, value) VALUES (?, ?)", _META, chosen.encode())
    return chosen


def day_of(zone: ZoneInfo, milliseconds: int) -> date:
    """Give the calendar day of a moment."""
    # Whole seconds: a float would round 23:59:59.9999… up into the next day.
    return datetime.fromtimestamp(milliseconds // 1_000, zone).date()


def period_of_day(zone: ZoneInfo, day: date) -> Period:
    """Give when a calendar day begins and ends: 23, 24 or 25 hours."""
    return Period(_midnight(zone, day), _midnight(zone, day + timedelta(days=1)))


def period_of_month(zone: ZoneInfo, year: int, month: int) -> Period:
    """Give when a calendar month begins and ends."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return Period(_midnight(zone, date(year, month, 1)), _midnight(zone, following))


def period_of_year(zone: ZoneInfo, year: int) -> Period:
    """Give when a calendar year begins and ends."""
    return Period(_midnight(zone, date(year, 1, 1)), _midnight(zone, date(year + 1, 1, 1)))


def _midnight(zone: ZoneInfo, day: date) -> int:
    return int(datetime.combine(day, time(), zone).timestamp()) * 1_000
