import pytest

from payment_codes.amount import LARGEST_MINOR, Amount
from payment_codes.building import build, rewrite
from payment_codes.code import Order
from payment_codes.errors import CodeInvalid
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id
from tests.payment_codes.emv.profiles.editing import LENIENT, STRICT, Found, issues_of

BILL = by_id("thai-bot-barcode")
HEAD = "|099400016550100\r"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{HEAD}1\r2\r0", []),
        (f"{HEAD}1\r\r100", []),
        ("|09940001655010\r1\r2\r0", [("value", "biller_id", LENIENT)]),
        (f"{HEAD}\r2\r0", [("missing", "ref1", LENIENT)]),
        (f"{HEAD}{'1' * 21}\r2\r0", [("length", "ref1", STRICT)]),
        (f"{HEAD}1\r{'2' * 21}\r0", [("length", "ref2", STRICT)]),
        (f"{HEAD}1\rสอง\r0", [("characters", "ref2", STRICT)]),
        (f"{HEAD}1\r2", [("truncated", "amount_satang", LENIENT)]),
        (f"{HEAD}1\r2\r1.00", [("amount_format", "amount_satang", LENIENT)]),
        (f"{HEAD}1\r2\r-1", [("amount_format", "amount_satang", LENIENT)]),
        (f"{HEAD}1\r2\r१", [("amount_format", "amount_satang", LENIENT)]),
        (f"{HEAD}1\r2\r{LARGEST_MINOR + 1}", [("amount_range", "amount_satang", LENIENT)]),
        (f"{HEAD}1\r2\r{'9' * 4000}", [("amount_range", "amount_satang", LENIENT)]),
        (f"{HEAD}1\r2\r0\r3\r4", [("trailing", "", LENIENT)]),
        (f"{HEAD}1\r2\r0".replace("\r", "\n"), [("structure", "", STRICT)]),
        (f"{HEAD}1\r2\r0".replace("\r", "\r\n"), [("structure", "", STRICT)]),
    ],
)
def test_a_bill_that_breaks_one_rule(text: str, found: list[Found]) -> None:
    assert issues_of(text) == found


@pytest.mark.parametrize(
    ("satang", "amount", "payer_enters"),
    [("0", None, True), ("1", Amount(1, "THB"), False), ("364922", Amount(364922, "THB"), False)],
)
def test_the_amount_is_satang_and_0_is_open(
    satang: str, amount: Amount | None, payer_enters: bool
) -> None:
    text = f"{HEAD}1\r2\r{satang}"
    code = parse(text)
    assert (code.amount, code.payer_enters_amount) == (amount, payer_enters)
    assert code.details["amount_satang"] == int(satang)
    assert rewrite(code) == text


def test_a_long_bill_keeps_what_follows() -> None:
    text = f"{HEAD}1\r2\r0\r3\r4"
    assert rewrite(parse(text)) == text


@pytest.mark.parametrize(
    ("order", "field"),
    [
        (Order(account="12345678901234", reference="1"), "biller_id"),
        (Order(account="099400016550100"), "ref1"),
        (Order(account="099400016550100", reference="1\r2"), "ref1"),
        (Order(account="099400016550100", reference="1", payee="x"), "payee"),
        (
            Order(account="099400016550100", reference="1", amount=Amount(100, "USD")),
            "amount_satang",
        ),
    ],
)
def test_what_a_bill_cannot_say_is_not_written(order: Order, field: str) -> None:
    with pytest.raises(CodeInvalid) as caught:
        build(BILL, order)
    assert caught.value.details["field"] == field
