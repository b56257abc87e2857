"""Make a right code wrong in exactly one way, for whoever tests scanners and readers.

A fault is looked for: small changes of the code are read back until the reader says of one what is
meant, and as little else as there can be.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from payment_codes.emv.crc import crc16
from payment_codes.errors import CodeError, CodeInvalid
from payment_codes.fields import DataObject
from payment_codes.issues import Severity
from payment_codes.parsing import parse
from payment_codes.schemes.scheme import Carrier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.issues import Issue
    from payment_codes.schemes.scheme import Scheme

    Objects = tuple[DataObject, ...]

KINDS: Final = {
    "amount": "amount_format",
    "characters": "characters",
    "checksum": "checksum_wrong",
    "country": "country_wrong",
    "crc": "crc_wrong",
    "crc-missing": "crc_missing",
    "currency": "currency_wrong",
    "currency-unknown": "currency_unknown",
    "dependency": "dependency",
    "duplicate": "duplicate",
    "empty": "empty",
    "encoding": "encoding",
    "exclusive": "exclusive",
    "length": "length",
    "missing": "missing",
    "not-allowed": "not_allowed",
    "order": "order",
    "precision": "amount_precision",
    "range": "amount_range",
    "structure": "structure",
    "too-long": "too_long",
    "trailing": "trailing",
    "truncated": "truncated",
    "unknown": "unknown_required",
    "value": "value",
    "version": "version",
}
"""The kinds of faults, and the code of the issue that a reader must find."""

_AMOUNTS: Final = ("1,50", "-1.00", "1.2.3", "x", "1.2345678901", "0", "0.00", "9" * 14)
_OTHERS: Final = (
    "", "0", "9", "99", "02", "0300", "XX", "US", "USD", "EUR", "840", "999", "000", "é", "*",
)  # fmt: skip
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?\Z")
_ADDED: Final = (
    DataObject("req-unknown", "1"),
    DataObject("55", "02"),
    DataObject("56", "1.00"),
    DataObject("25", "pix.example/1"),
)
_FILLING: Final = tuple(DataObject(str(tag), "X" * 99) for tag in range(65, 71))
_FLIPPED: Final = 8
"""Characters at the end of a code that are changed one by one: a check sum stands there."""


class _Fault(NamedTuple):
    """A wrong code: how many issues it has besides, and whether only the letter is broken."""

    others: int
    is_mild: bool
    text: str

    @property
    def rank(self) -> tuple[int, bool]:
        """What comes first is the better one."""
        return self.others, self.is_mild


_BEST: Final = (0, False)


def broken(text: str, scheme: Scheme, kind: str) -> str:
    """Return a right code of a scheme with a fault of one of `KINDS`, alone where that can be.

    Check sums of the whole are right unless they are the fault. Raises CodeInvalid for a fault that
    this code cannot be given; `details["kinds"]` are those that it can.
    """
    best: _Fault | None = None
    for fault in _faults(text, scheme, KINDS.get(kind, "")):
        if best is None or fault.rank < best.rank:
            best = fault
        if best.rank == _BEST:
            break
    if best is None:
        raise CodeInvalid(
            "A code of {scheme} cannot be broken so; it can be: {kinds}.",
            scheme=scheme.name,
            kinds=", ".join(every_fault(text, scheme)) or "-",
            section=scheme.source,
        )
    return best.text


def every_fault(text: str, scheme: Scheme) -> dict[str, str]:
    """Return what `broken` makes of a right code, for each kind of fault that it can be given."""
    best: dict[str, _Fault] = {}
    for wrong, issues in _wrong(text, scheme):
        for code in {issue.code for issue in issues}:
            fault = _fault(wrong, issues, code)
            if code not in best or fault.rank < best[code].rank:
                best[code] = fault
    return {kind: best[code].text for kind, code in KINDS.items() if code in best}


def _faults(text: str, scheme: Scheme, code: str) -> Iterator[_Fault]:
    for wrong, issues in _wrong(text, scheme):
        if any(issue.code == code for issue in issues):
            yield _fault(wrong, issues, code)


def _fault(wrong: str, issues: tuple[Issue, ...], code: str) -> _Fault:
    meant = [issue for issue in issues if issue.code == code]
    is_mild = all(issue.severity is Severity.STRICT for issue in meant)
    return _Fault(len(issues) - len(meant), is_mild, wrong)


def _wrong(text: str, scheme: Scheme) -> Iterator[tuple[str, tuple[Issue, ...]]]:
    """Give changed codes that are still of the scheme, and what is wrong with them."""
    for changed in dict.fromkeys((*_texts(text, scheme), *_written(text, scheme))):
        try:
            code = parse(changed)
        except CodeError:
            continue
        if code.scheme.id == scheme.id and code.issues:
            yield changed, code.issues


def _texts(text: str, scheme: Scheme) -> Iterator[str]:
    """Give changes of the text itself."""
    for count in (1, 2, 4, 8, len(text) // 2):
        yield text[:-count]
    for place in range(len(text) - min(_FLIPPED, len(text)), len(text)):
        for other in "0A":
            yield f"{text[:place]}{other}{text[place + 1 :]}"
    yield from (f"{text}X", f"{text}\nX", f"{text}%FF", f"{text}é", text.rstrip("="))
    yield text.replace("%", "%Z", 1)
    if scheme.carrier is Carrier.EMV_MERCHANT:
        yield f"{text[:-8]}64990000"


def _written(text: str, scheme: Scheme) -> Iterator[str]:
    """Give changes of the fields, written with right check sums."""
    for objects in _changed(parse(text).objects):
        try:
            yield _write(objects, scheme)
        except (ValueError, LookupError):
            # What a scheme's fields say of its own form, such as its line ends, has few values.
            continue


def _changed(objects: Objects) -> Iterator[Objects]:
    for place, item in enumerate(objects):
        before, after = objects[:place], objects[place + 1 :]
        yield (*before, *after)
        yield (*before, item, item, *after)
        if after:
            yield (*before, after[0], item, *after[1:])
        for value in _values(item):
            yield (*before, DataObject(item.id, value), *after)
    for added in _ADDED:
        yield (*objects, added)
    yield (*objects, *_FILLING)


def _values(item: DataObject) -> Iterator[str | Objects]:
    value = item.value
    if not isinstance(value, str):
        yield from _changed(value)
        return
    yield from _OTHERS
    number = _NUMBER.search(value)
    if number:
        yield from (value[: number.start()] + amount for amount in _AMOUNTS)
    last = value[-1:] or "0"
    yield from (value + last * more for more in (1, 30, 75, 200))
    yield from (value[:-1], value[:1])
    # One digit of a check sum, and characters of every sort, the length as it was.
    digit = "1" if last == "0" else "0"
    yield from (value[:-1] + other for other in (digit, "A", "é", "*", "\x07"))
    yield from ("7" + value[1:], value[:2] + "00" + value[4:])


def _write(objects: Objects, scheme: Scheme) -> str:
    """Write data objects, however wrong; raises ValueError for what has no text at all."""
    if scheme.carrier is not Carrier.EMV_MERCHANT:
        return scheme.works.write(objects, scheme)
    payload = _tlv(tuple(item for item in objects if item.id != "63")) + "6304"
    return payload + crc16(payload)


def _tlv(objects: Objects) -> str:
    """Write an EMVCo code's data objects, empty ones too."""
    text = ""
    for item in objects:
        value = item.value if isinstance(item.value, str) else _tlv(item.value)
        if len(value) > 99 or not item.id.isdecimal():
            raise ValueError("a length has two digits")
        text += f"{item.id}{len(value):02}{value}"
    return text
