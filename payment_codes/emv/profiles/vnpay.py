"""Merchants' codes of Vietnam beside VietQR: VNPay, AirPay, and EVN's electricity bills.

None of them is published; what is here is what their codes show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from payment_codes.amount import Amount
from payment_codes.code import Order
from payment_codes.emv.profiles.family import Family
from payment_codes.emv.profiles.national import National, guid_field
from payment_codes.emv.table import Field, Format, table
from payment_codes.issues import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "VNPay QR"

DONG: Final = Rule(
    "currency_wrong", _SECTION, "It is paid in dong: the currency ({field}) must be 704."
)
VIETNAM: Final = Rule(
    "country_wrong", _SECTION, "The country ({field}) must be VN.", Severity.STRICT
)


class VnPay(National):
    """A merchant by the number that VNPay gave it."""

    GUID = "A000000775"
    ACCOUNT = table(
        _SECTION,
        {
            "00": guid_field(GUID),
            "01": Field("Merchant", Format.ALPHANUMERIC_SPECIAL, 1, 99, mandatory=True),
        },
    )
    PARTS: ClassVar[Mapping[str, str]] = {"merchant_id": "01"}
    ACCOUNT_PARTS = ("merchant_id",)
    CURRENCY = "VND"
    CURRENCIES = ("VND",)
    CURRENCY_WRONG = DONG
    COUNTRY_WRONG = VIETNAM

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up merchant."""
        return Order(
            account="0100000001",
            payee="PHO EXAMPLE",
            city="HANOI",
            amount=Amount(85_000, "VND"),
            reference="ORDER1",
            extra={"store": "PHO EXAMPLE 1", "terminal": "PHO01", "category": "5812"},
        )


class AirPay(VnPay):
    """A merchant by the text that AirPay gave it."""

    GUID = "vn.airpay.www"


class Evn(VnPay):
    """A subsidiary of Vietnam Electricity by its tax number, and the customer who owes."""

    GUID = "00"
    #: The customer's number, which is on the bill.
    REFERENCE = "06"

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up subsidiary."""
        return Order(
            account="0100000001-001",
            payee="EVN EXAMPLE",
            city="Ha Noi",
            amount=Amount(350_000, "VND"),
            reference="PD00000000000",
            message="TT tien dien",
            extra={"store": "00", "terminal": "00", "category": "4900"},
        )


WORKS = Family({"vnpay": VnPay(), "vn-airpay": AirPay(), "vn-evn": Evn()})
