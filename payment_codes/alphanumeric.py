"""QR's alphanumeric set, and how to write a name in it (ISO/IEC 18004 §7.3.4).

The set has 45 characters: digits, capital letters, space and $ % * + - . / :
"""

import re
import unicodedata
from typing import Final

CHARACTER: Final = r"[0-9A-Z $%*+\-./:]"
"""A regular expression for one character of the set."""

_OTHERS: Final = r"[^0-9A-Z $%*+\-./:]+"

# Latin letters that Unicode does not divide into a plain letter and an accent, and apostrophes.
_UNDIVIDED: Final = str.maketrans(
    {"Æ": "AE", "Œ": "OE", "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "TH", "Ħ": "H"}
    | dict.fromkeys("'’ʼ", "")
)


def fits(text: str) -> bool:
    """Say whether a text is not empty and all of it belongs to the set."""
    return re.fullmatch(CHARACTER + "+", text) is not None


def latin_capitals(text: str, otherwise: str) -> str:
    """Write a name in the set.

    Accents are dropped, what has no Latin form becomes a space. Where no letter or digit is left,
    as of a Chinese name, the result is `otherwise`.
    """
    capitals = unicodedata.normalize("NFKD", text).upper().translate(_UNDIVIDED)
    plain = "".join(letter for letter in capitals if not unicodedata.combining(letter))
    name = " ".join(re.sub(_OTHERS, " ", plain).split())
    if not re.search("[0-9A-Z]", name):
        return otherwise
    return name
