"""The control key of a Russian account (Bank of Russia, order of calculation 515 of 1997-09-08)."""

from __future__ import annotations

import re
from typing import Final

_ACCOUNT: Final = re.compile(r"[0-9]{5}[0-9ABCEHKMPTX][0-9]{14}")
_LETTERS: Final = {letter: digit for digit, letter in enumerate("ABCEHKMPTX")}
_WEIGHTS: Final = (7, 1, 3) * 8


def is_account(text: str) -> bool:
    """Say whether a text is written as an account: 20 digits, the sixth a letter at times."""
    return _ACCOUNT.fullmatch(text) is not None


def fits_bank(account: str, bic: str) -> bool:
    """Say whether the key of a customer's account fits the bank's BIC (nine digits).

    A bank's number is the end of its BIC; an office of the Bank of Russia, whose BIC ends in 000 to
    002, has that of its region.
    """
    number = f"0{bic[4:6]}" if bic[6:] in ("000", "001", "002") else bic[6:]
    digits = (_LETTERS[item] if item in _LETTERS else int(item) for item in number + account)
    return sum(digit * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 10 == 0
