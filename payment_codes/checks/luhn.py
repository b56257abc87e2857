"""Luhn's formula: the check digit of card numbers (ISO/IEC 7812-1, annex B)."""

from __future__ import annotations


def check_digit(digits: str) -> str:
    """Return the check digit of ASCII digits."""
    doubled = (2 * int(digit) for digit in digits[::-2])
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return str(-(total + sum(map(int, digits[-2::-2]))) % 10)


def is_valid(digits: str) -> bool:
    """Say whether the last of some ASCII digits is the check digit of those before it."""
    return len(digits) > 1 and check_digit(digits[:-1]) == digits[-1]
