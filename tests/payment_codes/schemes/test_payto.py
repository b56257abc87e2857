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

GOOD = "payto://iban/DE75512108001245126199"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (GOOD, set()),
        ("PAYTO://IBAN/SOGEDEFFXXX/DE75512108001245126199?message=hi", set()),
        ("payto://iban/DE75512108001245126198", {("checksum_wrong", "path", "lenient")}),
        ("payto://iban/X/DE75512108001245126199", {("value", "path", "lenient")}),
        ("payto://iban/de75512108001245126199", {("characters", "path", "strict")}),
        ("payto://iban", {("missing", "path", "lenient")}),
        ("payto:///DE75", {("value", "target", "lenient")}),
        ("payto://pigeon/coop", {("value", "target", "strict")}),
        ("payto://bic/SOGEDEFFXXX", set()),
        ("payto://bic/SOGE", {("value", "path", "lenient")}),
        ("payto://ach/122000661/1234", set()),
        ("payto://ach/122000662/1234", {("checksum_wrong", "path", "lenient")}),
        ("payto://ach/1234", {("value", "path", "lenient")}),
        ("payto://upi/alice@example", set()),
        ("payto://upi/alice", {("value", "path", "lenient")}),
        ("payto://bitcoin/1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa?amount=BTC:0.1", set()),
        ("payto://bitcoin/1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", {("value", "path", "lenient")}),
        ("payto://ilp/g.acme.bob", set()),
        ("payto://void/?amount=EUR:10.5", set()),
        ("payto://void/x", {("not_allowed", "path", "strict")}),
        (GOOD + "?amount=10", {("amount_format", "amount", "lenient")}),
        (GOOD + "?amount=EUR:1,5", {("amount_format", "amount", "lenient")}),
        (GOOD + "?amount=EUR:1.555", {("amount_precision", "amount", "lenient")}),
        (GOOD + "?amount=EUR:0", {("amount_range", "amount", "lenient")}),
        (GOOD + "?amount=EUR:1&amount=EUR:2", {("duplicate", "amount", "lenient")}),
    ],
)
def test_a_rule_is_broken(text: str, found: set[tuple[str, str, str]]) -> None:
    assert issues_of(text) == found
    assert rewrite(parse(text)) == text


def test_it_says_who_is_paid_and_why() -> None:
    code = parse(GOOD + "?receiver-name=Ann%20B&message=tea&instruction=RF18&amount=kudos:1")
    assert (code.payee, code.message, code.reference) == ("Ann B", "tea", "RF18")
    assert (code.country, code.amount, code.payer_enters_amount) == ("DE", None, False)
    assert code.details["amount"] == "kudos:1"
    assert parse("payto://ach/122000661/1234").country == "US"


@pytest.mark.parametrize(
    "order",
    [
        Order(),
        Order(account="DE00"),
        Order(account="alice", extra={"target": "upi"}),
        Order(account="x", extra={"target": "pigeon"}),
        Order(account="DE75512108001245126199", city="Bonn"),
    ],
)
def test_what_cannot_be_said_is_refused(order: Order) -> None:
    with pytest.raises(CodeInvalid):
        build(by_id("payto"), order)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(payee=TEXT, reference=TEXT, message=TEXT, minor=st.integers(1, 10**11))
def test_what_is_built_says_the_same(payee: str, reference: str, message: str, minor: int) -> None:
    built(
        "payto",
        Order(
            account="DE75512108001245126199",
            payee=payee,
            amount=Amount(minor, "EUR"),
            reference=reference,
            message=message,
        ),
    )
