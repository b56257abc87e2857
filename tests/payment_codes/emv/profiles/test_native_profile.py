import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes import native
from payment_codes.building import build
from payment_codes.code import Order
from payment_codes.errors import CodeError, CodeInvalid
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id
from tests.payment_codes.emv.profiles.editing import (
    LENIENT,
    STRICT,
    Found,
    edited,
    example,
    issues_of,
)

EXAMPLE = example("terminal-wallet")
PATHS = [
    "01",
    "26.01",
    "26.02",
    "26.03",
    "52",
    "53",
    "54",
    "58",
    "59",
    "60",
    "61",
    "62.05",
    "62.07",
]
VALUES = st.text(string.digits + string.ascii_uppercase + ".a é", min_size=1, max_size=17)
MEANT = st.sampled_from(["11", "12", "P", "G", "0123", "156", "392", "12.5", "12.500", "7", "DE"])


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"26.01": None}, [("missing", "26.01", LENIENT)]),
        ({"26.01": "0123456789ABCDE"}, [("length", "26.01", LENIENT)]),
        ({"26.01": "0123456789ABCDEU"}, [("value", "26.01", LENIENT)]),
        ({"26.02": "G"}, []),
        ({"26.02": "X"}, [("value", "26.02", LENIENT)]),
        ({"54": "12.500"}, [("amount_precision", "54", LENIENT)]),
        ({"59": "Corner Shop"}, [("characters", "", LENIENT)]),
        ({"62.05": "1234567890123"}, [("length", "62.05", LENIENT)]),
        ({"62.07": "123456789"}, [("length", "62.07", LENIENT)]),
        ({"53": "000"}, [("currency_unknown", "53", LENIENT)]),
        ({"65": "X" * 30}, [("too_long", "", STRICT)]),
    ],
)
def test_a_code_that_breaks_one_rule(changes: dict[str, str | None], found: list[Found]) -> None:
    text = edited(EXAMPLE, changes)
    assert issues_of(text) == found
    assert parse(text).scheme.id == "terminal-wallet"


@given(st.dictionaries(st.sampled_from(PATHS), VALUES | MEANT, max_size=2))
def test_what_has_no_issue_is_what_our_parser_takes(changes: dict[str, str | None]) -> None:
    text = edited(EXAMPLE, changes)
    issues = issues_of(text)
    try:
        code = native.parse(text)
    except CodeError:
        assert issues
        return
    assert set(issues) <= {("too_long", "", STRICT)}
    read = parse(text)
    assert read.account == code.token
    assert read.amount == code.amount
    assert read.currency == code.currency
    assert read.payee == code.merchant_name
    assert read.reference == code.reference


def test_what_is_composed_is_what_our_builder_builds() -> None:
    order = Order(
        account="0123456789ABCDEF",
        payee="Café Zürich, the one with the long name",
        city="北京",
        reference="R1",
        extra={"terminal": "T1", "category": "5411", "kind": "P", "initiation": "11"},
    )
    code = native.NativeCode(
        token="0123456789ABCDEF",
        amount=None,
        merchant_name=order.payee,
        city=order.city,
        category="5411",
        reference="R1",
        terminal="T1",
        dynamic=False,
        kind=native.Kind.PERSON,
    )
    assert build(by_id("terminal-wallet"), order) == native.build(code)


def test_a_token_that_is_none_is_refused() -> None:
    with pytest.raises(CodeInvalid) as caught:
        build(by_id("terminal-wallet"), Order(account="token", payee="A", city="B"))
    assert caught.value.details["field"] == "26.01"
