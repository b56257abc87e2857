import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.amount import Amount
from payment_codes.building import build, rewrite
from payment_codes.checks import eip55
from payment_codes.code import Order
from payment_codes.errors import CodeInvalid
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id
from tests.payment_codes.schemes.reading import built, issues_of

ADDRESS = "0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359"
GOOD = f"ethereum:{ADDRESS}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (GOOD, set()),
        (f"ethereum:pay-{ADDRESS}@5?value=2.014e18", set()),
        ("ethereum:0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", set()),
        ("ethereum:0xFB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
         {("checksum_wrong", "target", "lenient")}),
        ("ethereum:shop.eth?value=1", set()),
        ("ethereum:", {("missing", "target", "lenient")}),
        ("ethereum:0x12", {("value", "target", "lenient")}),
        (f"{GOOD}@x", {("value", "chain_id", "lenient")}),
        (f"{GOOD}/trans-fer", {("value", "function", "lenient")}),
        (f"{GOOD}/transfer?uint256=1", {("missing", "address", "lenient")}),
        (f"{GOOD}/transfer?address=0x1&uint256=1", {("value", "address", "lenient")}),
        (f"{GOOD}/transfer?address={ADDRESS}&uint256=1.5",
         {("amount_precision", "uint256", "lenient")}),
        (f"{GOOD}?value=x", {("amount_format", "value", "lenient")}),
        (f"{GOOD}?value=-1", {("amount_format", "value", "lenient")}),
        (f"{GOOD}?value=1.25e1", {("amount_precision", "value", "lenient")}),
        (f"{GOOD}?value=0", {("amount_range", "value", "lenient")}),
        (f"{GOOD}?value=1e999", {("amount_range", "value", "lenient")}),
        (f"{GOOD}?value=1&value=2", {("duplicate", "value", "strict")}),
    ],
)  # fmt: skip
def test_a_rule_is_broken(text: str, found: set[tuple[str, str, str]]) -> None:
    assert issues_of(text) == found
    assert rewrite(parse(text)) == text


@pytest.mark.parametrize(
    ("value", "wei"), [("2.014e18", 2014 * 10**15), ("1", 1), ("1E3", 1000), ("1.50e1", 15)]
)
def test_a_number_has_an_exponent(value: str, wei: int) -> None:
    assert parse(f"{GOOD}?value={value}").amount == Amount(wei, "ETH")


def test_tokens_are_no_amount_of_money() -> None:
    contract = "0x89205a3a3b2a69de6dbf7f01ed13b2108b2c43e7"
    code = parse(f"ethereum:{contract}/transfer?address={ADDRESS}&uint256=1")
    assert (code.amount, code.currency, code.account) == (None, None, ADDRESS)
    assert code.details["receiver"] == ADDRESS
    assert not code.payer_enters_amount
    assert parse(GOOD).payer_enters_amount


@pytest.mark.parametrize(
    "order",
    [
        Order(),
        Order(account=ADDRESS, amount=Amount(1, "EUR")),
        Order(account=ADDRESS, message="hello"),
        Order(account=f"{ADDRESS}@5"),
        Order(account=f"{ADDRESS}/transfer"),
        Order(account=ADDRESS, amount=Amount(1, "ETH"), extra={"contract": ADDRESS}),
        Order(account="me", extra={"contract": ADDRESS}),
    ],
)
def test_what_cannot_be_said_is_refused(order: Order) -> None:
    with pytest.raises(CodeInvalid):
        build(by_id("eip681"), order)


@given(octets=st.binary(min_size=20, max_size=20), wei=st.integers(1, 2**256 - 1))
def test_what_is_built_says_the_same(octets: bytes, wei: int) -> None:
    account = f"0x{eip55.cased(octets.hex())}"
    built("eip681", Order(account=account, amount=Amount(wei, "ETH"), extra={"chain_id": "5"}))
    tokens = {"contract": ADDRESS, "uint256": str(wei)}
    assert built("eip681", Order(account=account, extra=tokens)).details["contract"] == ADDRESS
