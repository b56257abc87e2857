"""DuitNow QR, Malaysia (PayNet, DuitNow QR Merchant-Presented Mode v1.5).

PayNet's own version is "02", EMVCo's "01" is met too. Tag 82 is no template but a hash.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from payment_codes.amount import Amount
from payment_codes.code import Order
from payment_codes.emv.profiles.national import National, guid_field
from payment_codes.emv.table import ADDITIONAL_DATA, ROOT, Field, Format, Values, table
from payment_codes.fields import DataObject, inside, text_of
from payment_codes.issues import Issue, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from payment_codes.emv.profiles.profile import Objects
    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "DuitNow QR v1.5, QR Data Object"
_STRICT: Final = Severity.STRICT
_VERSION: Final = "02"
_JOMPAY: Final = "898989"
_LOOSE: Final = frozenset({"empty", "length", "characters", "value"})
_TEXT: Final = Format.ALPHANUMERIC_SPECIAL

VERSION: Final = Rule(
    "version", _SECTION, 'The version ({field}) of DuitNow codes is "02".', _STRICT
)
ACQUIRER: Final = Rule(
    "value", _SECTION, "The acquirer ({field}) is not a number of six digits.", _STRICT
)
NO_RECIPIENT_REFERENCE: Final = Rule(
    "dependency", _SECTION, "A JomPAY bill needs the recipient's reference ({field}).", _STRICT
)
HASH: Final = Rule(
    "value", _SECTION, "The hash ({field}) is not written in hexadecimal digits.", _STRICT
)
RINGGIT: Final = Rule(
    "currency_wrong", _SECTION, "DuitNow is paid in ringgit: the currency ({field}) must be 458."
)
MALAYSIA: Final = Rule("country_wrong", _SECTION, "The country ({field}) must be MY.", _STRICT)

_LABELS: Final = ADDITIONAL_DATA.with_fields(
    _SECTION,
    {
        "90": Field("Recipient's reference", _TEXT, 1, 20, strict_only=_LOOSE),
        "91": Field("Second reference", _TEXT, 1, 30, strict_only=_LOOSE),
        "92": Field("Latitude and longitude", _TEXT, 1, 35, strict_only=_LOOSE),
    },
)


class DuitNow(National):
    """A merchant by the number its acquirer gave it."""

    GUID = "A0000006150001"
    RULES = (VERSION, ACQUIRER, NO_RECIPIENT_REFERENCE, HASH)
    TABLE = ROOT.with_fields(
        _SECTION,
        {
            "00": Field(
                "Payload Format Indicator",
                Format.NUMERIC,
                2,
                2,
                mandatory=True,
                values=(Values("0[12]", '"02"', "version"),),
            ),
            "62": Field("Additional Data Field Template", Format.TEMPLATE, 1, 99, content=_LABELS),
            "82": Field("Hash of the code", _TEXT, 1, 99, strict_only=_LOOSE),
        },
    )
    ACCOUNT = table(
        _SECTION,
        {
            "00": guid_field(GUID),
            "01": Field("Acquirer", _TEXT, 1, 6, mandatory=True, strict_only=_LOOSE),
            "02": Field("Merchant", _TEXT, 1, 28, mandatory=True, strict_only=_LOOSE),
            "03": Field("Description of the merchant", _TEXT, 1, 20, strict_only=_LOOSE),
            "04": Field("Mobile number", _TEXT, 1, 15, strict_only=_LOOSE),
        },
    )
    PARTS: ClassVar[Mapping[str, str]] = {
        "acquirer": "01", "merchant_id": "02", "merchant_descriptor": "03", "merchant_mobile": "04",
    }  # fmt: skip
    ACCOUNT_PARTS = ("merchant_id",)
    EXTRA: ClassVar[Mapping[str, str]] = {
        "acquirer": "the acquirer's number, six digits",
        "merchant_descriptor": "what the acquirer calls the merchant",
        "merchant_mobile": "the merchant's mobile number",
        "recipient_reference": "a JomPAY bill's reference",
    }
    CURRENCY = "MYR"
    CURRENCIES = ("MYR",)
    CURRENCY_WRONG = RINGGIT
    COUNTRY_WRONG = MALAYSIA
    CITY = "MY"

    def check(self, objects: Objects, scheme: Scheme) -> Iterator[Issue]:
        """Give what breaks the rules of DuitNow."""
        yield from super().check(objects, scheme)
        if text_of(objects, "00") == "01":
            yield VERSION.broken("00")
        tag, content = self.account(objects, scheme)
        acquirer = text_of(content, "01")
        if acquirer and not re.fullmatch("[0-9]{6}", acquirer):
            yield ACQUIRER.broken(f"{tag}.01")
        if acquirer == _JOMPAY and not text_of(inside(objects, "62"), "90"):
            yield NO_RECIPIENT_REFERENCE.broken("62.90")
        if not re.fullmatch("[0-9A-Fa-f]*", text_of(objects, "82") or ""):
            yield HASH.broken("82")

    def compose(self, order: Order, scheme: Scheme) -> Objects:
        """Return the data objects of a new code, of PayNet's version."""
        return (DataObject("00", _VERSION), *super().compose(order, scheme)[1:])

    def additional(self, order: Order, scheme: Scheme) -> Objects:
        """Return template 62, with a JomPAY bill's reference."""
        reference = order.extra.get("recipient_reference", "")
        owned = (DataObject("90", reference),) if reference else ()
        return (*super().additional(order, scheme), *owned)

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up merchant."""
        return Order(
            account="MD00000001",
            payee="RESTORAN EXAMPLE",
            city="KUALA LUMPUR",
            amount=Amount(10_00, "MYR"),
            reference="17605882526600038075",
            message="Lunch",
            extra={"acquirer": "603346", "category": "5812", "store": "1"},
        )


WORKS = DuitNow()
