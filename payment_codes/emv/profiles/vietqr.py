"""VietQR, Vietnam: a transfer to an account or a card (NAPAS QR v1.5.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final

from payment_codes.amount import Amount
from payment_codes.code import Order
from payment_codes.emv import names, tlv
from payment_codes.emv.profiles.national import Transfer, guid_field, told, transfer_table
from payment_codes.emv.table import Field, Format, Values, table
from payment_codes.fields import DataObject, inside, text_of
from payment_codes.issues import Issue, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from payment_codes.emv.profiles.profile import Objects
    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "NAPAS QR v1.5.2 §4"
_TO_CARD: Final = "QRIBFTTC"
_TO_ACCOUNT: Final = "QRIBFTTA"
_BIN: Final = re.compile(r"[0-9]{6}")
_CARD: Final = re.compile(r"9704[0-9]{12}(?:[0-9]{3})?")
_LONGEST_ACCOUNT: Final = 19

NO_BENEFICIARY: Final = Rule(
    "structure",
    _SECTION,
    "The beneficiary ({field}) does not divide into a bank (00) and an account (01).",
)
NO_BANK: Final = Rule("missing", _SECTION, "The beneficiary's bank ({field}) is missing.")
NO_ACCOUNT: Final = Rule("missing", _SECTION, "The beneficiary's account ({field}) is missing.")
BANK: Final = Rule("value", _SECTION, "The beneficiary's bank ({field}) is not a BIN of 6 digits.")
ACCOUNT_LENGTH: Final = Rule(
    "length",
    _SECTION,
    "The beneficiary's account ({field}) has more than {most} characters.",
    Severity.STRICT,
)
CARD: Final = Rule(
    "value",
    _SECTION,
    "The card ({field}) is not a NAPAS number: 9704 and 16 or 19 digits in all.",
    Severity.STRICT,
)
WHOLE: Final = Rule(
    "amount_format", _SECTION, "The amount ({field}) of dong has a point.", Severity.STRICT
)
DONG: Final = Rule(
    "currency_wrong", _SECTION, "VietQR is paid in dong: the currency ({field}) must be 704."
)
VIETNAM: Final = Rule(
    "country_wrong", _SECTION, "The country ({field}) must be VN.", Severity.STRICT
)

_SERVICES: Final = Values(
    r"QRIBFTTA|QRIBFTTC|QRPUSH|QRCASH", '"QRIBFTTA", "QRIBFTTC", "QRPUSH" or "QRCASH"'
)


class VietQr(Transfer):
    """A bank by its BIN, and an account or a card there."""

    TABLE = transfer_table(_SECTION)
    TAG = "38"
    GUID = "A000000727"
    RULES = (NO_BENEFICIARY, NO_BANK, NO_ACCOUNT, BANK, ACCOUNT_LENGTH, CARD, WHOLE)
    # The beneficiary divides once more, but stays the text that the bank wrote.
    ACCOUNT = table(
        _SECTION,
        {
            "00": guid_field(GUID),
            "01": Field("Beneficiary: 00 bank, 01 account", Format.STRING, 1, 99, mandatory=True),
            "02": Field(
                "Service code",
                Format.ALPHANUMERIC_SPECIAL,
                1,
                10,
                values=(_SERVICES,),
                strict_only=frozenset({"empty", "length", "value"}),
            ),
        },
    )
    PARTS: ClassVar[Mapping[str, str]] = {"service": "02"}
    EXTRA: ClassVar[Mapping[str, str]] = {
        "bank_bin": "the bank's BIN, six digits",
        "service": "QRIBFTTA to an account (the rule), QRIBFTTC to a card",
    }
    CURRENCY = "VND"
    CURRENCIES = ("VND",)
    CURRENCY_WRONG = DONG
    COUNTRY_WRONG = VIETNAM

    def check(self, objects: Objects, scheme: Scheme) -> Iterator[Issue]:
        """Give what is wrong with the beneficiary, and with the country's money."""
        yield from super().check(objects, scheme)
        if "." in (text_of(objects, "54") or ""):
            yield WHOLE.broken("54")
        tag, content = self.account(objects, scheme)
        written = text_of(content, "01")
        if written:
            path = f"{tag}.01"
            beneficiary, fault = tlv.split(written)
            if fault:
                yield NO_BENEFICIARY.broken(path)
            else:
                yield from _beneficiary_issues(beneficiary, path, text_of(content, "02"))

    def meaning(self, objects: Objects, scheme: Scheme) -> dict[str, Any]:
        """Return the bank, and the account or the card."""
        known = super().meaning(objects, scheme)
        content = self.account(objects, scheme)[1]
        beneficiary = tlv.split(text_of(content, "01") or "")[0]
        bank, account = text_of(beneficiary, "00"), text_of(beneficiary, "01")
        kind = "card" if text_of(content, "02") == _TO_CARD else "account"
        additional = inside(objects, "62")
        said = {"bank_bin": bank, kind: account, "purpose": text_of(additional, "08")}
        known["details"] |= {name: text for name, text in said.items() if text}
        reference = told(text_of(additional, self.REFERENCE), text_of(additional, "01"))
        return known | {"account": account, "reference": reference}

    def parts(self, order: Order) -> dict[str, str]:
        """Return the beneficiary, and whether it is an account (the rule) or a card."""
        texts = {"00": order.extra.get("bank_bin", ""), "01": order.account}
        service = order.extra.get("service", _TO_ACCOUNT)
        return {"01": tlv.write(names.filled(texts)), "02": service}

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up account."""
        return Order(
            account="0011012345678",
            payee="NGUYEN VAN A",
            amount=Amount(180_000, "VND"),
            reference="NPS6869",
            message="thanh toan don hang",
            extra={"bank_bin": "970403"},
        )


def _beneficiary_issues(
    beneficiary: tuple[DataObject, ...], path: str, service: str | None
) -> Iterator[Issue]:
    bank, account = text_of(beneficiary, "00"), text_of(beneficiary, "01")
    if not bank:
        yield NO_BANK.broken(f"{path}.00")
    elif not _BIN.fullmatch(bank):
        yield BANK.broken(f"{path}.00")
    if not account:
        yield NO_ACCOUNT.broken(f"{path}.01")
    elif len(account) > _LONGEST_ACCOUNT:
        yield ACCOUNT_LENGTH.broken(f"{path}.01", most=_LONGEST_ACCOUNT)
    elif service == _TO_CARD and not _CARD.fullmatch(account):
        yield CARD.broken(f"{path}.01")


WORKS = VietQr()
