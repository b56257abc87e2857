"""IBAN: the international bank account number (ISO 13616-1:2020; IBAN Registry release 101)."""

from __future__ import annotations

import re
from typing import Final

_BY_LENGTH: Final = {
    15: "NO",
    16: "BE",
    18: "DK FI FK FO GL NL SD",
    19: "MK SI",
    20: "AT BA EE KZ LT LU MN XK",
    21: "CH HR LI LV",
    22: "BG BH CR DE GB GE IE ME RS VA",
    23: "AE GI IL IQ OM SO TL",
    24: "AD CZ ES MD PK RO SA SE SK TN VG",
    25: "LY PT ST",
    26: "IS TR",
    27: "BI DJ FR GR IT MC MR SM",
    28: "AL AZ BY CY DO GT HN HU LB NI PL SV",
    29: "BR EG PS QA UA",
    30: "JO KW MU YE",
    31: "MT SC",
    32: "LC",
    33: "RU",
}
LENGTHS: Final = {
    country: length for length, countries in _BY_LENGTH.items() for country in countries.split()
}
"""The characters of an IBAN by country: the registry's."""

_FORM: Final = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}")


def compact(text: str) -> str:
    """Return an account or a reference as it is checked: without spaces, in (ASCII) capitals."""
    return text.replace(" ", "").upper() if text.isascii() else text


def fault(iban: str) -> str | None:
    """Return the code of the issue that a compact IBAN has, or None for a right one.

    "characters" where it is not written as one, "length" for its country, "checksum_wrong" by its
    check digits, "value" where only the country is none of the registry's.
    """
    if not _FORM.fullmatch(iban):
        return "characters"
    length = LENGTHS.get(iban[:2])
    if length is not None and len(iban) != length:
        return "length"
    if remainder(iban[4:] + iban[:4]) != 1:
        return "checksum_wrong"
    return None if length else "value"


def check_digits(country: str, account: str) -> str:
    """Return the two check digits of a national account (BBAN) of a country."""
    return f"{98 - remainder(account + country + '00'):02}"


def remainder(text: str) -> int:
    """Return what MOD 97-10 leaves of digits and capital letters (ISO/IEC 7064; A is 10, Z 35)."""
    return int("".join(str(int(character, 36)) for character in text)) % 97
