"""Amounts as each language writes them, compared with the Unicode CLDR as Babel has it."""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from babel.dates import format_skeleton
from babel.numbers import format_currency, get_currency_symbol
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.amount import LARGEST_MINOR, Amount
from payment_codes.currency import CURRENCIES
from terminal_kit import language
from terminal_kit.screens.money import figure, month_heading, shown, signed, symbol

if TYPE_CHECKING:
    from terminal_kit.language import Language


@pytest.fixture(autouse=True, params=["en", "zh"])
def spoken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Language:
    monkeypatch.setattr(language, "_chosen", [request.param])
    chosen: Language = request.param
    return chosen


def test_every_currency_has_the_sign_that_the_language_gives_it(spoken: Language) -> None:
    for code in CURRENCIES:
        known = get_currency_symbol(code, spoken)
        has_sign = any(unicodedata.category(letter) == "Sc" for letter in known)
        assert symbol(code) == (known if has_sign else code)


@pytest.mark.parametrize("code", ["CNY", "EUR", "USD", "JPY", "KRW"])
@pytest.mark.parametrize("minor", [0, 5, 1_250, 123_450, -350, 999_999_999_999])
def test_sign_groups_and_point_stand_where_the_language_puts_them(
    spoken: Language, code: str, minor: int
) -> None:
    number = Decimal(minor).scaleb(-CURRENCIES[code].exponent)
    assert shown(Amount(minor, code)) == format_currency(number, code, locale=spoken)


def test_the_two_languages_tell_yuan_and_yen_apart(spoken: Language) -> None:
    yuan, yen = shown(Amount(1_234_50, "CNY")), shown(Amount(1_234, "JPY"))
    assert (yuan, yen) == {
        "en": ("CN¥1,234.50", "¥1,234"),
        "zh": ("¥1,234.50", "JP¥1,234"),
    }[spoken]
    assert shown(Amount(-1_250, "CHF")) == "-CHF 12.50"
    assert signed(Amount(1_250, "EUR")) == "+€12.50"
    assert signed(Amount(-1_250, "EUR")) == "-€12.50"
    assert signed(Amount(0, "EUR")) == "€0.00"


@given(st.integers(-LARGEST_MINOR, LARGEST_MINOR), st.sampled_from(sorted(CURRENCIES)))
def test_grouping_changes_no_digit(minor: int, code: str) -> None:
    exponent = CURRENCIES[code].exponent
    number = Decimal(figure(Amount(minor, code)).replace(",", ""))
    assert number.scaleb(exponent) == minor


def test_months_are_headed_as_each_language_does(spoken: Language) -> None:
    for month in range(1, 13):
        expected = format_skeleton("yMMMM", dt.date(2026, month, 1), locale=spoken)
        assert month_heading(f"2026-{month:02d}") == expected
