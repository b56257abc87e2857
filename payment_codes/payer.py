"""Payer codes: the digits a shopper shows and a till scans, ours and those of other wallets.

A till matches the whole of what it scanned, before anything else. A foreign live code is as good as
money, so it is named and never repeated in an error.
"""

import re
import string
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from payment_codes.errors import CodeForeign, CodeUnreadable


class PresentedKind(Enum):
    """What a till was shown; the value is its readable name."""

    PAYER = "a payer code"
    WECHAT = "WeChat Pay"
    ALIPAY = "Alipay"
    UNIONPAY = "UnionPay"
    ARTICLE = "an article number"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Presented:
    """What was shown: its kind, and its bare digits (for UNKNOWN, the text as it came)."""

    kind: PresentedKind
    text: str = field(repr=False)


_DIGIT_GROUPS: Final = "[0-9]+(?:[ -][0-9]+)*"
PATTERNS: Final = {
    PresentedKind.WECHAT: "1[0-5][0-9]{16}",
    PresentedKind.ALIPAY: "(?:2[5-9]|30)[0-9]{14,22}",
    PresentedKind.UNIONPAY: "62[0-9]{17}",
    PresentedKind.PAYER: "78[0-9]{16}",
    PresentedKind.ARTICLE: "[0-9]{8}|[0-9]{12,14}",
}
"""What the whole of the digits matches."""

LIVE_KINDS: Final = frozenset(PresentedKind) - {PresentedKind.ARTICLE, PresentedKind.UNKNOWN}
"""Kinds of digits that money can be taken with."""


def classify(text: str) -> Presented:
    """Say what a scanned or typed text is, by its digits alone.

    White space around it and single spaces or dashes between groups of digits do not count.
    """
    digits = bare_digits(text)
    for kind, pattern in PATTERNS.items():
        if re.fullmatch(pattern, digits):
            return Presented(kind, digits)
    return Presented(PresentedKind.UNKNOWN, text)


def bare_digits(text: str) -> str:
    """Return the digits of a text that is groups of digits and nothing else, or an empty text."""
    bare = text.strip(string.whitespace)
    if not re.fullmatch(_DIGIT_GROUPS, bare):
        return ""
    return bare.replace(" ", "").replace("-", "")


def payer_digits(text: str) -> str:
    """Return the 18 digits of one of our payer codes.

    Raises CodeForeign, which names the other wallet, or CodeUnreadable for anything else.
    """
    presented = classify(text)
    if presented.kind is PresentedKind.PAYER:
        return presented.text
    if presented.kind in LIVE_KINDS:
        raise CodeForeign.of(presented.kind.value)
    if presented.kind is PresentedKind.ARTICLE:
        raise CodeUnreadable("This is an article number, not a payer code.")
    raise CodeUnreadable("This is not a payer code; one has 18 digits and begins with 78.")


def grouped(digits: str) -> str:
    """Return digits in groups of four for reading aloud: "7812 3456 7890 1234 56"."""
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
