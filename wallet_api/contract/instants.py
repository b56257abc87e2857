"""Moments in time on the wire: RFC 3339 text in UTC with milliseconds; integers inside."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: RFC 3339 section 5.6 as we write it; the standard library also reads other forms of ISO 8601.
_RFC_3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})"
)


def system_ms() -> int:
    """Give this machine's wall time in milliseconds since the epoch."""
    return time.time_ns() // 1_000_000


def instant_text(milliseconds: int) -> str:
    """Write milliseconds since the epoch as RFC 3339 text, such as 2026-01-31T09:00:00.000Z."""
    moment = EPOCH + timedelta(milliseconds=milliseconds)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant_ms(text: str) -> int:
    """Read RFC 3339 text with an offset as milliseconds since the epoch.

    Raises ValueError for anything else.
    """
    if not _RFC_3339.fullmatch(text):
        raise ValueError(f"{text!r} is no moment of RFC 3339")
    moment = datetime.fromisoformat(text)
    return (moment - EPOCH) // timedelta(milliseconds=1)
