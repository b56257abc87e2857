"""Data objects of an EMVCo code as text (EMV QRCPS MPM v1.1 §3).

Each is an ID of two digits, a length of two digits, and the value. A length counts characters,
not bytes.
"""

from typing import Final

from payment_codes.errors import CodeDamaged, CodeInvalid
from payment_codes.fields import DataObject

LONGEST_VALUE: Final = 99
"""Characters of the longest value: its length is written in two digits."""

HEADER: Final = 4


def split(text: str) -> tuple[tuple[DataObject, ...], CodeDamaged | None]:
    """Split `text` into primitive data objects, in order, as far as that goes.

    What stopped it is given beside them: where an ID or a length is no pair of ASCII digits, or a
    value ends too early, with the `position` in characters from 0. An empty value is read, to be
    refused by name later.
    """
    objects: list[DataObject] = []
    position, end, plain = 0, len(text), text.isascii()
    while position < end:
        header = text[position : position + HEADER]
        if len(header) < HEADER or not (header.isdigit() and (plain or header.isascii())):
            return tuple(objects), CodeDamaged(
                "No data object begins at character {character}.",
                position=position,
                character=position + 1,
            )
        start, length = position + HEADER, int(header[2:])
        if length > end - start:
            return tuple(objects), CodeDamaged(
                "Field {field} says it has {length} characters, {left} follow.",
                position=position,
                field=header[:2],
                length=length,
                left=end - start,
            )
        objects.append(DataObject(header[:2], text[start : start + length]))
        position = start + length
    return tuple(objects), None


def parse(text: str) -> tuple[DataObject, ...]:
    """Split `text` into primitive data objects, in order; raises the CodeDamaged of `split`."""
    objects, fault = split(text)
    if fault:
        raise fault
    return objects


def write(objects: tuple[DataObject, ...]) -> str:
    """Write data objects one after the other; `parse` reads them back.

    Raises CodeInvalid for a value longer than 99 characters, and for an ID that is not two digits.
    """
    return "".join(map(_written, objects))


def _written(item: DataObject) -> str:
    text = item.value if isinstance(item.value, str) else write(item.value)
    if len(text) > LONGEST_VALUE:
        raise CodeInvalid(
            "A value has at most {most} characters, field {field} has {count}.",
            most=LONGEST_VALUE,
            count=len(text),
            field=item.id,
            section="§3.2",
        )
    if len(item.id) != 2 or not (item.id.isascii() and item.id.isdigit()):
        raise CodeInvalid("A field's ID is two digits.", field=item.id, section="§3.2")
    return f"{item.id}{len(text):02}{text}"
