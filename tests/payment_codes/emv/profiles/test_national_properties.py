"""What is built says what was asked for; and no text, however broken, stops a reader."""

import string
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payment_codes.amount import Amount
from payment_codes.building import build, rewrite
from payment_codes.checks import thai_number
from payment_codes.code import Order
from payment_codes.emv.profiles.moment import UTC_8
from payment_codes.errors import CodeInvalid, CodeUnreadable
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id
from tests.payment_codes.emv.profiles.editing import example

SCHEMES = [
    "paynow", "sgqr", "promptpay", "promptpay-bill", "truemoney", "vietqr", "vnpay", "vn-airpay",
    "vn-evn", "duitnow", "hkfps", "qrph-p2m", "qrph-p2p", "thai-slip-verify", "thai-bot-barcode",
]  # fmt: skip
SAID = ("account", "payee", "amount", "reference", "message", "expires")

NUMBERS = st.text(string.digits, min_size=1, max_size=12)
LABELS = st.text(string.ascii_letters + string.digits + " -./", min_size=1, max_size=12)
MOMENTS = st.builds(
    lambda seconds: datetime(2020, 1, 1, tzinfo=UTC_8) + timedelta(seconds=seconds),
    st.integers(0, 10**9),
)


def _digits(length: int) -> st.SearchStrategy[str]:
    return st.text(string.digits, min_size=length, max_size=length)


ENTITIES = st.text(string.digits + string.ascii_uppercase, min_size=9, max_size=13)
PROXIES = ENTITIES | _digits(10).map("+{}".format)
MOBILES = _digits(8).map(lambda digits: f"0{digits}9")
NATIONAL_IDS = _digits(12).map(
    lambda digits: next(digits + last for last in string.digits if thai_number.holds(digits + last))
)
WALLETS = _digits(15).filter(lambda digits: not digits.startswith("14"))
BANKS = _digits(6).map(lambda digits: {"bank_bin": digits})
BICS = st.just({"bic": "GXCHPHM2XXX"})
NO_EXTRA: st.SearchStrategy[dict[str, str]] = st.just({})
LABEL = {"sgqr_id": "180809072DD8", "sgqr_version": "01.0001"}

# Account, currency, what else may be said, and what must be.
ORDERS = {
    "paynow": (
        ENTITIES | _digits(10).map("+{}".format),
        "SGD",
        "payee reference expires",
        NO_EXTRA,
    ),
    "sgqr": (ENTITIES, "SGD", "payee reference expires message", st.just(LABEL)),
    "promptpay": (MOBILES | NATIONAL_IDS | WALLETS, "THB", "payee reference message", NO_EXTRA),
    "promptpay-bill": (_digits(15), "THB", "payee reference", NO_EXTRA),
    "truemoney": (MOBILES, "THB", "message", NO_EXTRA),
    "vietqr": (NUMBERS, "VND", "payee reference message", BANKS),
    "vnpay": (NUMBERS, "VND", "payee reference message", NO_EXTRA),
    "vn-airpay": (NUMBERS, "VND", "payee reference message", NO_EXTRA),
    "vn-evn": (NUMBERS, "VND", "payee reference message", NO_EXTRA),
    "duitnow": (NUMBERS, "MYR", "payee reference message", st.just({"acquirer": "603346"})),
    "hkfps": (_digits(7), "HKD", "payee reference message expires", NO_EXTRA),
    "qrph-p2m": (NUMBERS, "PHP", "payee reference message", BICS),
    "qrph-p2p": (NUMBERS, "PHP", "payee reference message", BICS),
    "thai-slip-verify": (st.just(""), None, "reference", st.just({"sending_bank": "002"})),
    "thai-bot-barcode": (_digits(15), "THB", "reference", NO_EXTRA),
}
NEEDED = {"promptpay-bill", "thai-slip-verify", "thai-bot-barcode"}


@st.composite
def orders(draw: st.DrawFn, scheme_id: str) -> Order:
    accounts, currency, says, extras = ORDERS[scheme_id]
    labels = LABELS if scheme_id in NEEDED or "payee" in says else st.just("") | LABELS
    amounts = st.integers(1, 10**9).map(lambda minor: Amount(minor, currency or ""))
    return Order(
        account=draw(accounts),
        payee=draw(LABELS) if "payee" in says else "",
        city="Town" if "payee" in says else "",
        amount=draw(st.none() | amounts) if currency else None,
        reference=draw(labels) if "reference" in says else "",
        message=draw(st.just("") | LABELS) if "message" in says else "",
        expires=draw(st.none() | MOMENTS) if "expires" in says else None,
        extra=draw(extras),
    )


@pytest.mark.parametrize("scheme_id", SCHEMES)
@settings(max_examples=25)
@given(data=st.data())
def test_what_is_built_says_what_was_asked_for(scheme_id: str, data: st.DataObject) -> None:
    order = data.draw(orders(scheme_id))
    text = build(by_id(scheme_id), order)
    code = parse(text)
    assert code.scheme.id == scheme_id
    assert not code.issues
    for name in SAID:
        assert getattr(code, name) == (getattr(order, name) or None), name
    assert code.country == by_id(scheme_id).country
    assert rewrite(code) == text


@pytest.mark.parametrize("scheme_id", SCHEMES)
@settings(max_examples=25)
@given(data=st.data())
def test_any_order_is_written_or_refused(scheme_id: str, data: st.DataObject) -> None:
    texts = st.text(max_size=30)
    order = Order(
        account=data.draw(texts),
        payee=data.draw(texts),
        reference=data.draw(texts),
        message=data.draw(texts),
        extra=data.draw(st.dictionaries(st.sampled_from(["ref2", "bic", "bank_bin"]), texts)),
    )
    with suppress(CodeInvalid):
        text = build(by_id(scheme_id), order)
        assert rewrite(parse(text)) == text


@st.composite
def broken(draw: st.DrawFn, text: str) -> str:
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(text)))
        end = draw(st.integers(place, min(len(text), place + 8)))
        text = text[:place] + draw(st.text(max_size=8) | NUMBERS) + text[end:]
    return text


@pytest.mark.parametrize("scheme_id", SCHEMES)
@settings(max_examples=40)
@given(data=st.data())
def test_no_broken_text_stops_a_reader(scheme_id: str, data: st.DataObject) -> None:
    text = data.draw(broken(example(scheme_id)))
    scheme = by_id(scheme_id)
    code = scheme.works.read(text, scheme)
    assert all(str(issue) for issue in code.issues)
    with suppress(CodeUnreadable):
        parse(text)


@pytest.mark.parametrize("scheme_id", SCHEMES)
def test_the_page_of_a_scheme_has_its_fields_and_rules(scheme_id: str) -> None:
    scheme = by_id(scheme_id)
    assert all(row.id and row.name and row.form for row in scheme.works.fields(scheme))
    rules = scheme.works.rules(scheme)
    assert len(rules) == len(set(rules))
