"""Bills by PromptPay, Thailand: who sent one, and its references (Thai QR Payment Standard)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from payment_codes.amount import Amount
from payment_codes.code import Order
from payment_codes.emv.profiles import thai
from payment_codes.emv.profiles.national import guid_field, named
from payment_codes.emv.table import Field, Format, table
from payment_codes.fields import inside, text_of
from payment_codes.issues import Issue, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from payment_codes.emv.profiles.profile import Objects
    from payment_codes.schemes.scheme import Scheme

_BILL: Final = "A000000677010112"
_BILL_ABROAD: Final = "A000000677012006"
_BILLER: Final = re.compile(r"[0-9]{13}(?:[0-9]{2})?")
_TEXT: Final = Format.ALPHANUMERIC_SPECIAL

BILLER: Final = Rule(
    "value", thai.SECTION, "The biller ({field}) is not a number of 13 or 15 digits."
)


class PromptPayBill(thai.Thai):
    """A bill: who sent it, and its one or two references."""

    TAG = "30"
    GUID = _BILL
    APPLICATIONS = (_BILL, _BILL_ABROAD)
    REFERENCE = "07"
    RULES = (BILLER, thai.MESSAGE)
    ACCOUNT = table(
        thai.SECTION,
        {
            "00": guid_field(f"{_BILL} or {_BILL_ABROAD}"),
            "01": Field("Biller", _TEXT, 1, 99, mandatory=True),
            "02": Field(
                "Reference 1", _TEXT, 1, 20, mandatory=True, strict_only=thai.LOOSE | {"missing"}
            ),
            "03": Field("Reference 2", _TEXT, 1, 20, strict_only=thai.LOOSE),
        },
    )
    PARTS: ClassVar[Mapping[str, str]] = {"biller_id": "01", "ref1": "02", "ref2": "03"}
    ACCOUNT_PARTS = ("biller_id",)
    EXTRA: ClassVar[Mapping[str, str]] = {
        "ref2": "the bill's second reference",
        "ref3": "its third one",
    }

    def check(self, objects: Objects, scheme: Scheme) -> Iterator[Issue]:
        """Give what is wrong with the biller, and what every Thai code may have wrong."""
        yield from super().check(objects, scheme)
        tag, content = self.account(objects, scheme)
        biller = text_of(content, "01")
        if biller and not _BILLER.fullmatch(biller):
            yield BILLER.broken(f"{tag}.01")

    def meaning(self, objects: Objects, scheme: Scheme) -> dict[str, Any]:
        """Return the first reference as that of the payment."""
        known = super().meaning(objects, scheme)
        details = known["details"] | named(inside(objects, "62"), {"ref3": self.REFERENCE})
        return known | {"reference": details.get("ref1"), "details": details}

    def parts(self, order: Order) -> dict[str, str]:
        """Return the biller and the references."""
        return super().parts(order) | {self.PARTS["ref1"]: order.reference}

    def additional(self, order: Order, scheme: Scheme) -> Objects:
        """Return the third reference; the first one is beside the biller."""
        return super().additional(replace(order, reference=order.extra.get("ref3", "")), scheme)

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up biller."""
        return Order(
            account="099400000000100",
            amount=Amount(3649_22, "THB"),
            reference="123456789012",
            extra={"ref2": "670429", "ref3": "SCB"},
        )


WORKS = PromptPayBill()
