"""Times as codes write them: YYYYMMDD or YYYYMMDDHHMMSS in a country's own time."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Final

from payment_codes.errors import CodeInvalid

UTC_8: Final = timezone(timedelta(hours=8))
"""The time of Singapore and Hong Kong, which do not change their clocks."""

_MOMENT: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:([0-9]{2})([0-9]{2})([0-9]{2}))?")


def read_moment(text: str, zone: tzinfo) -> datetime | None:
    """Return the time a text says, a day's last second for a day; None for what is no time."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    if match[4] is None:
        hour, minute, second = 23, 59, 59
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def write_moment(moment: datetime, zone: tzinfo, section: str) -> str:
    """Return a time to its second, as YYYYMMDDHHMMSS.

    Raises CodeInvalid, citing `section`, for a time without a zone, or beyond the year 9999.
    """
    if moment.tzinfo is None:
        raise CodeInvalid(
            "The time needs its time zone ({field}).", field="expires", section=section
        )
    try:
        local = moment.astimezone(zone)
    except OverflowError as error:
        raise CodeInvalid(
            "The time is too late to be written ({field}).", field="expires", section=section
        ) from error
    return f"{local.year:04}{local:%m%d%H%M%S}"
