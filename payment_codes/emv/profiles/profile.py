"""The base of every profile: read a code by its tables, say what it means, write one."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Final

from payment_codes.amount import decimal_text
from payment_codes.code import PaymentCode
from payment_codes.currency import currency, currency_by_number
from payment_codes.emv import frame, names, rules, tlv
from payment_codes.emv.crc import crc16
from payment_codes.emv.rows import rows_of
from payment_codes.emv.table import ROOT, SPECIFICATION, Field, Format, Table
from payment_codes.errors import AmountInvalid, CodeInvalid
from payment_codes.fields import DataObject, inside, text_of
from payment_codes.issues import Issue, Rule
from payment_codes.money import read_decimal
from payment_codes.schemes.works import FieldRow, SchemeWorks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from payment_codes.amount import Amount
    from payment_codes.code import Order
    from payment_codes.schemes.scheme import Scheme

Objects = tuple[DataObject, ...]

CURRENCY_UNKNOWN: Final = Rule(
    "currency_unknown", "ISO 4217", "The currency ({field}) is none of ISO 4217."
)
_FORMAT: Final = frozenset({"amount_format"})


class Profile(SchemeWorks):
    """Reads and writes the merchant-presented codes of a country or a network.

    A subclass says what it changes: the `table` of fields, `check` for rules between them,
    `meaning` for what they say, `accounts` and the rest of a new code.
    """

    RULES: ClassVar[tuple[Rule, ...]] = ()
    #: What the template holds whose identifier is the scheme's.
    ACCOUNT: ClassVar[Table | None] = None
    #: The ISO 4217 code that a new code is in.
    CURRENCY: ClassVar[str] = "USD"
    #: Where the payee's reference stands in template 62.
    REFERENCE: ClassVar[str] = "05"
    #: Where the payee's message stands in template 62; None where it has none.
    MESSAGE: ClassVar[str | None] = "08"
    #: The values of `Order.extra` that this scheme knows beyond those of every code, in words.
    EXTRA: ClassVar[Mapping[str, str]] = {}

    def table(self, scheme: Scheme) -> Table:
        """Return the root's table, the same each time, with the templates that the profile owns."""
        return ROOT

    def check(self, objects: Objects, scheme: Scheme) -> Iterator[Issue]:
        """Give what breaks the profile's own rules."""
        yield from ()

    def meaning(self, objects: Objects, scheme: Scheme) -> dict[str, Any]:
        """Return what the profile knows better: attributes of a `PaymentCode` by name.

        Its "details" are joined with those of every code.
        """
        return {}

    def accounts(self, order: Order, scheme: Scheme) -> Objects:
        """Return the merchant account information of a new code; raises CodeInvalid."""
        identifier = order.extra.get("guid", "ORG.EXAMPLE")
        return (DataObject("26", (DataObject("00", identifier), DataObject("01", order.account))),)

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read a code and everything that is wrong with it."""
        outside, issues = frame.read_outside(text)
        objects, table = self._divided(outside, scheme)
        covered = objects[:-1] if objects and objects[-1].id == "63" else objects
        issues += rules.issues_of(covered, table)
        issues += self.check(objects, scheme)
        stated, amount, money_issues = self._money(objects)
        issues += money_issues
        known = self.meaning(objects, scheme)
        details = {**names.details_of(objects), **known.pop("details", {})}
        said: dict[str, Any] = {
            "country": text_of(objects, "58") or scheme.country,
            "payee": text_of(objects, "59"),
            "amount": amount,
            "currency": stated,
            "payer_enters_amount": text_of(objects, "54") is None,
            **self._labels(objects),
            **known,
        }
        return PaymentCode(
            scheme=scheme,
            objects=objects,
            details=details,
            issues=frame.in_reading_order(issues, objects),
            **said,
        )

    def _divided(self, outside: Objects, scheme: Scheme) -> tuple[Objects, Table]:
        """Return the code's data objects with templates taken apart, and the table they keep to."""
        table = self.table(scheme)
        objects = frame.divided(outside, table)
        tag = self.account(objects, scheme)[0] if self.ACCOUNT else ""
        if not tag or not self.ACCOUNT:
            return objects, table
        table = _owning(table, tag, self.ACCOUNT)
        return (frame.divided(outside, table) if self.ACCOUNT.holds_templates else objects), table

    def _labels(self, objects: Objects) -> dict[str, str | None]:
        """Return the reference and the message of template 62."""
        additional = inside(objects, "62")
        return {
            "reference": _told(text_of(additional, self.REFERENCE)),
            "message": _told(text_of(additional, self.MESSAGE or "")),
        }

    def account(self, objects: Objects, scheme: Scheme) -> tuple[str, Objects]:
        """Return the tag and the content of the template whose identifier is the scheme's."""
        for item in objects:
            if "26" <= item.id <= "51" and not isinstance(item.value, str):
                guid = text_of(item.value, "00")
                if guid and scheme.guid and scheme.guid.match(guid):
                    return item.id, item.value
        return "", ()

    def _money(self, objects: Objects) -> tuple[str | None, Amount | None, tuple[Issue, ...]]:
        """Return the currency and the amount, and what is wrong with them beyond their format."""
        numeric, text = text_of(objects, "53"), text_of(objects, "54")
        if numeric is None or not (numeric.isascii() and numeric.isdigit()):
            return None, None, ()
        try:
            stated = currency_by_number(numeric).code
        except AmountInvalid:
            return None, None, (CURRENCY_UNKNOWN.broken("53"),)
        if text is None:
            return stated, None, ()
        amount, issues = read_decimal(text, stated, "54", f"{SPECIFICATION} Table 3.3")
        # The tables have said already what is wrong with the text itself.
        return stated, amount, tuple(one for one in issues if one.code not in _FORMAT)

    def write(self, objects: Objects, scheme: Scheme) -> str:
        """Write data objects with their CRC; raises CodeInvalid for a value that has no length.

        A CRC among them keeps its small letters where it is right.
        """
        payload = tlv.write(tuple(item for item in objects if item.id != "63")) + "6304"
        computed, stated = crc16(payload), text_of(objects, "63") or ""
        return payload + (stated if stated.upper() == computed else computed)

    def compose(self, order: Order, scheme: Scheme) -> Objects:
        """Return the data objects of a new code; raises CodeInvalid for what it cannot say."""
        unknown = order.extra.keys() - names.EXTRAS.keys() - self.extras()
        if unknown:
            raise _unsaid(min(unknown), scheme)
        amount, extra = order.amount, order.extra
        stated = amount.currency if amount else extra.get("currency", self.CURRENCY)
        single = {
            "52": "0000",
            "53": _numeric(stated),
            "54": self.amount_text(amount) if amount else "",
            "58": scheme.country or "CN",
            "59": order.payee,
            "60": order.city,
        }
        asked = {tag: extra[name] for name, tag in names.ROOT_EXTRAS.items() if extra.get(name)}
        templates = {"62": self.additional(order, scheme), "64": self.alternatives(order)}
        objects = (
            DataObject("00", "01"),
            DataObject("01", extra.get("initiation") or self.initiation(order)),
            *self.accounts(order, scheme),
            *names.filled(dict(sorted((single | asked).items()))),
            *(DataObject(tag, content) for tag, content in templates.items() if content),
            *self.unreserved(order, scheme),
        )
        self._refuse_unheard(order, objects, scheme)
        return objects

    def extras(self) -> frozenset[str]:
        """Return the names that `Order.extra` may have beside those of every code."""
        return frozenset(self.EXTRA)

    def initiation(self, order: Order) -> str:
        """Return tag 01 of a new code: with an amount it is used once."""
        return "12" if order.amount else "11"

    def additional(self, order: Order, scheme: Scheme) -> Objects:
        """Return template 62 of a new code."""
        labels = names.labels_of(order.extra) | {self.REFERENCE: order.reference}
        if self.MESSAGE:
            labels[self.MESSAGE] = order.message
        return names.filled(dict(sorted(labels.items())))

    def amount_text(self, amount: Amount) -> str:
        """Return tag 54 of a new code."""
        return decimal_text(amount)

    def unreserved(self, order: Order, scheme: Scheme) -> Objects:
        """Return the templates 80 to 99 of a new code."""
        return ()

    def alternatives(self, order: Order) -> Objects:
        """Return template 64 of a new code: names in another language."""
        return names.filled(names.alternatives_of(order.extra))

    def _refuse_unheard(self, order: Order, objects: Objects, scheme: Scheme) -> None:
        """Raise CodeInvalid where the order has something that these data objects do not say."""
        said = {**self._labels(objects), **self.meaning(objects, scheme)}
        for name in ("reference", "message", "expires"):
            if getattr(order, name) and not said.get(name):
                raise _unsaid(name, scheme)

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the root's table and those of its templates, runs of equal rows as one."""
        owned = tuple(rows_of(self.ACCOUNT, "account.")) if self.ACCOUNT else ()
        return (*rows_of(self.table(scheme)), *owned)

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return EMVCo's rules and the profile's own."""
        return (*frame.RULES, *rules.RULES, CURRENCY_UNKNOWN, *self.RULES)


@lru_cache(maxsize=256)
def _owning(table: Table, tag: str, content: Table) -> Table:
    """Return the root's table with the content of the scheme's own template."""
    field = Field(table.fields[tag].name, Format.TEMPLATE, 1, tlv.LONGEST_VALUE, content=content)
    return table.with_fields(content.section, {tag: field})


def _numeric(code: str) -> str:
    try:
        return currency(code).numeric
    except AmountInvalid as error:
        raise CodeInvalid(error.template, field="53", section="ISO 4217") from error


def _told(text: str | None) -> str | None:
    """Return a label; "***" stands for none, to be asked for or left out."""
    return None if text == "***" else text


def _unsaid(name: str, scheme: Scheme) -> CodeInvalid:
    return CodeInvalid(
        "A code of {scheme} cannot say this: {field}.",
        scheme=scheme.name,
        field=name,
        section=scheme.source,
    )
