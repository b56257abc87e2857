"""What is built says what was asked for, or is refused: in every scheme, whatever is asked for."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payment_codes.amount import Amount
from payment_codes.building import build, rewrite
from payment_codes.code import Order
from payment_codes.errors import CodeInvalid
from payment_codes.issues import Severity
from payment_codes.parsing import parse
from payment_codes.schemes.scheme import Carrier, Scheme
from payment_codes.schemes.table import SCHEMES

MADE: dict[str, Scheme] = {
    one.id: one for one in reversed(SCHEMES) if one.works.example(one) is not None
}
SAID = sorted({one.name for one in fields(Order)} - {"city", "extra"})
#: Who is paid in another spelling: Latin capitals only, an account filled up with zeros.
RESPELLED = {"terminal-wallet": {"payee"}, "twqr": {"account"}}
TEXT = st.text(st.characters(exclude_categories=[]), max_size=30) | st.text(
    "AZaz09 -./*|&\n", max_size=30
)
CHANGES: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("account", "payee", "city", "reference", "message"), TEXT),
    "amount": st.none()
    | st.builds(Amount, st.integers(-1, 10**14), st.sampled_from(("EUR", "CNY", "JPY", "BTC"))),
    "expires": st.none() | st.datetimes(timezones=st.just(UTC)),
}


def example_of(name: str) -> Order:
    order = MADE[name].works.example(MADE[name])
    assert order
    return order


@pytest.mark.parametrize("name", MADE)
def test_an_example_is_built_to_the_letter(name: str) -> None:
    order = example_of(name)
    text = build(MADE[name], order)
    code = parse(text)
    assert code.scheme.id == name
    assert code.valid(Severity.STRICT)
    assert rewrite(code) == text
    assert not unlike(order, text)


@pytest.mark.parametrize("name", MADE)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_is_built_says_what_was_asked_for(name: str, data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(sorted(CHANGES)))
    order = replace(example_of(name), **{field: data.draw(CHANGES[field])})
    try:
        text = build(MADE[name], order)
    except CodeInvalid:
        return
    assert not unlike(order, text)


@pytest.mark.parametrize("name", MADE)
def test_what_a_scheme_cannot_say_is_refused(name: str) -> None:
    asked = Order(
        account="1", payee="Shop", city="Town", amount=Amount(100, "XPF"), reference="1",
        message="x", expires=datetime(2030, 1, 1, tzinfo=UTC), extra={"no such value": "1"},
    )  # fmt: skip
    with pytest.raises(CodeInvalid) as caught:
        build(MADE[name], asked)
    assert str(caught.value)
    with pytest.raises(CodeInvalid):
        build(MADE[name], replace(example_of(name), extra={"no such value": "1"}))


def unlike(order: Order, text: str) -> dict[str, tuple[object, object]]:
    """Return what a code says otherwise than it was asked to, by the order's names.

    Digits that money can be taken with are told among the data objects only.
    """
    code = parse(text)
    if code.scheme.carrier is Carrier.DIGITS:
        return {} if code.tree == {"code": order.account} else {"account": (order.account, text)}
    asked = {name: getattr(order, name) for name in SAID}
    found = {name: getattr(code, name) for name in SAID}
    return {
        name: (asked[name], found[name])
        for name in SAID
        if name not in RESPELLED.get(code.scheme.id, ())
        and asked[name]
        and asked[name] != found[name]
    }
