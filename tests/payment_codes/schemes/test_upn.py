"""UPN QR: every rule broken once, and random orders there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.amount import Amount
from payment_codes.building import build, rewrite
from payment_codes.code import Order
from payment_codes.errors import CodeInvalid
from payment_codes.issues import Severity
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id
from tests.payment_codes.schemes.transfers import (
    amounts,
    broken,
    creditor_references,
    ibans,
    texts,
    with_lines,
)

UPN = by_id("upnqr")
# Examples of the standard, by way of the tests of dart_upn_qr (github.com/greymag).
CODE = (
    "UPNQR\n\n\n\n\nJanez Novak\nDunajska 1\n1000 Ljubljana\n00000008105\n\n\nCOST\n"
    "Plačilo obveznosti 10/2016\n\nSI56051008010486080\nSI0598765432100\nNovo podjetje d.o.o.\n"
    "Lepa cesta 15\n3698 Loški Potok\n183\n"
)
FULL = (
    "UPNQR\nSI56020170014356205\n\n\nSI003528-990\nZdruženje bank Slovenije\nŠubičeva 2\n"
    "1000 Ljubljana\n00000128067\n\n\nADVA\nPlačilo avansa-ponudba 2016/12\n\n"
    "SI56051008010486080\nSI00123456-67890-12345\nNovo podjetje d.o.o.\nLepa cesta 15\n"
    "3698 Loški Potok\n238"
)
ISO_8859_2 = [
    chr(code) for code in range(0x21, 0x180) if chr(code).encode("iso-8859-2", "replace") != b"?"
]
LETTERS = "".join(letter for letter in ISO_8859_2 if letter.isprintable())
STRICT, LENIENT = "strict", "lenient"


@pytest.mark.parametrize(
    ("lines", "issue"),
    [
        ({2: "SI56051008010486081"}, ("checksum_wrong", "payer_iban", LENIENT)),
        ({3: "x"}, ("value", "deposit", STRICT)),
        ({5: "RF19539007547034"}, ("checksum_wrong", "payer_reference", LENIENT)),
        ({6: "x" * 34}, ("length", "payer", STRICT)),
        ({9: ""}, ("missing", "amount", LENIENT)),
        ({9: "8105"}, ("value", "amount", STRICT)),
        ({9: "81,05"}, ("amount_format", "amount", LENIENT)),
        ({10: "2016-11-15"}, ("value", "payment_date", STRICT)),
        ({12: ""}, ("missing", "purpose_code", LENIENT)),
        ({12: "rent"}, ("value", "purpose_code", STRICT)),
        ({13: ""}, ("missing", "purpose", LENIENT)),
        ({13: "x" * 43}, ("length", "purpose", STRICT)),
        ({15: ""}, ("missing", "iban", LENIENT)),
        ({15: "SI56051008010486081"}, ("checksum_wrong", "iban", LENIENT)),
        ({16: "12345"}, ("value", "reference", STRICT)),
        ({17: ""}, ("missing", "payee", LENIENT)),
        ({20: "184"}, ("crc_wrong", "control_sum", LENIENT)),
        ({20: "18x"}, ("crc_wrong", "control_sum", LENIENT)),
        ({20: ""}, ("crc_missing", "control_sum", LENIENT)),
        ({21: "more"}, ("trailing", "line 21", LENIENT)),
        ({6: "Рубен"}, ("encoding", "", STRICT)),
        ({6: "x" * 411}, ("too_long", "", STRICT)),
        ({6: "Janez\r"}, ("structure", "", STRICT)),
    ],
)
def test_every_rule_can_be_broken(lines: dict[int, str], issue: tuple[str, str, str]) -> None:
    assert issue in broken(with_lines(CODE, lines))


@pytest.mark.parametrize("text", [CODE, FULL, CODE + " " * 20])
def test_the_examples_of_the_standard_are_good(text: str) -> None:
    code = parse(text)
    assert code.valid(Severity.STRICT)
    assert rewrite(code) == text.rstrip() + "\n"


def test_the_control_sum_is_written_anew() -> None:
    code = parse(with_lines(CODE, {20: "999"}))
    assert rewrite(code) == CODE


def test_an_amount_of_zero_is_entered_by_the_payer() -> None:
    code = parse(with_lines(CODE, {9: "0" * 11}))
    assert code.valid(Severity.STRICT)
    assert (code.amount, code.payer_enters_amount) == (None, True)


@pytest.mark.parametrize(
    "order",
    [
        Order(account="SI56051008010486080", payee="Čaj"),
        Order(account="SI56051008010486080", message="Čaj"),
        Order(account="SI56051008010486080", payee="茶", message="Čaj"),
        Order(account="SI56051008010486080", payee="Čaj", message="x", reference="INV 1"),
    ],
    ids=["no purpose", "no payee", "characters", "reference"],
)
def test_what_the_standard_forbids_is_not_built(order: Order) -> None:
    with pytest.raises(CodeInvalid):
        build(UPN, order)


@given(
    ibans("SI", "HR"),
    texts(33, LETTERS + "  ", shortest=1),
    st.none() | amounts("EUR", 10**11 - 1),
    creditor_references() | st.from_regex("SI[0-9]{2}[0-9-]{1,22}", fullmatch=True),
    texts(42, LETTERS + "  ", shortest=1),
    texts(33, LETTERS + "  "),
)
def test_an_order_is_read_back(
    account: str, payee: str, amount: Amount | None, reference: str, message: str, city: str
) -> None:
    order = Order(
        account=account, payee=payee, amount=amount, reference=reference, message=message, city=city
    )
    text = build(UPN, order)
    code = parse(text)
    assert (code.account, code.payee, code.amount) == (account, payee, amount)
    assert (code.reference, code.message) == (reference, message)
    assert code.payer_enters_amount == (amount is None)
    assert rewrite(code) == text
