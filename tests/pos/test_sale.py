"""A sale's arithmetic: whole minor units, exact rules, limits on everything."""

from __future__ import annotations

from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.amount import LARGEST_MINOR, Amount
from payment_codes.errors import AmountInvalid as NotAnAmount
from pos.sale import (
    MOST_LINES,
    MOST_QUANTITY,
    WHOLE,
    Line,
    Sale,
    parse_part,
    part_text,
)
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import AmountInvalid, TextInvalid, Usage


def cny(minor: int) -> Amount:
    return Amount(minor, "CNY")


LINES = st.builds(
    Line,
    name=st.sampled_from(["Tea", "Flat white", "茉莉花茶"]),
    price=st.integers(1, 1_000_000).map(cny),
    quantity=st.integers(1, MOST_QUANTITY),
)
RATES = st.integers(1, WHOLE)
PARTS = st.none() | RATES | st.integers(1, 100_000).map(cny)
SALES = st.builds(
    Sale,
    currency=st.just("CNY"),
    lines=st.lists(LINES, max_size=8).map(tuple),
    keyed=st.none() | LINES,
    discount=PARTS,
    tip=PARTS,
)


def half_up(share: Fraction) -> int:
    return int(share + Fraction(1, 2))


def part_of(part: Amount | int | None, base: int) -> int:
    if isinstance(part, Amount):
        return part.minor
    return half_up(Fraction(base * (part or 0), WHOLE))


@given(SALES)
def test_the_total_is_what_is_sold_less_the_discount_and_the_tip(sale: Sale) -> None:
    subtotal = sum(line.price.minor * line.quantity for line in sale.rung)
    discount = min(part_of(sale.discount, subtotal), subtotal)
    tip = part_of(sale.tip, subtotal - discount)
    assert sale.subtotal == cny(subtotal)
    assert sale.discount_amount == cny(discount)
    assert sale.tip_amount == cny(tip)
    assert sale.total == cny(subtotal - discount + tip)


@given(SALES)
def test_what_is_asked_for_says_the_same_as_the_sale(sale: Sale) -> None:
    if sale.discount_amount == sale.subtotal:
        with pytest.raises(AmountInvalid):
            sale.request()
        return
    request = sale.request("781234567890123456")
    tip = request.tip.minor if request.tip else 0
    discount = request.discount.minor if request.discount else 0
    assert request.amount.minor == sale.subtotal.minor - discount + tip
    assert 0 <= tip < request.amount.minor
    assert request.code == "781234567890123456"


@given(SALES)
def test_a_sale_survives_being_written_down(sale: Sale) -> None:
    assert msgspec.json.decode(msgspec.json.encode(sale), type=Sale) == sale


@given(SALES)
def test_putting_what_is_keyed_among_the_lines_changes_no_sum(sale: Sale) -> None:
    try:
        rung = sale.rung_up()
    except Usage:
        return  # The same thing at the same price is beyond a line's quantity.
    assert rung.keyed is None
    assert (rung.total, rung.count) == (sale.total, sale.count)


@pytest.mark.parametrize(
    ("price", "rate", "off"),
    [(20, 1250, 3), (20, 1249, 2), (1, 5000, 1), (1, 4999, 0), (333, 1000, 33), (335, 1000, 34)],
)
def test_a_per_cent_rounds_half_up(price: int, rate: int, off: int) -> None:
    sale = Sale(currency="CNY").add("Tea", cny(price))
    assert sale.discounted(rate).discount_amount == cny(off)
    assert sale.tipped(rate).tip_amount == cny(off)


def test_the_same_at_the_same_price_is_one_line() -> None:
    sale = Sale(currency="CNY").add("Tea", cny(100)).add("Tea", cny(100), 2).add("Tea", cny(90))
    assert [(line.quantity, line.price.minor) for line in sale.lines] == [(3, 100), (1, 90)]
    assert sale.with_quantity(0, 0).lines == sale.lines[1:]
    assert sale.count == 4


def test_a_discount_is_never_more_than_there_is_even_after_a_line_is_taken_away() -> None:
    sale = Sale(currency="CNY").add("Tea", cny(500)).add("Cake", cny(700))
    with pytest.raises(AmountInvalid):
        sale.discounted(cny(1_201))
    less = sale.discounted(cny(900)).with_quantity(1, 0)
    assert less.discount_amount == cny(500)
    with pytest.raises(AmountInvalid):
        less.tipped(cny(10)).request()


@pytest.mark.parametrize(
    "change",
    [
        lambda sale: sale.add("Tea", cny(100), MOST_QUANTITY + 1),
        lambda sale: sale.add("Tea", cny(100), 0),
        lambda sale: sale.add("Tea", cny(0)),
        lambda sale: sale.add("Tea", Amount(100, "EUR")),
        lambda sale: sale.add("", cny(100)),
        lambda sale: sale.add(" Tea", cny(100)),
        lambda sale: sale.add("Te\x1ba", cny(100)),
        lambda sale: sale.add("茶" * 33, cny(100)),
        lambda sale: sale.add("Gold", cny(LARGEST_MINOR)),
        lambda sale: sale.add("Gold", cny(LARGEST_MINOR // 2), 3),
        lambda sale: sale.tipped(WHOLE + 1),
        lambda sale: sale.tipped(0),
        lambda sale: sale.tipped(cny(LARGEST_MINOR)),
        lambda sale: sale.discounted(Amount(1, "EUR")),
        lambda sale: sale.discounted(cny(0)),
        lambda sale: sale.noted("x" * 65),
        lambda sale: sale.noted("a\nb"),
        lambda sale: sale.referring("TABLE-7"),
        lambda sale: sale.referring("ABCDEFGHIJKLM"),
        lambda sale: sale.referring("É7"),
    ],
)
def test_what_is_beyond_the_limits_cannot_be_made(change: object) -> None:
    sale = Sale(currency="CNY").add("Cake", cny(100))
    with pytest.raises(WalletError):
        change(sale)  # type: ignore[operator]


def test_there_are_100_lines_at_most_the_keyed_one_too() -> None:
    sale = Sale(currency="CNY")
    for number in range(MOST_LINES):
        sale = sale.add(f"No {number}", cny(1))
    with pytest.raises(Usage):
        sale.add("One more", cny(1))
    with pytest.raises(Usage):
        sale.keying(Line(name="One more", price=cny(1)))
    assert sale.add("No 7", cny(1)).count == MOST_LINES + 1


def test_notes_and_references_are_made_as_the_service_takes_them() -> None:
    sale = Sale(currency="CNY").noted("  two straws ").referring(" table7 ")
    assert (sale.note, sale.reference) == ("two straws", "TABLE7")
    assert (sale.noted(" ").note, sale.referring("").reference) == (None, None)
    with pytest.raises(TextInvalid):
        sale.noted("\u202e")


@given(RATES | st.integers(1, LARGEST_MINOR).map(cny))
def test_a_part_is_read_as_it_is_written(part: Amount | int) -> None:
    assert parse_part(part_text(part), "CNY") == part


@pytest.mark.parametrize("text", ["", "%", "-5%", "5.123%", "1234%", "٥%", "five", "1,50"])
def test_what_is_no_part_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmount):
        parse_part(text, "CNY")
