import re
from importlib.resources import files

import pytest
import stdnum.iban
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_97_10

from payment_codes.checks import iban

# Examples of the IBAN Registry.
GOOD = (
    "AD1200012030200359100100", "BE68539007547034", "CH9300762011623852957",
    "DE89370400440532013000", "FR1420041010050500013M02606", "GB29NWBK60161331926819",
    "LC55HEMM000100010012001200023015", "MT84MALT011000012345MTLCAST001S", "NO9386011117947",
)  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_the_examples_of_the_registry_are_good(text: str) -> None:
    assert iban.fault(text) is None
    assert stdnum.iban.is_valid(text, check_country=False)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("DE89370400440532013001", "checksum_wrong"),
        ("DE8937040044053201300", "length"),
        ("de89370400440532013000", "characters"),
        ("DE89 3704 0044 0532 0130 00", "characters"),
        ("DEXX370400440532013000", "characters"),
        ("DE89" + "٣" * 18, "characters"),
        ("", "characters"),
        ("ZZ" + iban.check_digits("ZZ", "12345") + "12345", "value"),
        ("ZZ0012345", "checksum_wrong"),
    ],
)
def test_what_is_wrong_is_told(text: str, fault: str) -> None:
    assert iban.fault(text) == fault


def test_only_ascii_letters_are_made_capitals() -> None:
    assert iban.compact("de89 3704") == "DE893704"
    assert iban.compact("ß 1") == "ß 1"


def test_the_lengths_are_those_of_the_registry() -> None:
    rows = files("stdnum").joinpath("iban.dat").read_text(encoding="utf-8").splitlines()
    found = (re.match(r'([A-Z]{2}) .*bban="([^"]+)"', row) for row in rows)
    lengths = {row[1]: 4 + sum(map(int, re.findall(r"([0-9]+)!", row[2]))) for row in found if row}
    assert lengths == iban.LENGTHS


@given(st.sampled_from(sorted(iban.LENGTHS)), st.text("0123456789ABCXYZ", min_size=30, max_size=30))
def test_check_digits_are_those_of_another_library(country: str, letters: str) -> None:
    bban = letters[: iban.LENGTHS[country] - 4]
    digits = iban.check_digits(country, bban)
    assert digits == mod_97_10.calc_check_digits(bban + country)
    assert iban.fault(country + digits + bban) is None
    wrong = f"{(int(digits) + 1) % 100:02}"
    assert iban.fault(country + wrong + bban) == "checksum_wrong"
