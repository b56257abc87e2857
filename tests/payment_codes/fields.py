"""Write EMVCo codes field by field, right or wrong."""

from typing import Any

from payment_codes.emv import tlv
from payment_codes.emv.crc import crc16
from payment_codes.fields import DataObject

Fields = dict[str, Any]
"""Values by ID: the text of a primitive, the fields of a template."""


def objects(fields: Fields) -> tuple[DataObject, ...]:
    """Return fields as data objects, in their order."""
    return tuple(
        DataObject(tag, objects(value) if isinstance(value, dict) else value)
        for tag, value in fields.items()
    )


def with_crc(text: str) -> str:
    """Return a code that ends in "6304", and its CRC."""
    return text + crc16(text)


def code(fields: Fields) -> str:
    """Return fields as a code whose CRC holds."""
    return with_crc(tlv.write(objects(fields)) + "6304")
