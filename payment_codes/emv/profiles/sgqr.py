"""SGQR, Singapore: one label of several networks, and where it hangs (SGQR Specifications v1.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from payment_codes.code import Order
from payment_codes.emv import rules
from payment_codes.emv.profiles.national import guid_field, identified, named, template
from payment_codes.emv.profiles.paynow import LOOSE, PAYNOW, PROXY, SECTION, PayNow
from payment_codes.emv.table import Field, Format, table
from payment_codes.issues import Issue, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from payment_codes.emv.profiles.profile import Objects
    from payment_codes.schemes.scheme import Scheme

_LABEL: Final = "SG.SGQR"
_TEXT: Final = Format.ALPHANUMERIC_SPECIAL
# Money finds its way by the networks, whatever the label says of itself.
_LOOSE: Final = LOOSE | {"missing"}

NO_NETWORK: Final = Rule(
    "missing", SECTION, "An SGQR label names no network that takes money (26 to 50)."
)


class Sgqr(PayNow):
    """A label of several networks; a new one has PayNow."""

    RULES: ClassVar[tuple[Rule, ...]] = (NO_NETWORK, *PayNow.RULES)
    ACCOUNT = table(
        SECTION,
        {
            "00": guid_field(_LABEL),
            "01": Field("SGQR ID", _TEXT, 12, 12, mandatory=True, strict_only=_LOOSE),
            "02": Field("Version", _TEXT, 7, 7, mandatory=True, strict_only=_LOOSE),
            "03": Field("Postal code", _TEXT, 6, 6, strict_only=LOOSE),
            "04": Field("Level", _TEXT, 1, 3, strict_only=LOOSE),
            "05": Field("Unit number", _TEXT, 1, 5, strict_only=LOOSE),
            "06": Field("Miscellaneous", _TEXT, 1, 10, strict_only=LOOSE),
            "07": Field("Date of the version", _TEXT, 8, 8, strict_only=LOOSE),
        },
    )
    PARTS: ClassVar[Mapping[str, str]] = {
        "sgqr_id": "01", "sgqr_version": "02", "sgqr_postal_code": "03", "sgqr_level": "04",
        "sgqr_unit": "05", "sgqr_miscellaneous": "06", "sgqr_date": "07",
    }  # fmt: skip
    EXTRA: ClassVar[Mapping[str, str]] = {
        **PayNow.EXTRA,
        "sgqr_id": "number of the label, twelve characters",
        "sgqr_version": "version of the label, 01.0001",
        "sgqr_postal_code": "postal code, six digits",
        "sgqr_level": "floor",
        "sgqr_unit": "unit on the floor",
        "sgqr_miscellaneous": "more about the place",
        "sgqr_date": "day of the version, YYYYMMDD",
    }

    def check(self, objects: Objects, scheme: Scheme) -> Iterator[Issue]:
        """Give what is wrong with the label, and with PayNow on it."""
        tag, proxy = identified(objects, PAYNOW)
        if tag:
            yield from rules.issues_inside(proxy, PROXY, f"{tag}.")
        yield from super().check(objects, scheme)
        if not any("02" <= item.id <= "50" for item in objects):
            yield NO_NETWORK.broken("26-50")

    def meaning(self, objects: Objects, scheme: Scheme) -> dict[str, Any]:
        """Return what the label says beside PayNow."""
        known = super().meaning(objects, scheme)
        known["details"] |= named(self.account(objects, scheme)[1], self.PARTS)
        return known

    def accounts(self, order: Order, scheme: Scheme) -> Objects:
        """Return the templates of PayNow and of the label."""
        texts = {tag: order.extra.get(name, "") for name, tag in self.PARTS.items()}
        return (*super().accounts(order, scheme), template("51", _LABEL, texts))

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order for a made-up shop's label."""
        return Order(
            account="201403121W",
            payee="SOBA EXAMPLE",
            city="Singapore",
            reference="TABLE7",
            extra={
                "category": "5812",
                "sgqr_id": "180809072DD8",
                "sgqr_version": "01.0001",
                "sgqr_postal_code": "079027",
                "sgqr_level": "01",
                "sgqr_unit": "06",
                "sgqr_miscellaneous": "0000",
                "sgqr_date": "20180915",
            },
        )


WORKS = Sgqr()
