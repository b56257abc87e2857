"""PromptPay, Thailand: transfers to a person or a wallet (Thai QR Payment Standard)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from payment_codes.amount import Amount
from payment_codes.checks import thai_number
from payment_codes.code import Order, PaymentCode
from payment_codes.emv.profiles import thai
from payment_codes.emv.profiles.family import Family
from payment_codes.emv.profiles.national import guid_field, named
from payment_codes.emv.table import Field, Format, table
from payment_codes.errors import CodeInvalid
from payment_codes.fields import text_of
from payment_codes.issues import Issue, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from payment_codes.emv.profiles.profile import Objects
    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = thai.SECTION
_STRICT: Final = Severity.STRICT
_TRANSFER: Final = "A000000677010111"
_BY_PAYER: Final = "A000000677010114"
_TYPES: Final = {"MSISDN": "01", "NATID": "02", "EWALLETID": "03", "BANKACC": "04"}
_WALLET: Final = re.compile(r"[0-9]{15}")
_TRUEMONEY: Final = "14"
_LOOSE: Final = thai.LOOSE

NOBODY: Final = Rule(
    "missing", _SECTION, "There is no mobile number, national ID, wallet or account ({field})."
)
SEVERAL: Final = Rule(
    "exclusive",
    _SECTION,
    "Only one of mobile number, national ID, wallet and account can be paid ({field}).",
    _STRICT,
)
MOBILE: Final = Rule(
    "value", _SECTION, "The mobile number ({field}) is not written 0066 and nine digits.", _STRICT
)
IDENTITY: Final = Rule(
    "checksum_wrong", _SECTION, "The check digit of the national ID ({field}) is wrong.", _STRICT
)
NO_AUTHORIZATION: Final = Rule(
    "dependency",
    _SECTION,
    "A code shown by the payer needs a one-time authorization ({field}).",
    _STRICT,
)
AUTHORIZATION: Final = Rule(
    "not_allowed",
    _SECTION,
    "Only a code shown by the payer has an authorization ({field}).",
    _STRICT,
)

_DIGITS: Final = Format.NUMERIC
_TEXT: Final = Format.ALPHANUMERIC_SPECIAL


class PromptPay(thai.Thai):
    """A transfer to a mobile number, a national ID, a wallet or an account.

    One to a wallet of TrueMoney is read as that scheme.
    """

    TAG = "29"
    GUID = _TRANSFER
    APPLICATIONS = (_TRANSFER, _BY_PAYER)
    RULES = (NOBODY, SEVERAL, MOBILE, IDENTITY, NO_AUTHORIZATION, AUTHORIZATION, thai.MESSAGE)
    ACCOUNT = table(
        _SECTION,
        {
            "00": guid_field(f"{_TRANSFER} or {_BY_PAYER}"),
            "01": Field("Mobile number", _DIGITS, 13, 13, strict_only=_LOOSE),
            "02": Field("National or tax ID", _DIGITS, 13, 13),
            "03": Field("Wallet", _DIGITS, 15, 15),
            "04": Field("Bank (three digits) and account", _TEXT, 4, 43, strict_only=_LOOSE),
            "05": Field("One-time authorization", _TEXT, 10, 10, strict_only=_LOOSE),
        },
    )
    EXTRA: ClassVar[Mapping[str, str]] = {
        "target_type": "MSISDN, NATID, EWALLETID or BANKACC; otherwise by the digits"
    }

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read a code; the scheme is TrueMoney where its wallet is paid."""
        from payment_codes.schemes.table import by_id

        code = super().read(text, scheme)
        return replace(code, scheme=by_id("truemoney")) if "ewallet" in code.details else code

    def check(self, objects: Objects, scheme: Scheme) -> Iterator[Issue]:
        """Give what is wrong with who is paid, and what every Thai code may have wrong."""
        yield from super().check(objects, scheme)
        tag, content = self.account(objects, scheme)
        given = named(content, _TYPES)
        if tag and not given:
            yield NOBODY.broken(f"{tag}.01")
        if len(given) > 1:
            yield SEVERAL.broken(tag)
        if "MSISDN" in given and thai.home_number(given["MSISDN"]) is None:
            yield MOBILE.broken(f"{tag}.01")
        identity = given.get("NATID", "")
        if thai_number.is_number(identity) and not thai_number.holds(identity):
            yield IDENTITY.broken(f"{tag}.02")
        by_payer = (text_of(content, "00") or "").upper() == _BY_PAYER
        authorized = text_of(content, "05") is not None
        if by_payer and not authorized:
            yield NO_AUTHORIZATION.broken(f"{tag}.05")
        elif authorized and not by_payer:
            yield AUTHORIZATION.broken(f"{tag}.05")

    def meaning(self, objects: Objects, scheme: Scheme) -> dict[str, Any]:
        """Return who is paid and how that is known; a wallet of TrueMoney by its mobile number."""
        known = super().meaning(objects, scheme)
        given = named(self.account(objects, scheme)[1], _TYPES)
        kind = next(iter(given), None)
        if kind is None:
            return known
        target = given[kind]
        if kind == "MSISDN":
            target = thai.home_number(target) or target
        known["details"] |= {"target": target, "target_type": kind}
        if kind == "EWALLETID" and _WALLET.fullmatch(target) and target.startswith(_TRUEMONEY):
            known["details"] |= {"ewallet": target, "mobile": target[-10:]}
            target = target[-10:]
        return known | {"account": target}

    def parts(self, order: Order) -> dict[str, str]:
        """Return the field of the target: by its kind, or by how many digits it has."""
        by_length = {13: "NATID", 15: "EWALLETID"}
        kind = order.extra.get("target_type") or by_length.get(len(order.account), "MSISDN")
        if kind not in _TYPES:
            raise CodeInvalid(
                "The kind of target ({field}) is none of {known}.",
                field="target_type",
                known=", ".join(_TYPES),
                section=_SECTION,
            )
        number = order.account
        return {_TYPES[kind]: thai.international_number(number) if kind == "MSISDN" else number}

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up mobile number."""
        return Order(account="0801234567", amount=Amount(420_00, "THB"), reference="ORDER1")


class TrueMoney(PromptPay):
    """A transfer to a wallet of TrueMoney, known by its owner's mobile number."""

    def parts(self, order: Order) -> dict[str, str]:
        """Return the wallet of a mobile number, or the wallet that is given."""
        number = order.account
        wallet = number if len(number) == 15 else f"{_TRUEMONEY}000{number}"
        return {_TYPES["EWALLETID"]: wallet}

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order with a message to a made-up mobile number."""
        return Order(account="0801111111", amount=Amount(10_05, "THB"), message="Hello World!")


WORKS = Family({"promptpay": PromptPay(), "truemoney": TrueMoney()})
