"""JPQR, Japan: the shop by the four levels of its JPQR-ID (Payments Japan Association)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from payment_codes.amount import Amount
from payment_codes.code import Order
from payment_codes.emv.profiles.national import National, guid_field
from payment_codes.emv.table import Field, Format, table
from payment_codes.issues import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from payment_codes.emv.profiles.profile import Objects
    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "JPQR MPM §3"
_LEVELS: Final = {"01": 13, "02": 4, "03": 6, "04": 6}


def _level(name: str, length: int) -> Field:
    return Field(name, Format.ALPHANUMERIC_SPECIAL, length, length, mandatory=True)


class Jpqr(National):
    """A shop by its JPQR-ID, which is what its four levels make together: 29 characters."""

    GUID = "jp.or.paymentsjapan"
    ACCOUNT = table(
        _SECTION,
        {
            "00": guid_field(GUID),
            "01": _level("JPQR-ID, level 1", 13),
            "02": _level("JPQR-ID, level 2", 4),
            "03": _level("JPQR-ID, level 3", 6),
            "04": _level("JPQR-ID, level 4", 6),
        },
    )
    PARTS: ClassVar[Mapping[str, str]] = {
        "jpqr_level_1": "01", "jpqr_level_2": "02", "jpqr_level_3": "03", "jpqr_level_4": "04",
    }  # fmt: skip
    ACCOUNT_PARTS = ("jpqr_level_1",)
    CURRENCY = "JPY"
    CURRENCIES = ("JPY",)
    CURRENCY_WRONG = Rule(
        "currency_wrong", _SECTION, "JPQR is paid in yen: the currency ({field}) must be 392."
    )
    COUNTRY_WRONG = Rule(
        "country_wrong", _SECTION, "The country ({field}) must be JP.", Severity.STRICT
    )

    def meaning(self, objects: Objects, scheme: Scheme) -> dict[str, Any]:
        """Return the levels, and all of them as the account."""
        known = super().meaning(objects, scheme)
        known["account"] = "".join(known["details"].values()) or None
        return known

    def parts(self, order: Order) -> dict[str, str]:
        """Return the levels of the account; what is too much stands in the last."""
        texts, rest = {}, order.account
        for tag, length in _LEVELS.items():
            last = tag == max(_LEVELS)
            texts[tag], rest = (rest, "") if last else (rest[:length], rest[length:])
        return texts

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up shop."""
        return Order(
            account="00000000000010001000001000001",
            payee="XXX",
            city="TOKYO",
            amount=Amount(498, "JPY"),
            reference="R1",
            extra={"category": "5812", "postal_code": "5300005"},
        )


WORKS = Jpqr()
