from datetime import datetime, timedelta, timezone

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

GOOD = "upi://pay?pa=shop@bank&pn=Shop"
INDIA = timezone(timedelta(hours=5, minutes=30))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (GOOD, set()),
        ("UPI://PAY/?pa=1234567890@HDFC0000001.ifsc.npci&pn=A", set()),
        ("upi://pay?pn=Shop", {("missing", "pa", "lenient")}),
        ("upi://pay?pa=null&pn=Shop", {("missing", "pa", "lenient")}),
        ("upi://pay?pa=shop&pn=Shop", {("value", "pa", "lenient")}),
        ("upi://pay?pa=a@b", {("value", "pa", "lenient"), ("missing", "pn", "strict")}),
        ("upi://steal?pa=a@bank&pn=A", {("value", "action", "lenient")}),
        (GOOD + "&cu=USD", {("currency_wrong", "cu", "lenient")}),
        (GOOD + "&pa=me@bank", {("duplicate", "pa", "lenient")}),
        (GOOD + "&am=ten", {("amount_format", "am", "lenient")}),
        (GOOD + "&am=1e3", {("amount_format", "am", "lenient")}),
        (GOOD + "&am=\u0661", {("amount_format", "am", "lenient")}),
        (GOOD + "&am=1.001", {("amount_precision", "am", "lenient")}),
        (GOOD + "&am=0.00", {("amount_range", "am", "lenient")}),
        (GOOD + "&am=10&mam=5", set()),
        (GOOD + "&am=10&mam=null", set()),
        (GOOD + "&am=10&mam=20", {("amount_range", "mam", "lenient")}),
        (GOOD + "&mam=x", {("amount_format", "mam", "lenient")}),
        (GOOD + "&mc=12", {("value", "mc", "lenient")}),
        (GOOD + "&mc=0000", set()),
        (GOOD + "&mc=5812", {("dependency", "tr", "strict")}),
        (GOOD + "&mc=5812&tr=A1", set()),
        (GOOD + "&sign=MEUCIQ+/=", set()),
        (GOOD + "&sign=MEUCIQ==&tn=x", {("order", "sign", "strict")}),
        (GOOD + "&sign=%00", {("value", "sign", "lenient")}),
        (GOOD + "&QRexpire=2026-01-02T03:04:05.123456789+05:30", set()),
        (GOOD + "&QRexpire=tomorrow", {("value", "QRexpire", "strict")}),
        (GOOD + "&QRexpire=2026-01-02T03:04:05", {("value", "QRexpire", "strict")}),
        ("upi://mandate?pa=a@bank&pn=A", {("missing", "am", "lenient")}),
        ("upi://mandate?pa=a@bank&pn=A&am=1&validityend=99992026",
         {("value", "validityend", "strict")}),
        ("upi://mandate?pa=a@bank&pn=A&am=1&amrule=MAX&validitystart=01072023", set()),
    ],
)  # fmt: skip
def test_a_rule_is_broken(text: str, found: set[tuple[str, str, str]]) -> None:
    assert issues_of(text) == found


def test_the_word_null_is_no_amount_and_plus_is_a_plus() -> None:
    code = parse("upi://pay?pa=a@bank&pn=A+B&am=null&tn=1%2B1%20%E0%A4%9A&url=https://x.in/o=1")
    assert (code.payee, code.message, code.amount) == ("A+B", "1+1 च", None)
    assert code.payer_enters_amount
    assert code.tree["url"] == "https://x.in/o=1"


def test_it_says_when_it_ends() -> None:
    code = parse(GOOD + "&QRexpire=2026-01-02T03:04:05.123456789+05:30")
    assert code.expires == datetime(2026, 1, 2, 3, 4, 5, 123456, INDIA)


@pytest.mark.parametrize(
    "text",
    ["UPI://Pay?pa=a%40bank&&pn=a%2db&x", GOOD + "&", "upi://pay?", "upi://pay", "upi://"],
)
def test_its_spelling_is_kept(text: str) -> None:
    assert rewrite(parse(text)) == text


@pytest.mark.parametrize(
    "order",
    [
        Order(payee="Shop"),
        Order(account="shop", payee="Shop"),
        Order(account="a@bank", payee="A", amount=Amount(100, "USD")),
        Order(account="a@bank", payee="A", city="Delhi"),
        Order(account="a@bank", payee="A", extra={"bitcoin": "1"}),
        Order(account="a@bank", payee="\ud800"),
    ],
)
def test_what_cannot_be_said_is_refused(order: Order) -> None:
    with pytest.raises(CodeInvalid):
        build(by_id("upi"), order)


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(
    lambda text: text != "null"
)


@given(
    name=st.from_regex(r"[a-z0-9.-]{1,20}@[a-z]{2,10}", fullmatch=True),
    payee=WORDS,
    minor=st.integers(1, 10**10),
    reference=WORDS,
    message=WORDS,
    minutes=st.integers(0, 10**6),
)
def test_what_is_built_says_the_same(
    name: str, payee: str, minor: int, reference: str, message: str, minutes: int
) -> None:
    expires = datetime(2026, 1, 1, tzinfo=INDIA) + timedelta(minutes=minutes)
    built(
        "upi",
        Order(
            account=name,
            payee=payee,
            amount=Amount(minor, "INR"),
            reference=reference,
            message=message,
            expires=expires,
            extra={"mc": "5812", "sign": "MEUC"},
        ),
    )
