"""The bar code and QR code on a Thai bill: |biller CR ref 1 CR ref 2 CR amount (BOT)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from payment_codes.amount import LARGEST_MINOR, Amount
from payment_codes.code import Order, PaymentCode
from payment_codes.errors import CodeInvalid
from payment_codes.fields import DataObject, text_of
from payment_codes.issues import Issue, Rule, Severity
from payment_codes.schemes.orders import refuse_broken, take_only
from payment_codes.schemes.works import FieldRow, SchemeWorks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.code import Detail
    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "Bank of Thailand bar code §2"
_STRICT: Final = Severity.STRICT
_NAMES: Final = ("biller_id", "ref1", "ref2", "amount_satang")
_LINE_END: Final = re.compile("\r\n|\r|\n")
_LONGEST_REFERENCE: Final = 20

BILLER: Final = Rule("value", _SECTION, "The biller ({field}) is not a number of 13 or 15 digits.")
REFERENCE: Final = Rule("missing", _SECTION, "The first reference ({field}) is missing.")
LONG: Final = Rule(
    "length", _SECTION, "The reference ({field}) has more than {most} characters.", _STRICT
)
CHARACTERS: Final = Rule(
    "characters", _SECTION, "The reference ({field}) must consist of ASCII characters.", _STRICT
)
NO_AMOUNT: Final = Rule("truncated", _SECTION, "The bill ends before its amount ({field}).")
AMOUNT: Final = Rule(
    "amount_format", _SECTION, "The amount ({field}) is not written in digits: satang, no point."
)
RANGE: Final = Rule("amount_range", _SECTION, "The amount ({field}) is too large.")
AFTER: Final = Rule("trailing", _SECTION, "Something follows the amount.")
LINES: Final = Rule(
    "structure", _SECTION, "The fields are not divided by carriage returns alone.", _STRICT
)


class ThaiBill(SchemeWorks):
    """Reads and writes the codes of bills; an amount of 0 leaves it to the payer."""

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read a bill; what follows its amount is kept in fields without a name."""
        told = _LINE_END.split(text.removeprefix("|"))
        ids = (*_NAMES, *("" for _ in told[len(_NAMES) :]))
        objects = tuple(DataObject(id_, value) for id_, value in zip(ids, told, strict=False))
        issues = [LINES.broken("")] if "\n" in text else []
        issues += _issues(objects)
        satang = _satang(text_of(objects, "amount_satang"))
        details: dict[str, Detail] = {
            name: value for name in _NAMES[:-1] if (value := text_of(objects, name))
        }
        if satang is not None:
            details["amount_satang"] = satang
        return PaymentCode(
            scheme=scheme,
            objects=objects,
            country="TH",
            account=text_of(objects, "biller_id"),
            amount=Amount(satang, "THB") if satang else None,
            currency="THB",
            payer_enters_amount=satang == 0,
            reference=text_of(objects, "ref1") or None,
            details=details,
            issues=tuple(issues),
        )

    def write(self, objects: tuple[DataObject, ...], scheme: Scheme) -> str:
        """Write a bill."""
        return "|" + "\r".join(str(item.value) for item in objects)

    def compose(self, order: Order, scheme: Scheme) -> tuple[DataObject, ...]:
        """Return the fields of a bill; `extra` may have its second reference, "ref2"."""
        take_only(order, scheme, ("account", "amount", "reference"), ("ref2",))
        amount = order.amount
        if amount and amount.currency != "THB":
            raise CodeInvalid(
                "A Thai bill is paid in baht, not in {currency}.",
                currency=amount.currency,
                field="amount_satang",
                section=_SECTION,
            )
        satang = str(amount.minor) if amount else "0"
        told = (order.account, order.reference, order.extra.get("ref2", ""), satang)
        objects = tuple(DataObject(id_, value) for id_, value in zip(_NAMES, told, strict=True))
        refuse_broken(_issues(objects))
        return objects

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the fields of a bill."""
        return (
            FieldRow("biller_id", "Biller", "M", "tax number of 13 digits and a suffix of two"),
            FieldRow("ref1", "Reference 1", "M", "up to 20 characters"),
            FieldRow("ref2", "Reference 2", "O", "up to 20 characters"),
            FieldRow("amount_satang", "Amount", "M", "satang in digits; 0: the payer enters it"),
        )

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules of a bill."""
        return (
            BILLER, REFERENCE, LONG, CHARACTERS, NO_AMOUNT, AMOUNT, RANGE, AFTER, LINES,
        )  # fmt: skip

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up biller."""
        return Order(
            account="099400000000100",
            amount=Amount(3649_22, "THB"),
            reference="123456789012",
            extra={"ref2": "670429"},
        )


def _satang(text: str | None) -> int | None:
    """Return an amount in satang; None for what is none, or too large."""
    if text is None or not re.fullmatch("[0-9]{1,20}", text) or int(text) > LARGEST_MINOR:
        return None
    return int(text)


def _issues(objects: tuple[DataObject, ...]) -> Iterator[Issue]:
    if not re.fullmatch("[0-9]{13}(?:[0-9]{2})?", text_of(objects, "biller_id") or ""):
        yield BILLER.broken("biller_id")
    if not text_of(objects, "ref1"):
        yield REFERENCE.broken("ref1")
    for name in ("ref1", "ref2"):
        reference = text_of(objects, name) or ""
        if len(reference) > _LONGEST_REFERENCE:
            yield LONG.broken(name, most=_LONGEST_REFERENCE)
        if not (reference.isascii() and (reference.isprintable() or not reference)):
            yield CHARACTERS.broken(name)
    amount = text_of(objects, "amount_satang")
    if amount is None:
        yield NO_AMOUNT.broken("amount_satang")
    elif not re.fullmatch("[0-9]+", amount):
        yield AMOUNT.broken("amount_satang")
    elif _satang(amount) is None:
        yield RANGE.broken("amount_satang")
    if len(objects) > len(_NAMES):
        yield AFTER.broken("")


WORKS = ThaiBill()
