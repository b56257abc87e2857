"""The hours of a shift in a row, those in which nothing was taken too: what a plot shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from wallet_api.contract.instants import instant_ms, instant_text
from wallet_api.contract.shop import HourTakings, Total

if TYPE_CHECKING:
    from wallet_api.contract.shop import ShiftReport

HOUR_MS = 3_600_000
#: A young shift is shown as the day that it will be; a long one by its newest hours.
FEWEST_HOURS, MOST_HOURS = 8, 24


def hours_of(report: ShiftReport) -> list[HourTakings]:
    """Give 8 to 24 hours without a gap, oldest first; none where nothing was taken."""
    if not report.hours:
        return []
    taken = {instant_ms(one.starts_at): one for one in report.hours}
    first, newest = min(taken), max(taken)
    # Hours begin where those of the bank do, which may not be full ones elsewhere.
    start = first - max(-(-(first - instant_ms(report.opened_at)) // HOUR_MS), 0) * HOUR_MS
    end = max(newest, start + (FEWEST_HOURS - 1) * HOUR_MS)
    start = max(start, end - (MOST_HOURS - 1) * HOUR_MS)
    nothing = Total(count=0, amount=Amount(0, report.net.currency))
    return [
        taken.get(hour) or HourTakings(starts_at=instant_text(hour), sales=nothing, returns=nothing)
        for hour in range(start, end + 1, HOUR_MS)
    ]
