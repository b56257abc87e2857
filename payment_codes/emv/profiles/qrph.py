"""QR Ph, Philippines: payments to merchants (P2M) and transfers (P2P), BSP Circular 1055 and PPMI.

The standard is not published; what is here is what banks' codes show.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from payment_codes.amount import Amount
from payment_codes.code import Order
from payment_codes.emv.profiles.family import Family
from payment_codes.emv.profiles.national import National, guid_field
from payment_codes.emv.table import Field, Format, table
from payment_codes.fields import text_of
from payment_codes.issues import Issue, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from payment_codes.emv.profiles.profile import Objects
    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "QR Ph, PPMI"
_STRICT: Final = Severity.STRICT
_LOOSE: Final = frozenset({"empty", "length", "characters", "value"})
_TEXT: Final = Format.ALPHANUMERIC_SPECIAL
_BIC: Final = re.compile(r"[A-Z]{4}PH[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_PHONE: Final = re.compile(r"\+[0-9]{1,3}-?[0-9]+(?:-[0-9]+)*")
_INSTAPAY: Final = "99964403"

BANK: Final = Rule(
    "value", _SECTION, "The bank ({field}) is no BIC of the Philippines, as GXCHPHM2XXX.", _STRICT
)
PAYMENT_TYPE: Final = Rule(
    "value", _SECTION, "The type of payment ({field}) is not 99964403 (InstaPay).", _STRICT
)
PHONE: Final = Rule(
    "value", _SECTION, "The mobile number ({field}) is not written as +63-9171234567.", _STRICT
)
NO_MERCHANT: Final = Rule("missing", _SECTION, "The merchant's number ({field}) is missing.")
NO_ACCOUNT: Final = Rule("missing", _SECTION, "The payee's account ({field}) is missing.")
PESOS: Final = Rule(
    "currency_wrong", _SECTION, "QR Ph is paid in pesos: the currency ({field}) must be 608."
)
PHILIPPINES: Final = Rule("country_wrong", _SECTION, "The country ({field}) must be PH.", _STRICT)


class _QrPh(National):
    """What merchants' codes and transfers have in common: a bank by its BIC."""

    CURRENCY = "PHP"
    CURRENCIES = ("PHP",)
    CURRENCY_WRONG = PESOS
    COUNTRY_WRONG = PHILIPPINES

    def check(self, objects: Objects, scheme: Scheme) -> Iterator[Issue]:
        """Give what is wrong with the bank, the money and the country."""
        yield from super().check(objects, scheme)
        tag, content = self.account(objects, scheme)
        bank = text_of(content, "01")
        if bank and not _BIC.fullmatch(bank):
            yield BANK.broken(f"{tag}.01")


class ToMerchant(_QrPh):
    """A merchant by the number that its bank gave it."""

    TAG = "28"
    GUID = "ph.ppmi.p2m"
    RULES = (BANK, NO_MERCHANT)
    ACCOUNT = table(
        _SECTION,
        {
            "00": guid_field(GUID),
            "01": Field("Bank: its BIC", _TEXT, 8, 11, mandatory=True, strict_only=_LOOSE),
            "03": Field("Merchant", _TEXT, 1, 99, strict_only=_LOOSE),
            "04": Field("Merchant's account", _TEXT, 1, 34, strict_only=_LOOSE),
            "05": Field("Flags", _TEXT, 3, 3, strict_only=_LOOSE),
        },
    )
    PARTS: ClassVar[Mapping[str, str]] = {
        "merchant_id": "03", "bic": "01", "account": "04", "flags": "05",
    }  # fmt: skip
    ACCOUNT_PARTS = ("merchant_id", "account")
    EXTRA: ClassVar[Mapping[str, str]] = {
        "bic": "the bank's BIC",
        "account": "the merchant's account",
        "flags": "three digits",
    }

    def check(self, objects: Objects, scheme: Scheme) -> Iterator[Issue]:
        """Give what breaks the rules of merchants' codes."""
        yield from super().check(objects, scheme)
        tag, content = self.account(objects, scheme)
        if tag and not text_of(content, "03") and not text_of(content, "04"):
            yield NO_MERCHANT.broken(f"{tag}.03")

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up merchant."""
        return Order(
            account="000000000000000001",
            payee="EXAMPLE STORE",
            city="Taguig",
            amount=Amount(125_00, "PHP"),
            reference="00000000000000000001",
            extra={"bic": "GXCHPHM2XXX", "flags": "000", "category": "5814", "terminal": "T1"},
        )


class Transfer(_QrPh):
    """A person's account by InstaPay."""

    TAG = "27"
    GUID = "com.p2pqrpay"
    RULES = (BANK, PAYMENT_TYPE, PHONE, NO_ACCOUNT)
    ACCOUNT = table(
        _SECTION,
        {
            "00": guid_field(GUID),
            "01": Field("Bank: its BIC", _TEXT, 8, 11, mandatory=True, strict_only=_LOOSE),
            "02": Field("Type of payment", _TEXT, 8, 8, strict_only=_LOOSE),
            "03": Field("Merchant", _TEXT, 1, 99, strict_only=_LOOSE),
            "04": Field("Payee's account", _TEXT, 1, 34, mandatory=True, strict_only=_LOOSE),
            "05": Field("Payee's mobile number", _TEXT, 1, 25, strict_only=_LOOSE),
        },
    )
    PARTS: ClassVar[Mapping[str, str]] = {
        "account": "04", "bic": "01", "payment_type": "02", "merchant_id": "03", "phone": "05",
    }  # fmt: skip
    ACCOUNT_PARTS = ("account",)
    EXTRA: ClassVar[Mapping[str, str]] = {
        "bic": "the bank's BIC",
        "merchant_id": "a number of the bank's own",
        "phone": "mobile number, as +63-9171234567",
    }

    def check(self, objects: Objects, scheme: Scheme) -> Iterator[Issue]:
        """Give what breaks the rules of transfers."""
        yield from super().check(objects, scheme)
        tag, content = self.account(objects, scheme)
        if tag and not text_of(content, "04"):
            yield NO_ACCOUNT.broken(f"{tag}.04")
        if text_of(content, "02") not in (None, "", _INSTAPAY):
            yield PAYMENT_TYPE.broken(f"{tag}.02")
        phone = text_of(content, "05")
        if phone and not _PHONE.fullmatch(phone):
            yield PHONE.broken(f"{tag}.05")

    def compose(self, order: Order, scheme: Scheme) -> Objects:
        """Return the data objects of a new code; its category is that of persons, 6016."""
        extra = {"category": "6016", **order.extra}
        return super().compose(replace(order, extra=extra), scheme)

    def parts(self, order: Order) -> dict[str, str]:
        """Return the account, and that it is paid by InstaPay."""
        return super().parts(order) | {self.PARTS["payment_type"]: _INSTAPAY}

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up account."""
        return Order(
            account="500000000001",
            payee="Juan Example",
            city="Makati",
            amount=Amount(600_00, "PHP"),
            reference="211000",
            extra={"bic": "PAPHPHM1XXX", "phone": "+63-9170000000"},
        )


WORKS = Family({"qrph-p2m": ToMerchant(), "qrph-p2p": Transfer()})
