"""The data objects of consumer-presented codes (EMV QRCPS CPM v1.1 Table 3.1; EMV Book 3 annex A).

Lengths are in bytes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from payment_codes.issues import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.fields import DataObject
    from payment_codes.issues import Issue

SECTION: Final = "EMV QRCPS CPM v1.1"
_OBJECTS: Final = f"{SECTION} Table 3.1"

LENGTH: Final = Rule(
    "length",
    _OBJECTS,
    "{name} ({field}) has {count} bytes, not {shortest} to {longest}.",
    Severity.STRICT,
)
TEXT: Final = Rule(
    "characters", _OBJECTS, "{name} ({field}) is no printable ASCII text.", Severity.STRICT
)
CARD: Final = Rule(
    "characters", _OBJECTS, "{name} ({field}) is not 8 to 19 digits, filled up with F."
)
TRACK: Final = Rule(
    "value",
    _OBJECTS,
    "{name} ({field}) is not a card number, D, an expiry, a service code and more digits.",
)
TWICE: Final = Rule("duplicate", SECTION + " §3.2", "{name} ({field}) is there twice.")
PLAIN: Final = Rule("structure", _OBJECTS, "{name} ({field}) does not divide into data objects.")
RULES: Final = (LENGTH, TEXT, CARD, TRACK, TWICE, PLAIN)

TRACK_2: Final = re.compile(r"([0-9]{8,19})D([0-9]{4})([0-9]{3})([0-9]*)F?")
PAN: Final = re.compile(r"([0-9]{8,19})F{0,12}")


class Row(NamedTuple):
    """A data object: its name, its least and most bytes, and what it holds."""

    name: str
    shortest: int
    longest: int
    form: str


_TEMPLATE, _TEXT, _BINARY = "data objects", "printable ASCII characters", "binary"
_CARD: Final = "digits of four bits, filled up with F"
_TRACK: Final = "card number, D, expiry YYMM, service code, more digits, filled up with F"
_MOST: Final = 252

ROWS: Final = {
    "85": Row("Payload Format Indicator", 5, 5, '"CPV01"'),
    "61": Row("Application Template", 0, _MOST, _TEMPLATE),
    "62": Row("Common Data Template", 0, _MOST, _TEMPLATE),
    "63": Row("Application Specific Transparent Template", 0, _MOST, _TEMPLATE),
    "64": Row("Common Data Transparent Template", 0, _MOST, _TEMPLATE),
    "4F": Row("ADF name (AID)", 5, 16, _BINARY),
    "50": Row("Application label", 1, 16, _TEXT),
    "57": Row("Track 2 equivalent data", 1, 19, _TRACK),
    "5A": Row("Card number (PAN)", 1, 10, _CARD),
    "5F20": Row("Cardholder name", 2, 26, _TEXT),
    "5F2D": Row("Languages", 2, 8, _TEXT),
    "5F50": Row("Issuer's web address", 1, _MOST, _TEXT),
    "82": Row("Application Interchange Profile", 2, 2, _BINARY),
    "9F08": Row("Application version", 2, 2, _BINARY),
    "9F10": Row("Issuer application data", 1, 32, _BINARY),
    "9F19": Row("Token requestor's number", 6, 6, _BINARY),
    "9F24": Row("Payment account reference", 29, 29, _TEXT),
    "9F25": Row("Last four digits of the card number", 2, 2, _BINARY),
    "9F26": Row("Application cryptogram", 8, 8, _BINARY),
    "9F27": Row("Cryptogram information", 1, 1, _BINARY),
    "9F36": Row("Transaction counter (ATC)", 2, 2, _BINARY),
    "9F37": Row("Unpredictable number", 4, 4, _BINARY),
}
"""The data objects by their tags."""

_REPEATS: Final = frozenset({"61"})
_PRINTABLE: Final = range(0x20, 0x7F)


def name_of(tag: str) -> str:
    """Return the name of a data object, or that nobody knows it."""
    return ROWS[tag].name if tag in ROWS else "Unknown data object"


def text_from(value: str) -> str | None:
    """Return a value of hexadecimal digits as printable ASCII text; None where it is none."""
    data = bytes.fromhex(value)
    return data.decode("ascii") if all(byte in _PRINTABLE for byte in data) else None


def issues_of(objects: tuple[DataObject, ...]) -> Iterator[Issue]:
    """Give what is wrong with data objects in themselves, those of templates too.

    A place that has been found wrong once is not looked at again.
    """
    yield from _issues(objects, "", set())


def _issues(objects: tuple[DataObject, ...], path: str, wrong: set[str]) -> Iterator[Issue]:
    seen: set[str] = set()
    for item in objects:
        where = path + item.id
        if where in wrong:
            continue
        found: list[Issue] = []
        if item.id in seen and item.id not in _REPEATS:
            found.append(TWICE.broken(where, name=name_of(item.id)))
        seen.add(item.id)
        if not isinstance(item.value, str):
            yield from _issues(item.value, f"{where}.", wrong)
        elif item.id in ROWS:
            found += _faults(item.value, ROWS[item.id], where)
        if found:
            wrong.add(where)
            yield from found


def _faults(value: str, row: Row, where: str) -> Iterator[Issue]:
    count = len(value) // 2
    if not row.shortest <= count <= row.longest:
        yield LENGTH.broken(
            where, name=row.name, count=count, shortest=row.shortest, longest=row.longest
        )
    if row.form == _TEMPLATE and value:
        yield PLAIN.broken(where, name=row.name)
    elif row.form == _TEXT and text_from(value) is None:
        yield TEXT.broken(where, name=row.name)
    elif row.form == _CARD and not PAN.fullmatch(value):
        yield CARD.broken(where, name=row.name)
    elif row.form == _TRACK and not TRACK_2.fullmatch(value):
        yield TRACK.broken(where, name=row.name)
