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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://paypal.me/user", set()),
        ("HTTPS://WWW.PAYPAL.ME/User/5", set()),
        ("https://www.paypal.com/paypalme/user/12.5usd", set()),
        ("https://paypal.me/user/500JPY", set()),
        ("http://paypal.me/user", {("encoding", "", "strict")}),
        ("https://paypal.me/", {("missing", "user", "lenient")}),
        ("https://paypal.me/us-er", {("value", "user", "lenient")}),
        ("https://paypal.me/user/12,50EUR", {("amount_format", "amount", "lenient")}),
        ("https://paypal.me/user/1.2.3EUR", {("amount_format", "amount", "lenient")}),
        ("https://paypal.me/user/5XXX", {("currency_unknown", "amount", "lenient")}),
        ("https://paypal.me/user/1.5JPY", {("amount_precision", "amount", "lenient")}),
        ("https://paypal.me/user/0EUR", {("amount_range", "amount", "lenient")}),
        ("https://paypal.me/user?x=1", {("trailing", "", "strict")}),
    ],
)
def test_a_rule_is_broken(text: str, found: set[tuple[str, str, str]]) -> None:
    assert issues_of(text) == found
    assert rewrite(parse(text)) == text


def test_an_amount_without_a_currency_is_no_amount_of_money() -> None:
    code = parse("https://paypal.me/user/5")
    assert (code.amount, code.payer_enters_amount) == (None, False)
    assert code.details == {"user": "user", "amount": "5"}


def test_what_cannot_be_said_is_refused() -> None:
    for order in (Order(), Order(account="a/5"), Order(account="user", message="hello")):
        with pytest.raises(CodeInvalid):
            build(by_id("paypalme"), order)


@given(
    user=st.from_regex("[A-Za-z0-9]{1,20}", fullmatch=True),
    minor=st.integers(1, 10**11),
    currency=st.sampled_from(("EUR", "USD", "JPY")),
)
def test_what_is_built_says_the_same(user: str, minor: int, currency: str) -> None:
    built("paypalme", Order(account=user, amount=Amount(minor, currency)))
    built("paypalme", Order(account=user))
