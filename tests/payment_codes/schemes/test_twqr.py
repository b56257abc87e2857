from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.amount import Amount
from payment_codes.building import build, rewrite
from payment_codes.code import Order
from payment_codes.errors import CodeInvalid
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id
from tests.payment_codes.schemes.reading import built, issues_of

GOOD = "TWQRP://個人轉帳/158/02/V1?D5=812&D6=0028881001234567&D10=901"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (GOOD, set()),
        (GOOD + "&D1=6000&D9=tea", set()),
        ("TWQRP://藏藝點/158/01/V1?D1=6000&D2=7&D3=AeHo&D10=901&D11=00,004;01,004", set()),
        (GOOD.replace("/158", "/392"), {("country_wrong", "country", "lenient")}),
        (GOOD.replace("/02/", "/77/"), {("value", "kind", "strict")}),
        (GOOD.replace("V1", "V2"), {("version", "version", "lenient")}),
        ("TWQRP://name/158/01", {("structure", "version", "lenient")}),
        ("TWQRP://", {("structure", "name", "lenient")}),
        (GOOD.replace("D5=812&", ""), {("missing", "D5", "lenient")}),
        (GOOD.replace("D5=812", "D5=81"), {("value", "D5", "lenient")}),
        (GOOD.replace("D6=00288", "D6=288"), {("length", "D6", "strict")}),
        (GOOD.replace("D6=0", "D6=00"), {("value", "D6", "lenient")}),
        (GOOD.replace("D10=901", "D10=840"), {("currency_wrong", "D10", "lenient")}),
        (GOOD + "&D9=&D9=", {("duplicate", "D9", "lenient")}),
        (GOOD + "&D1=60.00", {("amount_format", "D1", "lenient")}),
        (GOOD + "&D1=000", {("amount_range", "D1", "lenient")}),
    ],
)
def test_a_rule_is_broken(text: str, found: set[tuple[str, str, str]]) -> None:
    assert issues_of(text) == found
    assert rewrite(parse(text)) == text


def test_a_code_encoded_as_a_whole_says_the_same_and_stays_so() -> None:
    encoded = quote(GOOD + "&D1=6000&D9=%E8%8C%B6!", safe="!*'()")
    assert encoded.startswith("TWQRP%3A%2F%2F%E5%80%8B")
    code = parse(encoded)
    assert code.details == parse(GOOD + "&D1=6000").details
    assert (code.amount, code.message, code.issues) == (Amount(6000, "TWD"), "茶!", ())
    assert rewrite(code) == encoded


def test_a_purchase_names_the_payee_and_a_transfer_does_not() -> None:
    assert parse(GOOD).payee is None
    assert parse(GOOD.replace("/02/", "/01/")).payee == "個人轉帳"


@pytest.mark.parametrize(
    "order",
    [
        Order(account="0028881001234567"),
        Order(account="81-1"),
        Order(account="812-12345678901234567"),
        Order(account="812-1", amount=Amount(100, "USD")),
        Order(account="812-1", payee="Shop"),
        Order(account="812-1", extra={"D99": "x"}),
    ],
)
def test_what_cannot_be_said_is_refused(order: Order) -> None:
    with pytest.raises(CodeInvalid):
        build(by_id("twqr"), order)


@given(
    account=st.from_regex("[0-9]{3}-[0-9]{16}", fullmatch=True),
    minor=st.integers(1, 10**11),
    message=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
)
def test_what_is_built_says_the_same(account: str, minor: int, message: str) -> None:
    order = Order(account=account, amount=Amount(minor, "TWD"), reference="7", message=message)
    built("twqr", order)
