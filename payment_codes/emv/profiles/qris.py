"""QRIS, Indonesia: the merchant by its NMID, and its acquirers (Bank Indonesia, PADG 21/18)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from payment_codes.amount import Amount
from payment_codes.code import Order
from payment_codes.emv.profiles.national import National, guid_field, template
from payment_codes.emv.table import ROOT, Field, Format, Values, table
from payment_codes.fields import text_of
from payment_codes.issues import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from payment_codes.emv.profiles.profile import Objects
    from payment_codes.issues import Issue
    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "QRIS MPM, PADG 21/18/2019"
_LOOSE: Final = frozenset({"empty", "length", "characters", "value", "missing"})
_ANS, _N = Format.ALPHANUMERIC_SPECIAL, Format.NUMERIC

_CRITERIA: Final = Field(
    "Merchant's criteria",
    _ANS,
    3,
    3,
    values=(Values(r"UMI|UKE|UME|UBE|URE", "UMI, UKE, UME, UBE or URE"),),
    strict_only=_LOOSE,
)
_ACQUIRER: Final = table(
    _SECTION,
    {
        "00": Field("Globally Unique Identifier of the acquirer", _ANS, 1, 32, mandatory=True),
        "01": Field(
            "Merchant PAN",
            _N,
            16,
            19,
            values=(Values(r"936[0-9]+", "a number that begins with 936"),),
            strict_only=_LOOSE,
        ),
        "02": Field("Merchant's number at the acquirer", _ANS, 1, 15, strict_only=_LOOSE),
        "03": _CRITERIA,
        "04-99": Field("Reserved for QRIS", Format.STRING, 1, 99),
    },
)
_ROOT: Final = ROOT.with_fields(
    _SECTION,
    {
        "26-45": Field("Domestic acquirer", Format.TEMPLATE, 1, 99, content=_ACQUIRER),
        "61": replace(ROOT.fields["61"], mandatory=True, strict_only=_LOOSE),
    },
)
CENTS: Final = Rule(
    "amount_precision", _SECTION, "The amount ({field}) is no whole rupiah.", Severity.STRICT
)


class Qris(National):
    """A merchant by its national number (NMID) in 51, and at its acquirers in 26 to 50."""

    TABLE = _ROOT
    TAG = "51"
    GUID = "ID.CO.QRIS.WWW"
    RULES = (CENTS,)
    ACCOUNT = table(
        _SECTION,
        {
            "00": guid_field(GUID),
            "02": Field(
                "National merchant number (NMID)",
                _ANS,
                15,
                15,
                mandatory=True,
                values=(Values(r"ID[0-9]{13}", "ID and 13 digits"),),
                strict_only=_LOOSE - {"missing"},
            ),
            "03": _CRITERIA,
        },
    )
    PARTS: ClassVar[Mapping[str, str]] = {"nmid": "02", "criteria": "03"}
    ACCOUNT_PARTS = ("nmid",)
    EXTRA: ClassVar[Mapping[str, str]] = {
        "criteria": "size of the merchant: UMI, UKE, UME, UBE or URE",
        "acquirer": "identifier of the acquirer",
        "merchant_pan": "number of the merchant, 16 to 19 digits that begin with 936",
        "merchant_id": "number of the merchant at the acquirer",
    }
    CURRENCY = "IDR"
    CURRENCIES = ("IDR",)
    CURRENCY_WRONG = Rule(
        "currency_wrong", _SECTION, "QRIS is paid in rupiah: the currency ({field}) must be 360."
    )
    COUNTRY_WRONG = Rule(
        "country_wrong", _SECTION, "The country ({field}) must be ID.", Severity.STRICT
    )

    def check(self, objects: Objects, scheme: Scheme) -> Iterator[Issue]:
        """Give what is wrong with the rupiah and the country."""
        yield from super().check(objects, scheme)
        if (text_of(objects, "54") or "").partition(".")[2].strip("0"):
            yield CENTS.broken("54")

    def meaning(self, objects: Objects, scheme: Scheme) -> dict[str, Any]:
        """Return the national number, and the merchant at its first acquirer."""
        known = super().meaning(objects, scheme)
        own = self.account(objects, scheme)[0]
        for item in objects:
            if "26" <= item.id <= "50" and item.id != own and not isinstance(item.value, str):
                named = {"acquirer": "00", "merchant_pan": "01", "merchant_id": "02"}
                texts = {name: text_of(item.value, tag) for name, tag in named.items()}
                known["details"] |= {name: text for name, text in texts.items() if text}
                break
        return known

    def accounts(self, order: Order, scheme: Scheme) -> Objects:
        """Return the acquirer's template, where `extra` names one, and the national one."""
        extra = order.extra
        national = super().accounts(order, scheme)
        if "acquirer" not in extra:
            return national
        texts = {
            "01": extra.get("merchant_pan", ""),
            "02": extra.get("merchant_id", ""),
            "03": extra.get("criteria", ""),
        }
        return (template("26", extra["acquirer"], texts), *national)

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up merchant."""
        return Order(
            account="ID0000000000001",
            payee="WARUNG SAYUR",
            city="KAB. DEMAK",
            amount=Amount(15_000_00, "IDR"),
            reference="R1",
            extra={
                "category": "5812",
                "postal_code": "59567",
                "criteria": "UMI",
                "acquirer": "ID.EXAMPLE.WWW",
                "merchant_pan": "936000000000000001",
                "merchant_id": "000000001",
            },
        )


WORKS = Qris()
