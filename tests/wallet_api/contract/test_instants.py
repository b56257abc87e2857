"""Moments are RFC 3339 text outside and whole milliseconds inside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet_api.contract.instants import instant_ms, instant_text

YEAR_9999 = 253_402_300_799_999


@given(st.integers(-62_135_596_800_000, YEAR_9999))
def test_every_millisecond_comes_back(milliseconds: int) -> None:
    assert instant_ms(instant_text(milliseconds)) == milliseconds


@given(st.integers(0, YEAR_9999), st.integers(0, YEAR_9999))
def test_text_sorts_as_time_does(one: int, other: int) -> None:
    assert (instant_text(one) < instant_text(other)) == (one < other)


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("1970-01-01T00:00:00.000Z", 0),
        ("2026-01-31T09:00:00.000Z", 1_769_850_000_000),
        ("2026-01-31T09:00:00Z", 1_769_850_000_000),
        ("2026-01-31T17:00:00.000+08:00", 1_769_850_000_000),
        ("2026-01-31T09:00:00.0019999Z", 1_769_850_000_001),
        ("2026-01-31T09:00:00.5-00:00", 1_769_850_000_500),
    ],
)
def test_known_moments(text: str, milliseconds: int) -> None:
    assert instant_ms(text) == milliseconds


def test_the_form_is_fixed() -> None:
    assert instant_text(1_769_850_000_000) == "2026-01-31T09:00:00.000Z"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-01-31",
        "2026-01-31T09:00:00",
        "2026-01-31 09:00:00Z",
        "2026-01-31T09:00Z",
        "20260131T090000Z",
        "2026-W05-6T09:00:00Z",
        "2026-01-31T09:00:00,000Z",
        "2026-01-31T09:00:00.Z",
        "2026-01-31T09:00:00+0800",
        "2026-01-31T09:00:00+08:00:01",
        "2026-02-30T09:00:00Z",
        "2026-01-31T25:00:00Z",
        "2026-01-31T09:00:60Z",
        "２０２６-01-31T09:00:00Z",
        "2026-01-31T09:00:00Z\n",
    ],
)
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        instant_ms(text)
