"""The keys of a till: digits, quantities, quick keys, and the line that plus and minus mean."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.amount import LARGEST_MINOR, Amount, parse_amount
from payment_codes.errors import AmountInvalid as NotAnAmount
from pos.keypad import BACK, CLEAR, DOUBLE_ZERO, KEYS, POINT, TIMES, Keypad
from pos.ringing import Ringing
from pos.sale import MOST_QUANTITY, Sale
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import AmountInvalid

if TYPE_CHECKING:
    from collections.abc import Callable


def cny(minor: int) -> Amount:
    return Amount(minor, "CNY")


def typed(keys: str, currency: str = "CNY") -> Keypad:
    return reduce(Keypad.press, keys, Keypad(currency))


def ringing(keys: str = "") -> Ringing:
    return reduce(Ringing.press, keys, Ringing.of(Sale(currency="CNY")))


@pytest.mark.parametrize(
    ("keys", "quantity", "minor"),
    [
        ("12.50", 1, 1250),
        ("12.5", 1, 1250),
        (".5", 1, 50),
        ("0012", 1, 1200),
        ("3*12.50", 3, 1250),
        ("999*1", 999, 100),
        ("12.505", 1, 1250),
        ("1.2.3", 1, 123),
        ("3**2", 3, 200),
        ("9999999999.99", 1, LARGEST_MINOR),
    ],
)
def test_keys_make_a_quantity_and_a_price(keys: str, quantity: int, minor: int) -> None:
    keypad = typed(keys)
    assert (keypad.quantity, keypad.price) == (quantity, cny(minor))


@pytest.mark.parametrize("keys", ["", "0", "0.00", ".", "3*", "3*0", "1234*", "0*", "1.5*"])
def test_what_is_no_price_is_none(keys: str) -> None:
    keypad = typed(keys)
    assert keypad.price is None or keypad.times is None


def test_a_currency_without_places_has_no_point() -> None:
    assert typed("12.5", "JPY").price == Amount(125, "JPY")
    assert typed("999999999999", "JPY").price == Amount(LARGEST_MINOR, "JPY")


def test_the_double_zero_is_two_digits() -> None:
    keypad = Keypad("CNY").press("5").press(DOUBLE_ZERO)
    assert keypad.price == cny(500_00)
    assert typed("5.").press(DOUBLE_ZERO).price == cny(5_00)
    assert typed("5.1").press(DOUBLE_ZERO) == typed("5.1")


def test_more_digits_than_an_amount_has_count_for_nothing_until_they_are_cleared() -> None:
    keypad = typed("781234567890123456")
    assert keypad.is_overfull
    assert keypad.price is None
    assert keypad.press(BACK).is_overfull
    assert keypad.press(CLEAR) == Keypad("CNY")


@given(st.lists(st.sampled_from(sorted(KEYS))))
def test_a_keypad_holds_an_amount_or_none_whatever_is_pressed(keys: list[str]) -> None:
    keypad = reduce(Keypad.press, keys, Keypad("CNY"))
    assert 1 <= keypad.quantity <= MOST_QUANTITY
    if keypad.price is not None:
        assert 0 < keypad.price.minor <= LARGEST_MINOR
        text = keypad.text.removesuffix(POINT)
        assert parse_amount(text, "CNY") == keypad.price
    assert keypad.press(CLEAR).is_clear


@given(st.lists(st.sampled_from("0123456789.*")))
def test_back_takes_every_key_back_that_did_something(keys: list[str]) -> None:
    keypad = Keypad("CNY")
    for key in keys:
        after = keypad.press(key)
        if after != keypad and not after.is_overfull and (key == TIMES or keypad.text.strip("0")):
            assert after.press(BACK) == keypad
        keypad = after


def test_what_is_typed_counts_at_once_and_becomes_a_line() -> None:
    rung = ringing("3*12.50")
    assert rung.sale.total == cny(3750)
    assert rung.sale.lines == ()
    assert rung.press(BACK).sale.total == cny(3750)
    assert rung.clear_keypad().sale.is_empty
    entered = rung.more()
    assert entered.keypad.is_clear
    assert [(line.quantity, line.price) for line in entered.sale.lines] == [(3, cny(1250))]


def test_a_product_takes_the_quantity_and_leaves_a_typed_price_as_a_line() -> None:
    rung = ringing("3*").sell("Tea", cny(800))
    assert [(line.name, line.quantity) for line in rung.sale.lines] == [("Tea", 3)]
    rung = reduce(Ringing.press, "2.50", rung).sell("Tea", cny(800))
    assert [(line.name, line.quantity) for line in rung.sale.lines] == [("Tea", 4), ("Item", 1)]
    assert rung.marked == 0
    assert rung.sale.total == cny(4 * 800 + 250)


def test_plus_and_minus_mean_the_marked_line() -> None:
    rung = ringing().sell("Tea", cny(800)).sell("Cake", cny(900))
    assert rung.marked == 1
    rung = rung.mark(-1).more().more()
    assert [line.quantity for line in rung.sale.lines] == [3, 1]
    rung = rung.fewer().mark(5).fewer()
    assert [(line.name, line.quantity) for line in rung.sale.lines] == [("Tea", 2)]
    assert rung.remove().sale.is_empty
    assert rung.remove().marked is None
    nothing = rung.remove()
    assert nothing.fewer() == nothing.remove() == nothing.mark(1) == nothing.more() == nothing


def test_too_many_digits_are_never_charged() -> None:
    rung = ringing().sell("Tea", cny(800))
    rung = reduce(Ringing.press, "781234567890123456", rung)
    assert rung.sale.total == cny(800)
    with pytest.raises(AmountInvalid):
        rung.ready()
    with pytest.raises(AmountInvalid):
        rung.more()
    with pytest.raises(AmountInvalid):
        rung.sell("Cake", cny(900))


def test_a_sale_that_is_taken_up_again_is_as_it_was() -> None:
    rung = ringing("5").ready()
    assert Ringing.of(rung.sale).sale == rung.sale
    assert rung.keypad.is_clear
    assert not rung.is_clear
    assert ringing().is_clear


@given(st.lists(st.sampled_from([*sorted(KEYS), "more", "fewer", "tea", "cake", "up", "remove"])))
def test_no_keys_make_a_sale_that_does_not_add_up(keys: list[str]) -> None:
    acts: dict[str, Callable[[Ringing], Ringing]] = {
        "more": Ringing.more,
        "fewer": Ringing.fewer,
        "remove": Ringing.remove,
        "tea": lambda one: one.sell("Tea", cny(800)),
        "cake": lambda one: one.sell("Cake", cny(900)),
        "up": lambda one: one.mark(-1),
    }
    rung = ringing()
    for key in keys:
        try:
            rung = acts[key](rung) if key in acts else rung.press(key)
        except (WalletError, NotAnAmount):
            continue
        assert rung.sale.total.minor == sum(line.total.minor for line in rung.sale.rung)
        assert rung.marked is None or 0 <= rung.marked < len(rung.sale.lines)
        assert (rung.marked is None) == (not rung.sale.lines)
