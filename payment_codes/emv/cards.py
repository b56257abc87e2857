"""Numbers of cards: the check digit at their end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payment_codes.checks import luhn
from payment_codes.fields import text_of
from payment_codes.issues import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from payment_codes.fields import DataObject
    from payment_codes.issues import Issue

CARD_CHECK: Final = Rule(
    "checksum_wrong",
    "ISO/IEC 7812-1 annex B",
    "The check digit of the card number ({field}) does not fit.",
    Severity.STRICT,
)
_WHOLE: Final = 16


def card_issues(
    objects: tuple[DataObject, ...], tags: Iterable[str], rule: Rule = CARD_CHECK
) -> Iterator[Issue]:
    """Give the fields whose card number has a wrong check digit.

    Numbers of other lengths than 16 digits come without one.
    """
    for tag in tags:
        number = text_of(objects, tag) or ""
        whole = len(number) == _WHOLE and number.isascii() and number.isdigit()
        if whole and not luhn.is_valid(number):
            yield rule.broken(tag)
