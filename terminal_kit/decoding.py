"""What a code of any scheme in the world says: read from text, safe to show, as JSON values."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from payment_codes.errors import CodeUnreadable
from payment_codes.fields import DataObject
from payment_codes.issues import Severity
from payment_codes.parsing import parse
from payment_codes.schemes.scheme import Side
from terminal_kit.words import sentence_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from payment_codes.code import PaymentCode

#: Characters of a live code that may be shown: its scheme's mark.
SHOWN = 2
#: Digits, bytes and cards' numbers, but no words, and no application's identifier (ISO 7816-5).
_SECRET: Final = re.compile(r"(?!A0000[0-9A-F]*\Z)(?=.*[0-9])[0-9A-Za-z+/= -]{9,}")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A code as it may be shown: without the digits of a live one. ``now`` is when it was read."""

    code: PaymentCode
    now: datetime

    @property
    def strict(self) -> bool:
        """Whether it keeps to the letter of its specification."""
        return self.code.valid(Severity.STRICT)

    @property
    def lenient(self) -> bool:
        """Whether banks and wallets read it as it is."""
        return self.code.valid(Severity.LENIENT)

    @property
    def expired(self) -> bool | None:
        """Whether it is over by now; None where it does not say."""
        return None if self.code.expires is None else self.code.expires <= self.now


def decode(text: str, now: datetime) -> Decoded:
    """Read a code of any scheme. Raises CodeUnreadable for a text that is none.

    Terminals and scanners write line breaks in their own way, so the other ways are tried as well.
    Bytes that are no text, which an argument may hold, become U+FFFD.
    """
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    for written in _line_breaks(text):
        try:
            return Decoded(safe(parse(written)), now)
        except CodeUnreadable as error:
            reason = error
    raise reason


def _line_breaks(text: str) -> Iterator[str]:
    yield text
    if "\r" in text or "\n" in text:
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        yield lines
        yield lines.replace("\n", "\r")


def safe(code: PaymentCode) -> PaymentCode:
    """Give the code without what money can be taken with, where a payer shows it."""
    if code.scheme.side is not Side.PAYER:
        return code
    return replace(
        code,
        objects=tuple(_safe_object(item) for item in code.objects),
        account=_masked(code.account),
        reference=_masked(code.reference),
        details={name: _masked(value) for name, value in code.details.items()},
    )


def _safe_object(item: DataObject) -> DataObject:
    if isinstance(item.value, str):
        return DataObject(item.id, _masked(item.value))
    return DataObject(item.id, tuple(_safe_object(one) for one in item.value))


def _masked(value: Any) -> Any:  # noqa: ANN401 - any detail of a code
    match value:
        case str() if _SECRET.fullmatch(value):
            return value[:SHOWN] + "*" * (len(value) - SHOWN)
        case list():
            return [_masked(one) for one in value]
        case dict():
            return {name: _masked(one) for name, one in value.items()}
        case _:
            return value


def as_json(decoded: Decoded) -> dict[str, Any]:
    """Give what a code says as JSON values; the keys are always the same, some are null."""
    code = decoded.code
    amount = code.amount
    return {
        "scheme": code.scheme.id,
        "name": code.scheme.name,
        "country": code.country,
        "shown_by": code.scheme.side.value,
        "payee": code.payee,
        "account": code.account,
        "amount": amount and {"minor": amount.minor, "currency": amount.currency},
        "currency": code.currency,
        "payer_enters_amount": code.payer_enters_amount,
        "reference": code.reference,
        "message": code.message,
        "expires": code.expires and code.expires.isoformat(),
        "expired": decoded.expired,
        "valid": {"strict": decoded.strict, "lenient": decoded.lenient},
        "issues": issues_json(code),
        "sentences": [sentence_of(issue) for issue in code.issues],
        "confidence": code.confidence,
        "others": list(code.others),
        "details": dict(code.details),
        "fields": code.tree,
    }


def issues_json(code: PaymentCode) -> list[dict[str, str]]:
    """Give what is wrong with a code: stable codes, places, severities and rules."""
    return [
        {
            "code": issue.code,
            "severity": issue.severity.value,
            "where": issue.where,
            "rule": issue.rule,
        }
        for issue in code.issues
    ]
