"""What the fields of a merchant-presented code are called in details and in orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payment_codes.fields import DataObject, inside, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from payment_codes.code import Detail

_NAMES: Final = {
    "52": "mcc", "53": "currency", "54": "amount", "55": "tip", "56": "fee_fixed",
    "57": "fee_percent", "58": "country", "59": "merchant_name", "60": "merchant_city",
    "61": "postal_code", "63": "crc",
}  # fmt: skip
_LABELS: Final = {
    "01": "bill_number", "02": "mobile", "03": "store", "04": "loyalty",
    "06": "customer", "07": "terminal", "09": "consumer_data", "10": "tax_id",
    "11": "channel",
}  # fmt: skip
_ALTERNATIVES: Final = {"00": "language", "01": "name_alternate", "02": "city_alternate"}
_INITIATION: Final = {"11": "static", "12": "dynamic"}

ROOT_EXTRAS: Final = {
    "category": "52", "tip": "55", "fee_fixed": "56", "fee_percent": "57", "country": "58",
    "postal_code": "61",
}  # fmt: skip
"""The root's fields by the names that `Order.extra` has for them."""

EXTRAS: Final[Mapping[str, str]] = {
    "initiation": "11 for a static code, 12 for a dynamic one",
    "currency": "alphabetic code of ISO 4217, where no amount says it",
    "category": "category of the merchant, four digits of ISO 18245",
    "country": "two letters of ISO 3166-1",
    "postal_code": "postal code",
    "tip": "01 ask the payer, 02 fixed fee, 03 percentage",
    "fee_fixed": "fixed fee, a decimal",
    "fee_percent": "fee in per cent, a decimal",
    "bill_number": "number of the bill",
    "mobile": "mobile number",
    "store": "the store",
    "loyalty": "number of the loyalty card",
    "customer": "the customer",
    "terminal": "the terminal",
    "consumer_data": "A, M and E: ask for address, mobile number, e-mail",
    "tax_id": "the merchant's tax number",
    "channel": "channel of the merchant, three characters",
    "language": "two letters of ISO 639 for the two below",
    "name_alternate": "the merchant's name in that language",
    "city_alternate": "the merchant's city in that language",
}
"""The values of `Order.extra` that every new code can hold, and what they are."""


def details_of(objects: tuple[DataObject, ...]) -> dict[str, Detail]:
    """Return the single fields of a code, of its templates 62 and 64 too, by their names."""
    found: dict[str, Detail] = _named(objects, _NAMES)
    initiation = text_of(objects, "01")
    if initiation:
        found["poi"] = _INITIATION.get(initiation, initiation)
    return (
        found
        | _named(inside(objects, "62"), _LABELS)
        | _named(inside(objects, "64"), _ALTERNATIVES)
    )


def labels_of(extra: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of template 62 that `Order.extra` asks for, by their IDs."""
    return _asked(extra, _LABELS)


def alternatives_of(extra: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of template 64 that `Order.extra` asks for, by their IDs."""
    return _asked(extra, _ALTERNATIVES)


def filled(texts: Mapping[str, str]) -> tuple[DataObject, ...]:
    """Return the texts that are not empty as data objects."""
    return tuple(DataObject(tag, text) for tag, text in texts.items() if text)


def _named(objects: tuple[DataObject, ...], names: Mapping[str, str]) -> dict[str, Detail]:
    return {
        names[item.id]: item.value
        for item in reversed(objects)
        if item.id in names and isinstance(item.value, str)
    }


def _asked(extra: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    return {tag: extra[name] for tag, name in names.items() if extra.get(name)}
