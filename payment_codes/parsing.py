"""Read any payment code in the world."""

from __future__ import annotations

import string
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from payment_codes.errors import CodeUnreadable
from payment_codes.schemes.table import fits

if TYPE_CHECKING:
    from payment_codes.code import PaymentCode

LONGEST_TEXT: Final = 4096
"""Characters of the longest text that is looked at: more than any QR code holds."""


def parse(text: str) -> PaymentCode:
    """Say what a payment code says, and everything that is wrong with it.

    ASCII white space around it does not count. Of the schemes that fit, the surest is read.
    Raises CodeUnreadable for a text that is no payment code, or longer than `LONGEST_TEXT`.
    """
    bare = text.strip(string.whitespace)
    if len(bare) > LONGEST_TEXT:
        raise CodeUnreadable("A code has at most {most} characters.", most=LONGEST_TEXT)
    found = fits(bare)
    if not found:
        raise CodeUnreadable("This is no payment code that we know.")
    best, *others = found
    code = best.works.read(bare, best)
    also = dict.fromkeys(other.id for other in others if other.id != code.scheme.id)
    return replace(code, others=(*code.others, *also))
