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

STATIC = "https://qr.nspk.ru/AS100001ORTF4GAF80KPJ53K186D9A3G?type=01&bank=100000000007"
DYNAMIC = "https://qr.nspk.ru/AD10006M8KH234K782OQM0L13JI31LQD?type=02&bank=100000000009"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (STATIC, set()),
        (STATIC.replace("qr.", "sub."), set()),
        (STATIC.replace("A3G", "A3g"), {("value", "qrc_id", "lenient")}),
        (STATIC.replace("type=01", "type=02"), {("value", "type", "strict")}),
        (STATIC.replace("type=01", "type=03"), {("value", "type", "lenient")}),
        (STATIC.replace("type=01&", ""), {("missing", "type", "strict")}),
        (STATIC.partition("&")[0], {("missing", "bank", "strict")}),
        (STATIC.replace("bank=1", "bank=2"), {("value", "bank", "lenient")}),
        (STATIC + "&bank=100000000007", {("duplicate", "bank", "lenient")}),
        (STATIC + "&crc=0C8", {("value", "crc", "lenient")}),
        (DYNAMIC + "&sum=200&cur=RUB", set()),
        (DYNAMIC + "&sum=200", {("dependency", "cur", "strict")}),
        (DYNAMIC + "&sum=2.00&cur=RUB", {("amount_format", "sum", "lenient")}),
        (DYNAMIC + "&sum=0&cur=RUB", {("amount_range", "sum", "lenient")}),
        (DYNAMIC + "&sum=200&cur=USD", {("currency_wrong", "cur", "lenient")}),
    ],
)
def test_a_rule_is_broken(text: str, found: set[tuple[str, str, str]]) -> None:
    assert issues_of(text) == found
    assert rewrite(parse(text)) == text


def test_only_a_static_code_leaves_the_amount_to_the_payer() -> None:
    assert parse(STATIC).payer_enters_amount
    assert not parse(DYNAMIC).payer_enters_amount
    assert parse(DYNAMIC).amount is None


@pytest.mark.parametrize(
    "order",
    [
        Order(account="AD1"),
        Order(account="AD100000000000000000000000EXAMPL"),
        Order(account="A" * 32, amount=Amount(1, "EUR"), extra={"bank": "100000000009"}),
        Order(account="A" * 32, payee="Shop", extra={"bank": "100000000009"}),
    ],
)
def test_what_cannot_be_said_is_refused(order: Order) -> None:
    with pytest.raises(CodeInvalid):
        build(by_id("sbp"), order)


@given(id_=st.from_regex("[0-9A-Z]{30}", fullmatch=True), minor=st.integers(1, 10**11))
def test_what_is_built_says_the_same(id_: str, minor: int) -> None:
    bank = {"bank": "100000000009"}
    code = built("sbp", Order(account=f"AD{id_}", amount=Amount(minor, "RUB"), extra=bank))
    assert code.details["sum_kopecks"] == minor
    built("sbp", Order(account=f"AS{id_}", extra=bank))
