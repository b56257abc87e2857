"""The small code on a Thai transfer slip: whose transfer it was, for the bank to look up (BOT).

EMVCo's data objects, but with the check sum in tag 91.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from payment_codes.code import Order, PaymentCode
from payment_codes.emv import frame, names, rules, tlv
from payment_codes.emv.crc import crc16
from payment_codes.emv.rows import rows_of
from payment_codes.emv.table import Field, Format, Values, table
from payment_codes.fields import DataObject, inside, text_of
from payment_codes.issues import Issue, Rule
from payment_codes.schemes.orders import refuse_broken, take_only
from payment_codes.schemes.works import FieldRow, SchemeWorks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "Mini QR, BOT"
_CRC: Final = "91"
_INTERFACE: Final = "000001"
_TEXT: Final = Format.ALPHANUMERIC_SPECIAL
_LOOSE: Final = frozenset({"empty", "length", "characters", "value"})

BANK: Final = Rule("value", _SECTION, "The sending bank ({field}) is not a number of 3 digits.")
TWICE: Final = Rule("order", _SECTION, "The check sum ({field}) must come last, once.")

_SLIP: Final = table(
    _SECTION,
    {
        "00": Field(
            "Interface",
            _TEXT,
            6,
            6,
            mandatory=True,
            values=(Values(_INTERFACE, f'"{_INTERFACE}"'),),
            strict_only=_LOOSE,
        ),
        "01": Field("Sending bank", _TEXT, 1, 3, mandatory=True),
        "02": Field("Reference of the transfer", _TEXT, 1, 99, mandatory=True),
    },
)
_ROOT: Final = table(
    _SECTION,
    {
        "00": Field("Transfer", Format.TEMPLATE, 1, 99, mandatory=True, content=_SLIP),
        "51": Field(
            "Country",
            _TEXT,
            2,
            2,
            mandatory=True,
            values=(Values("TH", '"TH"', "country_wrong"),),
            strict_only=_LOOSE | {"missing", "country_wrong"},
        ),
        _CRC: Field("CRC", _TEXT, 4, 4),
    },
)


class ThaiSlip(SchemeWorks):
    """Reads and writes the codes of slips; nobody can pay by one."""

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read which transfer a slip is about."""
        outside, issues = frame.read_outside(text, _CRC)
        objects = frame.divided(outside, _ROOT)
        issues += _issues(objects)
        slip = inside(objects, "00")
        said = {"sending_bank": text_of(slip, "01"), "trans_ref": text_of(slip, "02")}
        details = {name: told for name, told in said.items() if told}
        if text_of(objects, _CRC) is not None:
            details["crc_tag"] = _CRC
        return PaymentCode(
            scheme=scheme,
            objects=objects,
            country="TH",
            reference=details.get("trans_ref"),
            details=details,
            issues=frame.in_reading_order(issues, objects),
        )

    def write(self, objects: tuple[DataObject, ...], scheme: Scheme) -> str:
        """Write a slip's code; a right check sum keeps its small letters."""
        payload = tlv.write(tuple(one for one in objects if one.id != _CRC)) + f"{_CRC}04"
        computed, stated = crc16(payload), text_of(objects, _CRC) or ""
        return payload + (stated if stated.upper() == computed else computed)

    def compose(self, order: Order, scheme: Scheme) -> tuple[DataObject, ...]:
        """Return the data objects of a made-up slip, for testers: real ones come from a bank."""
        take_only(order, scheme, ("reference",), ("sending_bank",))
        slip = {
            "00": _INTERFACE,
            "01": order.extra.get("sending_bank", ""),
            "02": order.reference,
        }
        objects = (DataObject("00", names.filled(slip)), DataObject("51", "TH"))
        refuse_broken(_issues(objects))
        return objects

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the fields of a slip's code."""
        return tuple(rows_of(_ROOT))

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules of a slip's code."""
        return (*frame.RULES, rules.TWICE, BANK, TWICE)

    def example(self, scheme: Scheme) -> Order | None:
        """Return a made-up transfer."""
        return Order(reference="0002000000000000000", extra={"sending_bank": "002"})


def _issues(objects: tuple[DataObject, ...]) -> Iterator[Issue]:
    yield from rules.issues_inside(objects, _ROOT, "")
    bank = text_of(inside(objects, "00"), "01")
    if bank and not re.fullmatch("[0-9]{3}", bank):
        yield BANK.broken("00.01")
    if any(one.id == _CRC for one in objects[:-1]):
        yield TWICE.broken(_CRC)


WORKS = ThaiSlip()
