"""Swiss QR-bills: every rule broken once, and random bills there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.amount import Amount
from payment_codes.building import build, rewrite
from payment_codes.checks import iban as account_check
from payment_codes.checks import mod10_recursive
from payment_codes.code import Order
from payment_codes.errors import CodeInvalid
from payment_codes.fields import inside, text_of
from payment_codes.issues import Severity
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id
from tests.payment_codes.schemes.transfers import (
    amounts,
    broken,
    creditor_references,
    texts,
    with_lines,
)

SWISS = by_id("swiss-qr")
CREDITOR = "S\nMax Muster\nMusterstrasse\n1\n8000\nSeldwyla\nCH"
NOBODY = "\n\n\n\n\n\n"
QR_IBAN, IBAN = "CH4431999123000889012", "CH5604835012345678009"
QRR = "210000000003139471430009017"
CODE = (
    f"SPC\n0200\n1\n{QR_IBAN}\n{CREDITOR}\n{NOBODY}\n1949.75\nCHF\n{NOBODY}\nQRR\n{QRR}\nTea\nEPD"
)
NONE = {4: IBAN, 28: "NON", 29: ""}
STRICT, LENIENT = "strict", "lenient"


@pytest.mark.parametrize(
    ("lines", "issue"),
    [
        ({2: "0300"}, ("value", "version", LENIENT)),
        ({2: "0210"}, ("version", "version", STRICT)),
        ({3: "2"}, ("value", "coding", STRICT)),
        ({4: ""}, ("missing", "iban", LENIENT)),
        ({4: "CH4431999123000889013"}, ("checksum_wrong", "iban", LENIENT)),
        ({**NONE, 4: "DE89370400440532013000"}, ("country_wrong", "iban", LENIENT)),
        ({4: IBAN}, ("value", "iban", LENIENT)),
        ({28: "NON", 29: ""}, ("value", "ref_type", LENIENT)),
        ({28: "SCOR", 29: "RF18539007547034"}, ("value", "ref_type", LENIENT)),
        ({5: "X"}, ("value", "creditor.type", LENIENT)),
        ({5: "K", 9: "", 10: ""}, ("value", "creditor.type", STRICT)),
        ({5: "K", 8: ""}, ("missing", "creditor.building", LENIENT)),
        ({5: "K"}, ("not_allowed", "creditor.city", STRICT)),
        ({6: ""}, ("missing", "creditor.name", LENIENT)),
        ({6: "x" * 71}, ("length", "creditor.name", STRICT)),
        ({8: "x" * 17}, ("length", "creditor.building", STRICT)),
        ({9: ""}, ("missing", "creditor.postal_code", LENIENT)),
        ({11: "ch"}, ("value", "creditor.country", STRICT)),
        ({13: "Somebody"}, ("not_allowed", "ultimate_creditor", STRICT)),
        ({19: "1949.7"}, ("value", "amount", STRICT)),
        ({19: "0.00"}, ("amount_range", "amount", LENIENT)),
        ({19: "1000000000.00"}, ("amount_range", "amount", LENIENT)),
        ({19: "1'949.75"}, ("amount_format", "amount", LENIENT)),
        ({20: "USD"}, ("currency_wrong", "currency", LENIENT)),
        ({20: ""}, ("missing", "currency", LENIENT)),
        ({21: "S"}, ("not_allowed", "debtor.type", STRICT)),
        ({22: "Simon"}, ("missing", "debtor.city", LENIENT)),
        ({28: "XXX"}, ("value", "ref_type", LENIENT)),
        ({29: QRR[1:]}, ("value", "reference", LENIENT)),
        ({29: QRR[:-1] + "8"}, ("checksum_wrong", "reference", LENIENT)),
        ({29: ""}, ("missing", "reference", LENIENT)),
        ({4: IBAN, 28: "NON"}, ("not_allowed", "reference", LENIENT)),
        ({4: IBAN, 28: "SCOR", 29: "RF19539007547034"}, ("checksum_wrong", "reference", LENIENT)),
        ({30: "x" * 141}, ("length", "message", STRICT)),
        ({30: "x" * 100, 32: "//" + "x" * 40}, ("length", "billing_information", STRICT)),
        ({31: "EPC"}, ("value", "trailer", LENIENT)),
        ({31: ""}, ("missing", "trailer", LENIENT)),
        ({32: "S1/10"}, ("value", "billing_information", STRICT)),
        ({33: "x" * 101}, ("length", "alternative_procedure_1", STRICT)),
        ({35: "more"}, ("trailing", "line 35", LENIENT)),
        ({6: "東京"}, ("characters", "", STRICT)),
        ({6: "x" * 900}, ("too_long", "", STRICT)),
        ({2: "0200\r"}, ("structure", "", STRICT)),
    ],
)
def test_every_rule_can_be_broken(lines: dict[int, str], issue: tuple[str, str, str]) -> None:
    assert issue in broken(with_lines(CODE, lines))


def test_a_bill_without_amount_reference_or_debtor_is_good() -> None:
    code = parse(with_lines(CODE, {**NONE, 19: "", 30: ""}))
    assert code.valid(Severity.STRICT)
    assert (code.amount, code.payer_enters_amount) == (None, True)
    assert (code.reference, code.message, code.country) == (None, None, "CH")


def test_a_bill_with_everything_is_good_in_both_line_ends() -> None:
    text = with_lines(CODE, {32: "//S1/10/1", 33: "eBill/B/x@example.com", 34: "other"})
    for written in (text, text.replace("\n", "\r\n")):
        code = parse(written)
        assert code.valid(Severity.STRICT)
        assert code.details["alternative_procedure_1"] == "eBill/B/x@example.com"
        assert text_of(inside(code.objects, "creditor"), "street") == "Musterstrasse"
        assert rewrite(code) == written


def test_latin_letters_up_to_extended_a_are_allowed() -> None:
    assert not broken(with_lines(CODE, {6: "Œuvre Șoimuș 5 €"}))


@pytest.mark.parametrize(
    "order",
    [
        Order(account=QR_IBAN, payee="Max", city="Bern", extra={"postal_code": "3000"}),
        Order(account=IBAN, payee="Max", city="Bern"),
        Order(account=IBAN, payee="Max", extra={"postal_code": "3000"}),
        Order(account=IBAN, city="Bern", extra={"postal_code": "3000"}),
    ],
    ids=["QR-IBAN without reference", "no postal code", "no town", "no payee"],
)
def test_what_the_guidelines_forbid_is_not_built(order: Order) -> None:
    with pytest.raises(CodeInvalid):
        build(SWISS, order)


def test_an_address_without_country_is_swiss() -> None:
    extra = {"postal_code": "3000", "debtor_name": "Eva", "debtor_postal_code": "1"}
    order = Order(account=IBAN, payee="Max", city="Bern", extra=extra | {"debtor_city": "Genf"})
    objects = parse(build(SWISS, order)).objects
    assert text_of(inside(objects, "creditor"), "country") == "CH"
    assert text_of(inside(objects, "debtor"), "country") == "CH"
    assert not any(piece.value for piece in inside(objects, "ultimate_creditor"))


def _qr_references() -> st.SearchStrategy[str]:
    digits = st.text("0123456789", min_size=26, max_size=26)
    return digits.map(lambda own: own + mod10_recursive.check_digit(own))


def _account(bank: int, number: int, country: str) -> str:
    own = f"{bank:05}{number:012}"
    return country + account_check.check_digits(country, own) + own


def _accounts(least: int, most: int) -> st.SearchStrategy[str]:
    return st.builds(
        _account,
        st.integers(least, most),
        st.integers(0, 10**12 - 1),
        st.sampled_from(["CH", "LI"]),
    )


@given(
    st.one_of(
        st.tuples(_accounts(30000, 31999), _qr_references()),
        st.tuples(_accounts(100, 29999), creditor_references() | st.just("")),
    ),
    texts(70, shortest=1),
    texts(35, shortest=1),
    st.none() | amounts("CHF") | amounts("EUR"),
    texts(140),
    st.none() | texts(70, shortest=1),
)
def test_a_bill_is_read_back(
    where: tuple[str, str],
    payee: str,
    city: str,
    amount: Amount | None,
    message: str,
    debtor: str | None,
) -> None:
    account, reference = where
    extra = {"street": "Weg", "building": "1a", "postal_code": "8000", "country": "CH"}
    if debtor:
        extra |= {"debtor_name": debtor, "debtor_postal_code": "1", "debtor_city": "Genève"}
    order = Order(
        account=account, payee=payee, city=city, amount=amount, reference=reference,
        message=message, extra=extra,
    )  # fmt: skip
    text = build(SWISS, order)
    code = parse(text)
    assert (code.account, code.payee, code.amount) == (account, payee, amount)
    assert (code.reference or "", code.message or "") == (reference, message)
    assert code.details.get("debtor") == debtor
    assert rewrite(code) == text
