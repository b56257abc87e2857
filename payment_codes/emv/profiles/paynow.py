"""PayNow, Singapore: a proxy that is paid (SGQR Specifications v1.7)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final

from payment_codes.amount import Amount
from payment_codes.code import Order
from payment_codes.emv.profiles.moment import UTC_8, read_moment, write_moment
from payment_codes.emv.profiles.national import (
    National,
    guid_field,
    identified,
    named,
    told,
)
from payment_codes.emv.table import Field, Format, Values, table
from payment_codes.fields import DataObject, inside, text_of
from payment_codes.issues import Issue, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from payment_codes.emv.profiles.profile import Objects
    from payment_codes.schemes.scheme import Scheme

SECTION: Final = "SGQR Specifications v1.7 §4"
_STRICT: Final = Severity.STRICT
PAYNOW: Final = "SG.PAYNOW"
_MOBILE, _UEN = "0", "2"
_TYPES: Final = {_MOBILE: "MOBILE", _UEN: "UEN"}
_NUMBER: Final = re.compile(r"\+[0-9]{8,15}")
_ENTITY: Final = re.compile(r"[0-9A-Z]{9,13}")
LOOSE: Final = frozenset({"empty", "length", "characters", "value"})

NO_PROXY: Final = Rule("missing", SECTION, "The proxy ({field}) that is paid is missing.")
PROXY_TYPE: Final = Rule(
    "value", SECTION, "The type of proxy ({field}) is neither 0 (mobile) nor 2 (UEN).", _STRICT
)
MOBILE: Final = Rule(
    "value", SECTION, "The mobile number ({field}) is not written + and digits.", _STRICT
)
ENTITY: Final = Rule(
    "value", SECTION, "The UEN ({field}) is not 9 to 13 digits and capital letters.", _STRICT
)
EXPIRY: Final = Rule(
    "value", SECTION, "The expiry ({field}) is no date YYYYMMDD or time YYYYMMDDHHMMSS.", _STRICT
)
DOLLARS: Final = Rule(
    "currency_wrong",
    SECTION,
    "It is paid in Singapore dollars: the currency ({field}) must be 702.",
)
SINGAPORE: Final = Rule(
    "country_wrong", SECTION, "The country ({field}) must be SG.", Severity.STRICT
)

_TEXT: Final = Format.ALPHANUMERIC_SPECIAL

PROXY: Final = table(
    SECTION,
    {
        "00": guid_field(PAYNOW),
        "01": Field(
            "Proxy type: 0 mobile, 2 UEN",
            _TEXT,
            1,
            1,
            mandatory=True,
            strict_only=LOOSE | {"missing"},
        ),
        "02": Field("Proxy", _TEXT, 1, 25, mandatory=True, strict_only=LOOSE),
        "03": Field(
            "Amount may be changed",
            _TEXT,
            1,
            1,
            values=(Values("[01]", '"0" no or "1" yes'),),
            strict_only=LOOSE,
        ),
        "04": Field("Expiry, Singapore time", _TEXT, 8, 14, strict_only=LOOSE),
        "05": Field("Reference of the transaction", _TEXT, 1, 25, strict_only=LOOSE),
    },
)
"""What the template SG.PAYNOW holds."""


class PayNow(National):
    """A mobile number or a UEN, whether the payer may change the amount, and until when."""

    GUID = PAYNOW
    RULES: ClassVar[tuple[Rule, ...]] = (NO_PROXY, PROXY_TYPE, MOBILE, ENTITY, EXPIRY)
    ACCOUNT = PROXY
    #: The payee's reference is the number of a bill.
    REFERENCE = "01"
    EXTRA: ClassVar[Mapping[str, str]] = {
        "editable": "1 where the payer may change the amount, otherwise 0",
    }
    CURRENCY = "SGD"
    CURRENCIES = ("SGD",)
    CURRENCY_WRONG = DOLLARS
    COUNTRY_WRONG = SINGAPORE
    PAYEE = "NA"
    CITY = "Singapore"

    def check(self, objects: Objects, scheme: Scheme) -> Iterator[Issue]:
        """Give what is wrong with the proxy and the expiry, the money and the country."""
        yield from super().check(objects, scheme)
        tag, content = identified(objects, PAYNOW)
        if tag:
            yield from _proxy_issues(tag, content)

    def meaning(self, objects: Objects, scheme: Scheme) -> dict[str, Any]:
        """Return the proxy, whether the amount may be changed, the expiry, and all networks."""
        content = identified(objects, PAYNOW)[1]
        said = named(content, {"proxy": "02", "expiry": "04", "transaction_reference": "05"})
        details: dict[str, Any] = {**said, "networks": _networks(objects)}
        kind = text_of(content, "01")
        if kind:
            details["proxy_type"] = _TYPES.get(kind, kind)
        if text_of(content, "03"):
            details["editable"] = text_of(content, "03") == "1"
        expires = read_moment(said.get("expiry", ""), UTC_8)
        labels = inside(objects, "62")
        return {
            "account": said.get("proxy"),
            "reference": told(
                text_of(labels, self.REFERENCE),
                text_of(labels, "05"),
                said.get("transaction_reference"),
            ),
            "expires": expires,
            "details": details,
        }

    def parts(self, order: Order) -> dict[str, str]:
        """Return the proxy, whose type is told by its plus sign, and the expiry."""
        return {
            "01": _MOBILE if order.account.startswith("+") else _UEN,
            "02": order.account,
            "03": order.extra.get("editable", "0" if order.amount else "1"),
            "04": write_moment(order.expires, UTC_8, SECTION) if order.expires else "",
        }

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up company."""
        return Order(
            account="201403121W",
            payee="EXAMPLE PTE LTD",
            city="Singapore",
            amount=Amount(500_00, "SGD"),
            reference="INV-10001",
            expires=read_moment("20301231235959", UTC_8),
        )


def _networks(objects: Objects) -> list[str]:
    """Return the identifiers of all templates, in their order."""
    templates = (item.value for item in objects if "26" <= item.id <= "51")
    found = (text_of(one, "00") for one in templates if not isinstance(one, str))
    return [one for one in found if one]


def _proxy_issues(tag: str, content: tuple[DataObject, ...]) -> Iterator[Issue]:
    kind, proxy, expiry = (text_of(content, one) for one in ("01", "02", "04"))
    if not proxy:
        yield NO_PROXY.broken(f"{tag}.02")
    elif kind == _MOBILE and not _NUMBER.fullmatch(proxy):
        yield MOBILE.broken(f"{tag}.02")
    elif kind == _UEN and not _ENTITY.fullmatch(proxy):
        yield ENTITY.broken(f"{tag}.02")
    if kind and kind not in _TYPES:
        yield PROXY_TYPE.broken(f"{tag}.01")
    if expiry and read_moment(expiry, UTC_8) is None:
        yield EXPIRY.broken(f"{tag}.04")


WORKS = PayNow()
