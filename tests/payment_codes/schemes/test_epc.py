"""SEPA credit transfers: every rule broken once, and random orders there and back."""

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

EPC = by_id("epc")
CODE = "BCD\n002\n1\nSCT\n\nMax Mustermann\nDE89370400440532013000\nEUR99.99\n\n\nInvoice 1"
REFERENCE = "RF18539007547034"
STRICT, LENIENT = "strict", "lenient"


@pytest.mark.parametrize(
    ("lines", "issue"),
    [
        ({2: "004"}, ("version", "version", LENIENT)),
        ({2: "003"}, ("version", "version", STRICT)),
        ({3: "9"}, ("value", "charset", LENIENT)),
        ({4: "XXX"}, ("value", "identification", LENIENT)),
        ({4: "INST"}, ("value", "identification", STRICT)),
        ({2: "001"}, ("missing", "bic", LENIENT)),
        ({5: "COBADEFF1"}, ("value", "bic", LENIENT)),
        ({6: ""}, ("missing", "name", LENIENT)),
        ({6: "x" * 71}, ("length", "name", STRICT)),
        ({7: ""}, ("missing", "iban", LENIENT)),
        ({7: "DE89370400440532013001"}, ("checksum_wrong", "iban", LENIENT)),
        ({7: "DE8937040044053201300"}, ("length", "iban", LENIENT)),
        ({7: "not an account"}, ("characters", "iban", LENIENT)),
        ({7: "DE89 3704 0044 0532 0130 00"}, ("characters", "iban", STRICT)),
        ({7: "ZZ22370400440532013000"}, ("value", "iban", STRICT)),
        ({7: "CH5604835012345678009"}, ("dependency", "bic", STRICT)),
        ({8: "USD99.99"}, ("currency_wrong", "amount", LENIENT)),
        ({8: "EUR99,99"}, ("amount_format", "amount", LENIENT)),
        ({8: "EUR٩٩"}, ("amount_format", "amount", LENIENT)),
        ({8: "EUR1.001"}, ("amount_precision", "amount", LENIENT)),
        ({8: "EUR0"}, ("amount_range", "amount", LENIENT)),
        ({8: "EUR1000000000"}, ("amount_range", "amount", LENIENT)),
        ({9: "five5"}, ("value", "purpose", STRICT)),
        ({10: REFERENCE}, ("exclusive", "text", LENIENT)),
        ({10: "RF19539007547034", 11: ""}, ("checksum_wrong", "reference", LENIENT)),
        ({10: "+++090/9337/55493+++", 11: ""}, ("value", "reference", STRICT)),
        ({10: "RF18 5390 0754 7034", 11: ""}, ("characters", "reference", STRICT)),
        ({11: "x" * 141}, ("length", "text", STRICT)),
        ({12: "x" * 71}, ("length", "info", STRICT)),
        ({13: "more"}, ("trailing", "line 13", LENIENT)),
        ({3: "2", 6: "Čapek"}, ("encoding", "", STRICT)),
        ({6: "č" * 70, 11: "č" * 100}, ("too_long", "", STRICT)),
        ({5: "\r"}, ("structure", "", STRICT)),
    ],
)
def test_every_rule_can_be_broken(lines: dict[int, str], issue: tuple[str, str, str]) -> None:
    assert issue in broken(with_lines(CODE, lines))


def test_a_code_of_few_lines_is_enough() -> None:
    code = parse("BCD\n002\n1\nSCT\n\nMax Mustermann\nDE89370400440532013000")
    assert code.valid(Severity.STRICT)
    assert code.payer_enters_amount
    assert code.country == "DE"


def test_line_ends_are_kept() -> None:
    for text in (CODE, CODE.replace("\n", "\r\n")):
        code = parse(text)
        assert code.valid(Severity.STRICT)
        assert (code.payee, code.message) == ("Max Mustermann", "Invoice 1")
        assert rewrite(code) == text


def test_only_creditor_references_are_made_capitals() -> None:
    spaced = parse(with_lines(CODE, {10: "rf18 5390 0754 7034", 11: ""}))
    assert spaced.reference == REFERENCE
    assert spaced.valid(Severity.LENIENT)
    assert parse(with_lines(CODE, {10: "inv 12", 11: ""})).reference == "inv 12"


def test_the_character_set_counts_the_bytes() -> None:
    # 70 and 137 characters of two bytes in UTF-8, and of one in ISO 8859-2.
    long = with_lines(CODE, {6: "č" * 70, 11: "č" * 137})
    assert ("too_long", "", STRICT) in broken(long)
    assert not broken(with_lines(long, {3: "3"}))


@pytest.mark.parametrize(
    "order",
    [
        Order(account="DE89370400440532013000"),
        Order(payee="Max"),
        Order(account="DE89370400440532013000", payee="Max", reference=REFERENCE, message="both"),
        Order(account="DE89370400440532013000", payee="Max", amount=Amount(10**11, "EUR")),
        Order(account="DE89370400440532013000", payee="Max", extra={"version": "003"}),
        Order(account="DE89370400440532013000", payee="M" * 71),
    ],
    ids=["no payee", "no account", "reference and text", "large", "version", "long"],
)
def test_what_the_guideline_forbids_is_not_built(order: Order) -> None:
    with pytest.raises(CodeInvalid) as caught:
        build(EPC, order)
    assert "EPC069-12" in str(caught.value.details["section"])


@given(
    ibans("DE", "AT", "BE", "FR", "SI"),
    texts(35, shortest=1),
    st.none() | amounts("EUR"),
    st.one_of(st.tuples(st.just(""), texts(70)), st.tuples(creditor_references(), st.just(""))),
)
def test_an_order_is_read_back(
    account: str, payee: str, amount: Amount | None, told: tuple[str, str]
) -> None:
    reference, message = told
    order = Order(account=account, payee=payee, amount=amount, reference=reference, message=message)
    text = build(EPC, order)
    code = parse(text)
    assert (code.account, code.payee, code.amount) == (account, payee, amount)
    assert (code.reference or "", code.message or "") == (reference, message)
    assert code.payer_enters_amount == (amount is None)
    assert rewrite(code) == text
