import copy
import pickle

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.amount import (
    LARGEST_MINOR,
    Amount,
    amount_text,
    decimal_text,
    parse_amount,
)
from payment_codes.currency import CURRENCIES, Currency, currency, currency_by_number
from payment_codes.errors import AmountInvalid, PaymentTextError

currency_codes = st.sampled_from(sorted(CURRENCIES))
amounts = st.builds(Amount, st.integers(1, LARGEST_MINOR), currency_codes)


@pytest.mark.parametrize(
    ("text", "minor", "code"),
    [
        ("12.50", 1250, "CNY"),
        ("12.5", 1250, "CNY"),
        ("12", 1200, "CNY"),
        ("0.01", 1, "CNY"),
        ("007", 700, "CNY"),
        ("12.50 EUR", 1250, "EUR"),
        ("1250 JPY", 1250, "JPY"),
        ("1.234 KWD", 1234, "KWD"),
        ("0.0001 CLF", 1, "CLF"),
        ("9999999999.99", LARGEST_MINOR, "CNY"),
        ("999999999999 JPY", LARGEST_MINOR, "JPY"),
    ],
)
def test_a_decimal_becomes_minor_units(text: str, minor: int, code: str) -> None:
    assert parse_amount(text, "CNY") == Amount(minor, code)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n", "empty"),
        *(
            (text, "not_ascii_decimal")
            for text in (
                "-5",
                "+5",
                "1e3",
                "12,50",
                "1 000",
                ".5",
                "5.",
                "1.2.3",
                "12.50  EUR",
                "12.50EUR",
                "12.50 eur",
                "12.50 EUR ",
                " 12.50",
                "12.50\n",
                "١٢",
                "１２",
                "²",
                "NaN",
                "inf",
                "0x10",
                "1_000",
                "EUR",
                "¥12",
            )
        ),
        ("12.505", "too_precise"),
        ("12.5 JPY", "too_precise"),
        ("1.2345 KWD", "too_precise"),
        ("0." + "0" * 5000 + "1", "too_precise"),
        ("10000000000.00", "too_large"),
        ("12345678901.2", "too_large"),
        ("1000000000000 JPY", "too_large"),
        ("0000000000001", "too_large"),
        ("00000000000.01", "too_large"),
        ("9" * 5000, "too_large"),
        ("0", "not_positive"),
        ("0.00", "not_positive"),
        ("12.50 ABC", "unknown_currency"),
        ("12.50 XAU", "unknown_currency"),
        ("12.50 BGN", "unknown_currency"),
    ],
)
def test_a_bad_amount_says_why(text: str, reason: str) -> None:
    with pytest.raises(AmountInvalid) as caught:
        parse_amount(text, "CNY")
    assert caught.value.details["reason"] == reason
    assert caught.value.code == "amount_invalid"
    assert str(caught.value).endswith(".")


def test_an_unknown_default_currency_is_refused() -> None:
    with pytest.raises(AmountInvalid) as caught:
        parse_amount("12.50", "cny")
    assert caught.value.details["reason"] == "unknown_currency"


@given(amounts, currency_codes)
def test_an_amounts_text_reads_back_whatever_the_default(amount: Amount, default: str) -> None:
    assert parse_amount(amount_text(amount), default) == amount


@given(amounts)
def test_a_decimal_shows_every_place_of_its_currency(amount: Amount) -> None:
    text = decimal_text(amount)
    exponent = currency(amount.currency).exponent
    assert len(text.partition(".")[2]) == exponent
    assert int(text.replace(".", "")) == amount.minor
    assert len(text) <= 13


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Amount(1250, "CNY"), "12.50 CNY"),
        (Amount(1250, "JPY"), "1250 JPY"),
        (Amount(5, "CNY"), "0.05 CNY"),
        (Amount(0, "CNY"), "0.00 CNY"),
        (Amount(0, "JPY"), "0 JPY"),
        (Amount(-1250, "CNY"), "-12.50 CNY"),
        (Amount(-5, "KWD"), "-0.005 KWD"),
    ],
)
def test_amounts_as_people_read_them(amount: Amount, text: str) -> None:
    assert amount_text(amount) == text


@given(st.text(alphabet="0123456789. EURJPY-+e,\n٣") | st.text())
def test_any_text_is_a_positive_amount_or_refused(text: str) -> None:
    try:
        amount = parse_amount(text, "CNY")
    except AmountInvalid:
        return
    assert 0 < amount.minor <= LARGEST_MINOR
    assert type(amount.minor) is int
    assert text.isascii()


def test_an_amount_goes_over_the_wire_as_it_is() -> None:
    wire = b'{"minor":1250,"currency":"CNY"}'
    assert msgspec.json.encode(Amount(1250, "CNY")) == wire
    assert msgspec.json.decode(wire, type=Amount) == Amount(1250, "CNY")


def test_the_currencies_are_those_of_iso_4217() -> None:
    assert len(CURRENCIES) == 165
    assert len({known.numeric for known in CURRENCIES.values()}) == 165
    assert all(len(code) == len(known.numeric) == 3 for code, known in CURRENCIES.items())
    assert currency("CNY") == Currency("CNY", "156", 2)
    assert {currency(code).exponent for code in ("JPY", "KRW", "VND", "ISK", "CLP")} == {0}
    assert {currency(code).exponent for code in ("BHD", "KWD", "TND")} == {3}


@given(currency_codes)
def test_a_currency_is_found_by_code_and_by_number(code: str) -> None:
    assert currency_by_number(currency(code).numeric) == currency(code)


@pytest.mark.parametrize("numeric", ["", "000", "999", "959", "15", "0156", "١٥٦"])
def test_an_unknown_number_is_refused(numeric: str) -> None:
    with pytest.raises(AmountInvalid) as caught:
        currency_by_number(numeric)
    assert caught.value.details["reason"] == "unknown_currency"


def test_an_error_survives_being_sent_to_another_process() -> None:
    error = AmountInvalid("No.", reason="empty")
    for copied in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert isinstance(copied, PaymentTextError)
        assert (str(copied), copied.details) == ("No.", {"reason": "empty"})
