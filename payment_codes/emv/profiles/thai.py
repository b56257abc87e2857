"""What the codes of PromptPay have in common: baht, mobile numbers, and a message in tag 81.

Tag 81 is no template, but UTF-16 in hexadecimal; TrueMoney reads it, others pass over it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final

from payment_codes.emv.profiles.national import Transfer, identified, transfer_table
from payment_codes.emv.table import Field, Format
from payment_codes.fields import DataObject, text_of
from payment_codes.issues import Issue, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.code import Order
    from payment_codes.emv.profiles.profile import Objects
    from payment_codes.schemes.scheme import Scheme

SECTION: Final = "Thai QR Payment Standard §4"
LOOSE: Final = frozenset({"empty", "length", "characters", "value"})
"""Issues with a field that only break the letter."""

_HEXADECIMAL: Final = re.compile(r"(?:[0-9A-Fa-f]{4})+")
_MOBILE: Final = re.compile(r"0066([0-9]{9})")

MESSAGE: Final = Rule(
    "encoding", SECTION, "The message ({field}) is not UTF-16 in hexadecimal.", Severity.STRICT
)
BAHT: Final = Rule(
    "currency_wrong", SECTION, "PromptPay is paid in baht: the currency ({field}) must be 764."
)
THAILAND: Final = Rule(
    "country_wrong", SECTION, "The country ({field}) must be TH.", Severity.STRICT
)
_HEXADECIMAL_MESSAGE: Final = Field(
    "Message, UTF-16 in hexadecimal", Format.ALPHANUMERIC_SPECIAL, 4, 99, strict_only=LOOSE
)


class Thai(Transfer):
    """What transfers and bills have in common: the template of an application, and a message."""

    APPLICATIONS: ClassVar[tuple[str, ...]]

    TABLE = transfer_table(SECTION).with_fields(SECTION, {"81": _HEXADECIMAL_MESSAGE})
    MESSAGE = None
    CURRENCY = "THB"
    CURRENCIES = ("THB",)
    CURRENCY_WRONG = BAHT
    COUNTRY_WRONG = THAILAND

    def account(self, objects: Objects, scheme: Scheme) -> tuple[str, Objects]:
        """Return the tag and the content of the template of one of the applications."""
        return identified(objects, *self.APPLICATIONS)

    def check(self, objects: Objects, scheme: Scheme) -> Iterator[Issue]:
        """Give what is wrong with the money, the country and the message."""
        yield from super().check(objects, scheme)
        message = text_of(objects, "81")
        if message and read_message(message) is None:
            yield MESSAGE.broken("81")

    def meaning(self, objects: Objects, scheme: Scheme) -> dict[str, Any]:
        """Return the message too."""
        known = super().meaning(objects, scheme)
        message = read_message(text_of(objects, "81") or "")
        if message:
            known["message"] = known["details"]["message"] = message
        return known

    def unreserved(self, order: Order, scheme: Scheme) -> Objects:
        """Return the message in tag 81."""
        message = write_message(order.message)
        return (DataObject("81", message),) if message else ()


def home_number(international: str) -> str | None:
    """Return "0812345678" for "0066812345678"; None for what is no Thai mobile number."""
    match = _MOBILE.fullmatch(international)
    return f"0{match[1]}" if match else None


def international_number(number: str) -> str:
    """Return "0066812345678" for "0812345678", "+66812345678" or "66812345678"."""
    digits = number.removeprefix("+").removeprefix("0")
    return f"0066{digits.removeprefix('66') if len(digits) > len('812345678') else digits}"


def read_message(text: str) -> str | None:
    """Return the message of UTF-16 (big end first) in hexadecimal; None for what is not that."""
    if not _HEXADECIMAL.fullmatch(text):
        return None
    try:
        return bytes.fromhex(text).decode("utf-16-be")
    except UnicodeDecodeError:
        return None


def write_message(message: str) -> str:
    """Return a message as UTF-16 (big end first) in hexadecimal; a lone surrogate stays one."""
    return message.encode("utf-16-be", "surrogatepass").hex().upper()
