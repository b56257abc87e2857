"""What is built says what was asked for; and no text, however broken, stops a reader."""

import string
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payment_codes.amount import Amount
from payment_codes.building import build, rewrite
from payment_codes.checks import luhn
from payment_codes.code import Order
from payment_codes.errors import CodeInvalid, CodeUnreadable
from payment_codes.issues import Severity
from payment_codes.parsing import parse
from payment_codes.schemes.scheme import Scheme
from payment_codes.schemes.table import EMV_SCHEMES, GENERIC, by_id

NETWORKS = [scheme for scheme in EMV_SCHEMES if scheme.name in ("UnionPay", "Visa")]
OWN = [by_id(id_) for id_ in ("terminal-wallet", "pix", "qris", "khqr", "jpqr", "bharatqr")]
SCHEMES = [pytest.param(scheme, id=scheme.name) for scheme in (*OWN, *NETWORKS, GENERIC)]
SAID = ("account", "payee", "amount", "reference", "message", "expires")

PRINTABLE = st.characters(min_codepoint=0x20, max_codepoint=0x7E)
CAPITALS = string.ascii_uppercase + string.digits
LABELS = st.text(CAPITALS, min_size=1, max_size=12)
MOMENTS = st.integers(0, 10**12).map(
    lambda milliseconds: datetime(2010, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
)


def _digits(length: int) -> st.SearchStrategy[str]:
    return st.text(string.digits, min_size=length, max_size=length)


CARDS = _digits(15).map(lambda digits: digits + luhn.check_digit(digits + "0"))
# What the account is, the currency, and what must be said beside.
ACCOUNTS: dict[str, tuple[st.SearchStrategy[str], str, dict[str, str]]] = {
    "terminal-wallet": (
        st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=16, max_size=16), "CNY", {},
    ),
    "pix": (_digits(8).map("+55119{}".format) | st.uuids().map(str), "BRL", {}),
    "qris": (_digits(13).map("ID{}".format), "IDR", {"postal_code": "59567"}),
    "khqr": (LABELS.map("{}@bank".format), "USD", {"created_ms": "1795323600000"}),
    "jpqr": (_digits(29), "JPY", {}),
    "bharatqr": (LABELS.map("{}@upi".format), "INR", {"visa": "4000000000000002"}),
}  # fmt: skip
NO_MESSAGE = {"terminal-wallet", "qris", "jpqr", "bharatqr"}


@st.composite
def orders(draw: st.DrawFn, scheme: Scheme) -> Order:
    accounts, currency, extra = ACCOUNTS.get(scheme.id, (LABELS, "EUR", {}))
    whole = 100 if scheme.id == "qris" else 1
    amounts = st.integers(1, 10**7).map(lambda minor: Amount(minor * whole, currency))
    ends = scheme.id == "khqr"
    return Order(
        account=draw(accounts),
        payee=draw(LABELS),
        city=draw(LABELS),
        amount=draw(amounts if ends else st.none() | amounts),
        reference=draw(st.just("") | LABELS),
        message="" if scheme.id in NO_MESSAGE else draw(st.just("") | LABELS),
        expires=draw(MOMENTS) if ends else None,
        extra=extra,
    )


@pytest.mark.parametrize("scheme", SCHEMES)
@settings(max_examples=25)
@given(data=st.data())
def test_what_is_built_says_what_was_asked_for(scheme: Scheme, data: st.DataObject) -> None:
    order = data.draw(orders(scheme))
    text = build(scheme, order)
    code = parse(text)
    assert code.scheme is scheme
    assert not code.issues
    for name in SAID:
        assert getattr(code, name) == (getattr(order, name) or None), name
    assert code.payer_enters_amount == (order.amount is None)
    assert rewrite(code) == text


@pytest.mark.parametrize("scheme", SCHEMES)
@settings(max_examples=25)
@given(data=st.data())
def test_any_order_is_written_or_refused(scheme: Scheme, data: st.DataObject) -> None:
    texts = st.text(max_size=30)
    order = Order(
        account=data.draw(texts),
        payee=data.draw(texts),
        city=data.draw(texts),
        reference=data.draw(texts),
        message=data.draw(texts),
        extra=data.draw(st.dictionaries(st.sampled_from(["url", "visa", "currency"]), texts)),
    )
    with suppress(CodeInvalid):
        text = build(scheme, order)
        assert rewrite(parse(text)) == text


@st.composite
def broken(draw: st.DrawFn, text: str) -> str:
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(text)))
        end = draw(st.integers(place, min(len(text), place + 8)))
        text = text[:place] + draw(st.text(max_size=8) | _digits(4)) + text[end:]
    return text


def _example(scheme: Scheme) -> str:
    order = scheme.works.example(scheme)
    assert order
    return build(scheme, order)


@pytest.mark.parametrize("scheme", SCHEMES)
@settings(max_examples=40)
@given(data=st.data())
def test_no_broken_text_stops_a_reader(scheme: Scheme, data: st.DataObject) -> None:
    text = data.draw(broken(_example(scheme)))
    code = scheme.works.read(text, scheme)
    assert all(str(issue) and issue.rule for issue in code.issues)
    with suppress(CodeUnreadable):
        again = parse(text)
        if again.valid(Severity.STRICT):
            assert rewrite(again) == text


@pytest.mark.parametrize("scheme", SCHEMES)
@settings(max_examples=40)
@given(data=st.data())
def test_one_wrong_character_is_never_valid(scheme: Scheme, data: st.DataObject) -> None:
    text = _example(scheme)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(PRINTABLE.filter(lambda letter: letter.upper() != text[place].upper()))
    with suppress(CodeUnreadable):
        wrong = parse(text[:place] + other + text[place + 1 :])
        assert not wrong.valid(Severity.LENIENT)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_page_of_a_scheme_has_its_fields_and_rules(scheme: Scheme) -> None:
    rows = scheme.works.fields(scheme)
    assert all(row.id and row.name and row.form for row in rows)
    assert len({row.id for row in rows}) == len(rows)
    rules = scheme.works.rules(scheme)
    assert len(rules) == len(set(rules))
