import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.amount import Amount
from payment_codes.building import build, rewrite
from payment_codes.checks import bech32
from payment_codes.code import Order
from payment_codes.errors import CodeInvalid
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id
from tests.payment_codes.schemes.reading import built, issues_of
from tests.payment_codes.vector_files import load

ADDRESS = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
GOOD = f"bitcoin:{ADDRESS}"
INVOICE = load("foreign.jsonl")["bolt11-1"]["payload"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (GOOD, set()),
        (GOOD.upper() + "?AMOUNT=1&LABEL=x", set()),
        (f"bitcoin://{ADDRESS}?amount=1.00000001", set()),
        ("bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", set()),
        ("bitcoin:tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", set()),
        ("bitcoin:?amount=1", {("missing", "address", "lenient")}),
        (f"bitcoin:?lightning={INVOICE}", set()),
        (f"{GOOD}?lightning={INVOICE}", set()),
        (f"{GOOD}?lightning={INVOICE[:-1]}q", {("value", "lightning", "strict")}),
        (f"{GOOD}?lightning=x", {("value", "lightning", "strict")}),
        ("bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
         {("checksum_wrong", "address", "lenient")}),
        ("bitcoin:bc1Qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
         {("characters", "address", "lenient")}),
        ("bitcoin:1A1z", {("length", "address", "lenient")}),
        ("bitcoin:BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",
         {("value", "address", "lenient")}),
        ("bitcoin:175tWpb8K1S7NmH4Zx6rewF9WQrcZv245W", {("checksum_wrong", "address", "strict")}),
        (f"{GOOD}?req-a=1&req-b=2&other=3",
         {("unknown_required", "req-a", "lenient"), ("unknown_required", "req-b", "lenient")}),
        (f"{GOOD}?amount=1&amount=2", {("duplicate", "amount", "lenient")}),
        (f"{GOOD}?amount=1,5", {("amount_format", "amount", "lenient")}),
        (f"{GOOD}?amount=1e8", {("amount_format", "amount", "lenient")}),
        (f"{GOOD}?amount=0.000000001", {("amount_precision", "amount", "lenient")}),
        (f"{GOOD}?amount=0", {("amount_range", "amount", "lenient")}),
        (f"{GOOD}?amount=21000000", set()),
        (f"{GOOD}?amount=21000001", {("amount_range", "amount", "lenient")}),
    ],
)  # fmt: skip
def test_a_rule_is_broken(text: str, found: set[tuple[str, str, str]]) -> None:
    assert issues_of(text) == found
    assert rewrite(parse(text)) == text


def test_keys_in_capitals_are_the_same() -> None:
    code = parse(f"{GOOD.upper()}?AMOUNT=0.00001&LABEL=A%3A%20b")
    assert (code.amount, code.payee) == (Amount(1000, "BTC"), "A: b")
    assert code.details["network"] == "bc"


@pytest.mark.parametrize(
    "order",
    [
        Order(),
        Order(account="shop"),
        Order(account=ADDRESS, amount=Amount(1, "EUR")),
        Order(account=ADDRESS, reference="1"),
        Order(account=ADDRESS, extra={"req-x": "1"}),
    ],
)
def test_what_cannot_be_said_is_refused(order: Order) -> None:
    with pytest.raises(CodeInvalid):
        build(by_id("bip21"), order)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(
    program=st.binary(min_size=20, max_size=20),
    satoshi=st.integers(1, 21 * 10**14),
    label=TEXT,
    message=TEXT,
)
def test_what_is_built_says_the_same(
    program: bytes, satoshi: int, label: str, message: str
) -> None:
    address = bech32.encode("bc", (0, *bech32.words_of(program)))
    amount = Amount(satoshi, "BTC")
    built("bip21", Order(account=address, amount=amount, payee=label, message=message))
