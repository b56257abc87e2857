"""SPAYD: every rule broken once, check sums, and random orders there and back."""

import zlib

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
from tests.payment_codes.schemes.transfers import amounts, broken, ibans, texts

SPAYD = by_id("spayd")
IBAN = "CZ5855000000001265098001"
CODE = f"SPD*1.0*ACC:{IBAN}*AM:480.50*CC:CZK"
STRICT, LENIENT = "strict", "lenient"


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        (f"SPD*1.2*ACC:{IBAN}", ("version", "version", STRICT)),
        (f"SPD*2.0*ACC:{IBAN}", ("version", "version", LENIENT)),
        (f"spd*1.0*ACC:{IBAN}", ("characters", "SPD", STRICT)),
        (f"SPD*1.0*acc:{IBAN}", ("characters", "ACC", STRICT)),
        ("SPD*1.0*AM:1.00", ("missing", "ACC", LENIENT)),
        ("SPD*1.0*ACC:CZ5855000000001265098002", ("checksum_wrong", "ACC", LENIENT)),
        (f"SPD*1.0*ACC:{IBAN}+RZB", ("value", "ACC", LENIENT)),
        (f"{CODE}*ALT-ACC:{IBAN[:-1]}", ("length", "ALT-ACC", LENIENT)),
        (f"{CODE}*ALT-ACC:{IBAN},{IBAN},{IBAN}", ("length", "ALT-ACC", STRICT)),
        (f"SPD*1.0*ACC:{IBAN}*AM:12345678.90", ("length", "AM", STRICT)),
        (f"SPD*1.0*ACC:{IBAN}*AM:1.000", ("amount_format", "AM", STRICT)),
        (f"SPD*1.0*ACC:{IBAN}*AM:1,00", ("amount_format", "AM", LENIENT)),
        (f"SPD*1.0*ACC:{IBAN}*AM:0.00", ("amount_range", "AM", LENIENT)),
        (f"SPD*1.0*ACC:{IBAN}*AM:1.00*CC:XXX", ("currency_unknown", "AM", LENIENT)),
        (f"{CODE}*CC:EUR", ("duplicate", "CC", LENIENT)),
        (f"{CODE}*RF:12345678901234567", ("value", "RF", STRICT)),
        (f"{CODE}*RN:{'x' * 36}", ("length", "RN", STRICT)),
        (f"{CODE}*DT:2026-12-31", ("value", "DT", STRICT)),
        (f"{CODE}*DT:20260230", ("value", "DT", STRICT)),
        (f"{CODE}*PT:LONG", ("length", "PT", STRICT)),
        (f"{CODE}*MSG:{'%C4%8C' * 61}", ("length", "MSG", STRICT)),
        (f"{CODE}*NT:X*NTA:1", ("value", "NT", STRICT)),
        (f"{CODE}*NT:P", ("dependency", "NTA", STRICT)),
        (f"{CODE}*X-VS:12345678901", ("value", "X-VS", STRICT)),
        (f"{CODE}*X-PER:31", ("value", "X-PER", STRICT)),
        (f"{CODE}*NEW:1", ("not_allowed", "NEW", STRICT)),
        (f"{CODE}*MSG:", ("empty", "MSG", STRICT)),
        (f"{CODE}*MSG:Č", ("characters", "MSG", STRICT)),
        (f"{CODE}*nothing*MSG:1", ("structure", "part 4", LENIENT)),
        (f"{CODE}**MSG:1", ("structure", "part 4", LENIENT)),
        (f"{CODE}*CRC32:00000000", ("crc_wrong", "CRC32", LENIENT)),
        (f"{CODE}*CRC32:xyz", ("value", "CRC32", STRICT)),
        (CODE + "*X-A:1" * 60, ("structure", "part 51", LENIENT)),
    ],
)
def test_every_rule_can_be_broken(text: str, issue: tuple[str, str, str]) -> None:
    assert issue in broken(text)


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        CODE + "*",
        CODE + "*MSG:PLATBA%20ZA%20ZBO%C5%BD%C3%8D*X-OWN:1",
        CODE + "*MSG:é+%2A*RN:Ångström",
        f"{CODE}*ALT-ACC:{IBAN}+RZBCCZPP,{IBAN}*NT:E*NTA:shop@example.com*X-PER:7",
    ],
)
def test_what_is_good_is_written_back_as_it_was(text: str) -> None:
    code = parse(text)
    assert code.valid(Severity.STRICT)
    assert rewrite(code) == text


def test_values_are_percent_decoded_and_a_plus_is_a_plus() -> None:
    code = parse(f"{CODE}*MSG:1+1%2A2 %C5%BDe")
    assert code.message == "1+1*2 Že"


def test_a_code_without_currency_is_in_crowns() -> None:
    assert parse(f"SPD*1.0*ACC:{IBAN}*AM:1").amount == Amount(1_00, "CZK")


def test_the_check_sum_is_of_the_sorted_parts() -> None:
    sorted_text = f"SPD*1.0*ACC:{IBAN}*AM:480.50*CC:CZK*MSG:Tea"
    check = f"{zlib.crc32(sorted_text.encode()):08X}"
    text = f"SPD*1.0*MSG:Tea*CC:CZK*CRC32:{check}*AM:480.50*ACC:{IBAN}"
    assert parse(text).valid(Severity.STRICT)
    lower = parse(text.replace(check, check.lower()))
    assert lower.valid(Severity.LENIENT)
    assert not lower.valid(Severity.STRICT)
    assert rewrite(parse(text.replace(check, "00000000"))) == text


@pytest.mark.parametrize(
    "order",
    [
        Order(),
        Order(account=IBAN, amount=Amount(12_345_678_90, "CZK")),
        Order(account=IBAN, amount=Amount(1_234, "KWD")),
        Order(account=IBAN, message="x" * 61),
        Order(account=IBAN, reference="INV-1"),
        Order(account=IBAN, extra={"BIC": "RZB"}),
        Order(account=IBAN, extra={"CRC32": "00000000"}),
    ],
    ids=["no account", "large", "three decimals", "long", "reference", "bank", "check sum"],
)
def test_what_the_format_forbids_is_not_built(order: Order) -> None:
    with pytest.raises(CodeInvalid):
        build(SPAYD, order)


@given(
    ibans("CZ", "SK"),
    texts(35),
    st.none() | amounts("CZK", 9_999_999_99) | amounts("JPY", 9_999_999_999),
    st.from_regex("[0-9]{0,10}", fullmatch=True),
    texts(60, "*%+:žŽ☕ aZ0"),
)
def test_an_order_is_read_back(
    account: str, payee: str, amount: Amount | None, reference: str, message: str
) -> None:
    order = Order(account=account, payee=payee, amount=amount, reference=reference, message=message)
    text = build(SPAYD, order)
    code = parse(text)
    assert text.isascii()
    assert (code.account, code.payee or "", code.amount) == (account, payee, amount)
    assert (code.reference or "", code.message or "") == (reference, message)
    assert code.payer_enters_amount == (amount is None)
    assert rewrite(code) == text
