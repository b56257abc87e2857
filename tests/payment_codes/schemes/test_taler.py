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

PAY = "taler://pay/shop.example/2026-1/"
TEMPLATE = "taler://pay-template/shop.example/tea"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (PAY, set()),
        ("TALER://PAY/shop.example:8080/instances/a/2026-1/s?c=abc", set()),
        ("taler+http://pay/localhost/1/", {("not_allowed", "", "strict")}),
        ("taler://steal/shop.example/1", {("value", "action", "lenient")}),
        ("taler://pay", {("value", "host", "lenient"), ("missing", "order_id", "lenient")}),
        ("taler://pay/sh%20op/1/", {("value", "host", "lenient")}),
        ("taler://pay/shop.example", {("missing", "order_id", "lenient")}),
        ("taler://pay/shop.example/1", {("missing", "session", "lenient")}),
        ("taler://withdraw/bank.example/api/123", set()),
        ("taler://withdraw/bank.example/", {("missing", "withdrawal_id", "lenient")}),
        ("taler://refund/shop.example/2026-1/", set()),
        ("taler://pay-push/exchange.example/KEY", set()),
        ("taler://pay-pull/exchange.example/", {("missing", "contract", "lenient")}),
        (TEMPLATE, set()),
        (TEMPLATE + "?amount=KUDOS&summary=", set()),
        (TEMPLATE + "?amount=EUR:2.50&summary=two%20teas", set()),
        (TEMPLATE + "?amount=EUR2", {("amount_format", "amount", "lenient")}),
        (TEMPLATE + "?amount=EUR:2.505", {("amount_precision", "amount", "lenient")}),
        (TEMPLATE + "?amount=EUR:0", {("amount_range", "amount", "lenient")}),
        (TEMPLATE + "?amount=EUR&amount=EUR", {("duplicate", "amount", "lenient")}),
    ],
)
def test_a_rule_is_broken(text: str, found: set[tuple[str, str, str]]) -> None:
    assert issues_of(text) == found
    assert rewrite(parse(text)) == text


def test_a_path_may_begin_with_the_servers_own() -> None:
    tree = parse("taler://pay/shop.example/instances/a/2026-1/s").tree
    wanted = {"host": "shop.example", "prefix": "instances/a", "order_id": "2026-1", "session": "s"}
    assert tree == {"action": "pay", **wanted}


def test_a_template_may_leave_the_amount_to_the_payer() -> None:
    open_ = parse(TEMPLATE + "?amount=EUR&summary=")
    assert (open_.amount, open_.currency, open_.payer_enters_amount) == (None, "EUR", True)
    fixed = parse(TEMPLATE + "?amount=EUR:2.50&summary=tea")
    assert (fixed.amount, fixed.payer_enters_amount) == (Amount(250, "EUR"), False)
    assert (fixed.message, fixed.reference) == ("tea", "tea")
    made_up = parse(TEMPLATE + "?amount=KUDOS:2.5")
    assert (made_up.amount, made_up.payer_enters_amount) == (None, False)
    assert made_up.details["amount"] == "KUDOS:2.5"


def test_the_key_to_money_is_not_told() -> None:
    code = parse("taler://pay-push/exchange.example/SECRETKEY")
    assert "SECRETKEY" not in repr(code) + str(dict(code.details))
    assert code.tree["contract"] == "SECRETKEY"


@pytest.mark.parametrize(
    "order",
    [
        Order(),
        Order(account="shop.example"),
        Order(account="shop.example", reference="1", amount=Amount(1, "EUR")),
        Order(account="shop.example", reference="1", message="tea"),
        Order(account="shop.example", reference="1", extra={"action": "steal"}),
        Order(account="shop.example", reference="1", payee="Shop"),
    ],
)
def test_what_cannot_be_said_is_refused(order: Order) -> None:
    with pytest.raises(CodeInvalid):
        build(by_id("taler"), order)


@given(
    reference=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
    minor=st.integers(1, 10**11),
    message=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)
def test_what_is_built_says_the_same(reference: str, minor: int, message: str) -> None:
    built("taler", Order(account="shop.example/instances/a", reference=reference))
    order = Order(
        account="shop.example:8080",
        reference=reference,
        amount=Amount(minor, "EUR"),
        message=message,
        extra={"action": "pay-template"},
    )
    built("taler", order)
