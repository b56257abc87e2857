"""The hours that a plot shows: without gaps, neither too few nor too many."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from payment_codes.amount import Amount
from pos.takings import FEWEST_HOURS, HOUR_MS, MOST_HOURS, hours_of
from wallet_api.contract.ids import new_id
from wallet_api.contract.instants import instant_ms, instant_text
from wallet_api.contract.shop import HourTakings, ShiftReport, Total

#: 2026-11-21 00:00 in UTC.
DAY = 1_795_219_200_000


def total(count: int) -> Total:
    return Total(count=count, amount=Amount(100 * count, "CNY"))


def report(opened: int, hours: list[int]) -> ShiftReport:
    """Give the report of a shift opened at a moment, with sales in these hours of that day."""
    taken = [
        HourTakings(starts_at=instant_text(DAY + hour * HOUR_MS), sales=total(1), returns=total(0))
        for hour in hours
    ]
    zero, nothing = Amount(0, "CNY"), total(0)
    return ShiftReport(
        kind="x",
        shift=new_id(),
        number=1,
        merchant="Corner Café",
        store="Main store",
        till=new_id(),
        cash_float=zero,
        opened_at=instant_text(opened),
        closed_at=None,
        sales=total(len(hours)),
        tips=nothing,
        discounts=nothing,
        refunds=nothing,
        reversals=nothing,
        fees=zero,
        net=zero,
        first_charge=None,
        last_charge=None,
        hours=taken,
    )


def clock(one: HourTakings) -> int:
    return (instant_ms(one.starts_at) - DAY) // HOUR_MS


def test_nothing_taken_shows_nothing() -> None:
    assert hours_of(report(DAY, [])) == []


def test_a_young_shift_shows_the_day_to_come() -> None:
    opened = DAY + 9 * HOUR_MS + 20 * 60_000
    found = hours_of(report(opened, [11]))
    assert [clock(one) for one in found] == list(range(9, 17))
    assert [one.sales.count for one in found] == [0, 0, 1, 0, 0, 0, 0, 0]


def test_a_shift_left_open_shows_its_newest_hours() -> None:
    found = hours_of(report(DAY, [1, 30, 50]))
    assert [clock(one) for one in found] == list(range(27, 51))


@given(
    opened=st.integers(0, 90 * 60),
    hours=st.sets(st.integers(0, 100), min_size=1, max_size=30).map(sorted),
)
def test_hours_follow_each_other_up_to_the_newest(opened: int, hours: list[int]) -> None:
    found = hours_of(report(DAY + hours[0] * HOUR_MS - opened * 1_000, hours))
    starts = [clock(one) for one in found]
    assert starts == list(range(starts[0], starts[0] + len(starts)))
    assert FEWEST_HOURS <= len(found) <= MOST_HOURS
    assert starts[-1] >= hours[-1]
    assert {one for one in hours if one >= starts[0]} == {
        start for start, one in zip(starts, found, strict=True) if one.sales.count
    }
