"""Numbers that name a person or a card, checked by their own check digits.

They are personal: never stored, logged or kept in a journal, an event or evidence.
"""

from __future__ import annotations

import re
from datetime import date

#: GB 11643-1999: six digits of region, date of birth, three of sequence, check character.
_IDENTITY = re.compile("[1-9][0-9]{5}([0-9]{4})([0-9]{2})([0-9]{2})[0-9]{3}[0-9X]")
#: ISO/IEC 7812-1: a primary account number has at most 19 digits; no issuer's has fewer than 12.
_CARD = re.compile("[0-9]{12,19}")


def is_identity_number(text: str) -> bool:
    """Say whether a text is a Chinese resident identity number of 18 characters (GB 11643)."""
    match = _IDENTITY.fullmatch(text)
    if match is None or text[-1] != mod_11_2(text[:-1]):
        return False
    try:
        date(*map(int, match.groups()))
    except ValueError:
        return False
    return True


def mod_11_2(digits: str) -> str:
    """Give the check character of a string of digits (ISO/IEC 7064, MOD 11-2)."""
    product = 0
    for digit in digits:
        product = (product + int(digit)) * 2 % 11
    return "0123456789X"[(12 - product) % 11]


def is_card_number(text: str) -> bool:
    """Say whether a text is a card number by its length and check digit (ISO/IEC 7812-1)."""
    return _CARD.fullmatch(text) is not None and luhn(text[:-1]) == text[-1]


def luhn(digits: str) -> str:
    """Give the check digit of a string of digits by the Luhn formula (ISO/IEC 7812-1 annex B)."""
    doubled = (2 * int(digit) for digit in digits[::-2])
    total = sum(number - 9 if number > 9 else number for number in doubled)
    total += sum(int(digit) for digit in digits[-2::-2])
    return str(-total % 10)
