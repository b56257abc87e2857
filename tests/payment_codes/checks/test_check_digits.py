import pytest
import stdnum.bic
import stdnum.iso11649
import stdnum.luhn
from hypothesis import given
from hypothesis import strategies as st
from stdnum.ch import esr

from payment_codes.checks import bic, creditor_reference, luhn, mod10_recursive, russian_account

DIGITS = st.text("0123456789", min_size=1, max_size=26)


@given(DIGITS)
def test_luhn_is_that_of_another_library(digits: str) -> None:
    assert luhn.check_digit(digits) == stdnum.luhn.calc_check_digit(digits)
    assert luhn.is_valid(digits + luhn.check_digit(digits))


@pytest.mark.parametrize(
    ("digits", "is_valid"), [("4111111111111111", True), ("4111111111111112", False), ("0", False)]
)
def test_card_numbers_pass_or_not(digits: str, is_valid: bool) -> None:
    assert luhn.is_valid(digits) == is_valid


@given(DIGITS)
def test_modulo_10_recursive_is_that_of_another_library(digits: str) -> None:
    assert mod10_recursive.check_digit(digits) == esr.calc_check_digit(digits)
    assert mod10_recursive.is_valid(digits + mod10_recursive.check_digit(digits))


def test_a_swiss_reference_with_a_wrong_digit_fails() -> None:
    assert mod10_recursive.is_valid("210000000003139471430009017")
    assert not mod10_recursive.is_valid("210000000003139471430009071")
    assert not mod10_recursive.is_valid("0")


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=21))
def test_creditor_references_are_those_of_another_library(own: str) -> None:
    reference = creditor_reference.of(own)
    assert creditor_reference.fault(reference) is None
    assert stdnum.iso11649.is_valid(reference)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("RF18539007547034", None),
        ("RF19539007547034", "checksum_wrong"),
        ("rf18539007547034", "value"),
        ("RF18 5390 0754 7034", "value"),
        ("RF18", "value"),
        ("RF18" + "1" * 22, "value"),
        ("", "value"),
    ],
)
def test_what_is_wrong_with_a_reference_is_told(text: str, fault: str | None) -> None:
    assert creditor_reference.fault(text) == fault


@pytest.mark.parametrize(
    ("text", "is_bic"),
    [
        ("COBADEFF", True),
        ("COBADEFFXXX", True),
        ("BPOTBEB1", True),
        ("cobadeff", False),
        ("COBADEFFXX", False),
        ("COBA1EFF", False),
        ("", False),
    ],
)
def test_a_bic_has_eight_or_eleven_characters(text: str, is_bic: bool) -> None:
    assert bic.is_bic(text) == is_bic
    # That library takes small letters for capitals.
    assert stdnum.bic.is_valid(text) == (is_bic or text.islower())


# Examples 2 to 4 of order 515 of the Bank of Russia.
@pytest.mark.parametrize(
    ("account", "number"),
    [
        ("40102810100000010001", "040305000"),
        ("40602810700000000025", "049805746"),
        ("40702810900000000025", "044514512"),
    ],
)
def test_the_key_of_a_russian_account_fits_its_bank(account: str, number: str) -> None:
    assert russian_account.is_account(account)
    assert russian_account.fits_bank(account, number)
    wrong = account[:8] + str((int(account[8]) + 1) % 10) + account[9:]
    assert not russian_account.fits_bank(wrong, number)


def test_a_letter_of_a_clearing_currency_counts_as_a_digit() -> None:
    keys = [
        k for k in range(10) if russian_account.fits_bank(f"30114B84{k}00000000501", "044541312")
    ]
    assert len(keys) == 1
    assert russian_account.fits_bank(f"30114184{keys[0]}00000000501", "044541312")
    assert russian_account.is_account("30114B84000000000501")
    assert not russian_account.is_account("30114D84000000000501")
    assert not russian_account.is_account("3011484000000000050")
