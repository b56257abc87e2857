"""Modulo 10, recursive: the check digit of Swiss references (Swiss QR-bill v2.3, annex B)."""

from __future__ import annotations

from typing import Final

_TABLE: Final = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)


def check_digit(digits: str) -> str:
    """Return the check digit of ASCII digits."""
    carry = 0
    for digit in digits:
        carry = _TABLE[(carry + int(digit)) % 10]
    return str((10 - carry) % 10)


def is_valid(digits: str) -> bool:
    """Say whether the last of some ASCII digits is the check digit of those before it."""
    return len(digits) > 1 and check_digit(digits[:-1]) == digits[-1]
