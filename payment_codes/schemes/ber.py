"""BER-TLV: data objects of bytes, some of which hold others (ISO/IEC 8825-1; EMV Book 3 annex B).

In a `DataObject` a tag is its hexadecimal digits, and so is the value of a primitive.
"""

from __future__ import annotations

import enum
import string
from typing import Final, NamedTuple

from payment_codes.errors import CodeInvalid
from payment_codes.fields import DataObject

DEEPEST: Final = 8
"""How far templates are taken apart; what is inside of deeper ones stays one value."""

_CONSTRUCTED: Final = 0x20
_MORE: Final = 0x80
_LONG_TAG: Final = 0x1F
_LONGEST_TAG: Final = 3
_SHORT_LENGTH: Final = 0x7F
_LENGTH_BYTES: Final = 2
_HEXADECIMAL: Final = frozenset(string.hexdigits)


class Fault(enum.Enum):
    """What can be wrong with the bytes themselves."""

    TAG = enum.auto()
    """No tag begins here."""
    LENGTH = enum.auto()
    """The length is written in a form that EMV does not use: indefinite, or of many bytes."""
    LONG_FORM = enum.auto()
    """The length takes more bytes than it needs; the object can be read."""
    CUT = enum.auto()
    """Less follows than the length says."""


class Found(NamedTuple):
    """A fault, and the path of the object it is in ("61.57", "" for the whole)."""

    fault: Fault
    where: str


def read(data: bytes, path: str = "") -> tuple[tuple[DataObject, ...], list[Found]]:
    """Read data objects as far as they go, and give what is wrong with them."""
    objects: list[DataObject] = []
    faults: list[Found] = []
    position = 0
    while position < len(data):
        start = position + _tag_length(data, position)
        tag = data[position:start].hex().upper()
        if not tag:
            return tuple(objects), [*faults, Found(Fault.TAG, path.rstrip("."))]
        where = path + tag
        length, begin, fault = _length(data, start)
        if fault:
            faults.append(Found(fault, where))
        if fault is Fault.LENGTH or fault is Fault.CUT:
            break
        position = begin + length
        if position > len(data):
            faults.append(Found(Fault.CUT, where))
            break
        value = data[begin:position]
        if value and int(tag[:2], 16) & _CONSTRUCTED and path.count(".") < DEEPEST:
            content, inner = read(value, f"{where}.")
            faults += inner
            objects.append(DataObject(tag, content or value.hex().upper()))
        else:
            objects.append(DataObject(tag, value.hex().upper()))
    return tuple(objects), faults


def write(objects: tuple[DataObject, ...]) -> bytes:
    """Write data objects with the shortest lengths.

    Raises CodeInvalid for a tag or a value that is not hexadecimal, or too long.
    """
    return b"".join(map(_written, objects))


def _tag_length(data: bytes, position: int) -> int:
    """Return how many bytes the tag has; 0 where none begins."""
    first = data[position]
    if first == 0:
        return 0
    if first & _LONG_TAG != _LONG_TAG:
        return 1
    for count in range(2, _LONGEST_TAG + 1):
        following = data[position + count - 1 : position + count]
        if not following:
            return 0
        if not following[0] & _MORE:
            return count
    return 0


def _length(data: bytes, position: int) -> tuple[int, int, Fault | None]:
    """Return the length of a value, where the value begins, and what is wrong with the length."""
    if position >= len(data):
        return 0, position, Fault.CUT
    first = data[position]
    if first <= _SHORT_LENGTH:
        return first, position + 1, None
    count = first & _SHORT_LENGTH
    if not 1 <= count <= _LENGTH_BYTES:
        return 0, position, Fault.LENGTH
    begin = position + 1 + count
    if begin > len(data):
        return 0, position, Fault.CUT
    length = int.from_bytes(data[position + 1 : begin])
    shortest = 1 + len(_length_bytes(length)) == 1 + count + 1
    return length, begin, None if shortest else Fault.LONG_FORM


def _length_bytes(length: int) -> bytes:
    if length <= _SHORT_LENGTH:
        return bytes((length,))
    count = (length.bit_length() + 7) // 8
    return bytes((_MORE | count,)) + length.to_bytes(count)


def _written(item: DataObject) -> bytes:
    value = _bytes(item.value, item.id) if isinstance(item.value, str) else write(item.value)
    if len(value).bit_length() > 8 * _LENGTH_BYTES:
        raise _not_written(item.id)
    if not item.id:
        raise _not_written(item.id)
    return _bytes(item.id, item.id) + _length_bytes(len(value)) + value


def _bytes(text: str, tag: str) -> bytes:
    if len(text) % 2 or not _HEXADECIMAL.issuperset(text):
        raise _not_written(tag)
    return bytes.fromhex(text)


def _not_written(tag: str) -> CodeInvalid:
    return CodeInvalid(
        "The value ({field}) is not hexadecimal, or too long.", field=tag, section="EMV Book 3 B"
    )
