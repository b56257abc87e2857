"""FPS, Hong Kong: codes of payees (HKICL, Payee-presented QR Code Specification for FPS v1.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final

from payment_codes.amount import Amount
from payment_codes.code import Order
from payment_codes.currency import currency
from payment_codes.emv.profiles.moment import UTC_8, read_moment, write_moment
from payment_codes.emv.profiles.national import National, guid_field, named
from payment_codes.emv.table import Field, Format, Values, table
from payment_codes.fields import text_of
from payment_codes.issues import Issue, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from payment_codes.emv.profiles.profile import Objects
    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "FPS QR v1.2 §3"
_STRICT: Final = Severity.STRICT
_LOOSE: Final = frozenset({"empty", "length", "characters", "value"})
_TEXT: Final = Format.ALPHANUMERIC_SPECIAL
_PROXIES: Final = {"fps_id": "02", "mobile": "03", "email": "04"}
_FORMS: Final = {
    "fps_id": re.compile(r"[0-9]{7,12}"),
    "mobile": re.compile(r"\+[0-9]{1,3}-[0-9]{5,14}"),
    "email": re.compile(r"[^@\s]+@[^@\s]+"),
}

NOBODY: Final = Rule(
    "missing", _SECTION, "There is no FPS identifier, mobile number or e-mail ({field})."
)
SEVERAL: Final = Rule(
    "exclusive",
    _SECTION,
    "Only one of FPS identifier, mobile number and e-mail can be paid ({field}).",
    _STRICT,
)
IDENTIFIER: Final = Rule(
    "value", _SECTION, "The FPS identifier ({field}) is not 7 to 12 digits.", _STRICT
)
MOBILE: Final = Rule(
    "value", _SECTION, "The mobile number ({field}) is not written as +852-67891234.", _STRICT
)
EMAIL: Final = Rule("value", _SECTION, "The e-mail ({field}) is no address with one @.", _STRICT)
TIMEOUT: Final = Rule(
    "value", _SECTION, "The timeout ({field}) is no time YYYYMMDDHHMMSS.", _STRICT
)
DOLLARS: Final = Rule(
    "currency_wrong",
    _SECTION,
    "FPS is paid in Hong Kong dollars (344) or renminbi (156), not in another currency ({field}).",
)
HONG_KONG: Final = Rule("country_wrong", _SECTION, "The country ({field}) must be HK.", _STRICT)

_WRONG: Final = {"fps_id": IDENTIFIER, "mobile": MOBILE, "email": EMAIL}


class HkFps(National):
    """An FPS identifier, a mobile number or an e-mail, at a bank where one is named."""

    GUID = "hk.com.hkicl"
    RULES = (NOBODY, SEVERAL, IDENTIFIER, MOBILE, EMAIL, TIMEOUT)
    ACCOUNT = table(
        _SECTION,
        {
            "00": guid_field(GUID),
            "01": Field("Bank: its clearing code", Format.NUMERIC, 3, 3, strict_only=_LOOSE),
            "02": Field("FPS identifier", _TEXT, 1, 34, strict_only=_LOOSE),
            "03": Field("Mobile number", _TEXT, 1, 34, strict_only=_LOOSE),
            "04": Field("E-mail", _TEXT, 1, 34, strict_only=_LOOSE),
            "05": Field("Timeout, Hong Kong time", _TEXT, 14, 14, strict_only=_LOOSE),
            "06": Field(
                "Amount may be changed",
                _TEXT,
                1,
                1,
                values=(Values("[01]", '"0" no or "1" yes'),),
                strict_only=_LOOSE,
            ),
        },
    )
    PARTS: ClassVar[Mapping[str, str]] = {**_PROXIES, "bank_code": "01", "timeout": "05"}
    ACCOUNT_PARTS = ("fps_id", "mobile", "email")
    EXTRA: ClassVar[Mapping[str, str]] = {
        "bank_code": "the bank's clearing code, three digits",
        "editable": "1 where the payer may change the amount",
    }
    CURRENCY = "HKD"
    CURRENCIES = ("HKD", "CNY")
    CURRENCY_WRONG = DOLLARS
    COUNTRY_WRONG = HONG_KONG
    PAYEE = "NA"
    CITY = "HK"

    def check(self, objects: Objects, scheme: Scheme) -> Iterator[Issue]:
        """Give what is wrong with who is paid, until when, in what, and where."""
        yield from super().check(objects, scheme)
        tag, content = self.account(objects, scheme)
        given = named(content, _PROXIES)
        if tag and not given:
            yield NOBODY.broken(f"{tag}.02")
        if len(given) > 1:
            yield SEVERAL.broken(tag)
        for name, text in given.items():
            if text and not _FORMS[name].fullmatch(text):
                yield _WRONG[name].broken(f"{tag}.{_PROXIES[name]}")
        timeout = text_of(content, "05")
        if timeout and (len(timeout) != 14 or read_moment(timeout, UTC_8) is None):
            yield TIMEOUT.broken(f"{tag}.05")

    def meaning(self, objects: Objects, scheme: Scheme) -> dict[str, Any]:
        """Return the timeout and whether the amount may be changed too."""
        known = super().meaning(objects, scheme)
        details = known["details"]
        number = text_of(objects, "53")
        for one in self.CURRENCIES:
            if number == currency(one).numeric:
                details["currency_alpha"] = one
        editable = text_of(self.account(objects, scheme)[1], "06")
        if editable:
            details["editable"] = editable == "1"
        return known | {"expires": read_moment(details.get("timeout", ""), UTC_8)}

    def parts(self, order: Order) -> dict[str, str]:
        """Return who is paid: what has an @ is an e-mail, what has a plus sign a mobile number."""
        account = order.account
        kind = "email" if "@" in account else "mobile" if account.startswith("+") else "fps_id"
        return {
            _PROXIES[kind]: account,
            "01": order.extra.get("bank_code", ""),
            "05": write_moment(order.expires, UTC_8, _SECTION) if order.expires else "",
            "06": order.extra.get("editable", ""),
        }

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up mobile number."""
        return Order(
            account="+852-67891234",
            payee="EXAMPLE LTD",
            city="HK",
            amount=Amount(100_00, "HKD"),
            reference="INV/0001",
            expires=read_moment("20301231235959", UTC_8),
            extra={"bank_code": "004"},
        )


WORKS = HkFps()
