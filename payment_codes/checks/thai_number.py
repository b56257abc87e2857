"""The check digit of Thai national and tax numbers (Department of Provincial Administration)."""

from __future__ import annotations

import re
from typing import Final

_FORM: Final = re.compile(r"[0-9]{13}")
_WEIGHTS: Final = range(13, 1, -1)


def is_number(text: str) -> bool:
    """Say whether a text is written as a number: 13 digits, whatever the check digit."""
    return _FORM.fullmatch(text) is not None


def holds(number: str) -> bool:
    """Say whether the last of 13 digits is that of the twelve before it, modulo 11."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:-1], strict=True))
    return (11 - total % 11) % 10 == int(number[-1])
