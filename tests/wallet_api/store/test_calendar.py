"""The bank's calendar: days and years of one zone, kept from the first start on."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet_api.store.calendar import (
    DEFAULT_ZONE,
    business_zone,
    day_of,
    keep_zone,
    period_of_day,
    period_of_year,
    zone_named,
)

if TYPE_CHECKING:
    from wallet_api.store.engine import Engine

ZONES = [
    DEFAULT_ZONE,
    "Europe/Berlin",
    "America/Sao_Paulo",  # Its clocks went forward at midnight.
    "Asia/Kathmandu",
    "Pacific/Apia",  # It left a whole day out.
    "UTC",
]
HOUR = 3_600_000


def ms(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp() * 1_000)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2027-01-15T15:59:59.999+00:00", "2027-01-15"),
        ("2027-01-15T16:00:00.000+00:00", "2027-01-16"),
        ("2026-12-31T15:59:59.999+00:00", "2026-12-31"),
        ("2026-12-31T16:00:00.000+00:00", "2027-01-01"),
    ],
)
def test_a_day_of_shanghai_begins_at_its_midnight(moment: str, day: str) -> None:
    assert day_of(ZoneInfo(DEFAULT_ZONE), ms(moment)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("day", "hours"), [("2027-03-28", 23), ("2027-10-31", 25), ("2027-06-01", 24)]
)
def test_a_day_is_as_long_as_its_clocks_make_it(day: str, hours: int) -> None:
    period = period_of_day(ZoneInfo("Europe/Berlin"), date.fromisoformat(day))
    assert period.ends_at - period.began_at == hours * HOUR


@given(
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    at=st.integers(ms("2000-01-01T00:00:00+00:00"), ms("2100-01-01T00:00:00+00:00")),
)
def test_every_moment_lies_in_its_day_and_its_year(zone: ZoneInfo, at: int) -> None:
    day = day_of(zone, at)
    today, this_year = period_of_day(zone, day), period_of_year(zone, day.year)
    assert today.began_at <= at < today.ends_at
    assert this_year.began_at <= today.began_at
    assert today.ends_at <= this_year.ends_at
    assert period_of_day(zone, day + timedelta(days=1)).began_at == today.ends_at
    assert day_of(zone, today.began_at) == day
    assert day_of(zone, today.ends_at - 1) == day


def test_the_first_start_decides(engine: Engine) -> None:
    assert engine.read(lambda tx, _now: business_zone(tx)).key == DEFAULT_ZONE
    for zone in ("Europe/Berlin", None, "Europe/Berlin", DEFAULT_ZONE):
        kept = engine.submit(lambda tx, _now, zone=zone: keep_zone(tx, zone)).result(timeout=30)  # type: ignore[misc]
        assert kept == "Europe/Berlin"
        assert engine.read(lambda tx, _now: business_zone(tx)).key == kept


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "/etc/localtime", "Europe"])
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        zone_named(name)
