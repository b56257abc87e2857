"""The base of every profile: read a code by its tables, say what it means, write one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from payment_codes.amount import decimal_text
from payment_codes.code import PaymentCode
from payment_codes.currency import currency, currency_by_number
from payment_codes.emv import frame, rules, tlv
from payment_codes.emv.crc import crc16
from payment_codes.emv.table import ROOT, Table
from payment_codes.errors import AmountInvalid, CodeInvalid
from payment_codes.fields import DataObject, inside, text_of
from payment_codes.issues import Issue, Rule
from payment_codes.money import read_decimal
from payment_codes.schemes.works import FieldRow, SchemeWorks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.amount import Amount
    from payment_codes.code import Detail, Order
    from payment_codes.schemes.scheme import Scheme

Objects = tuple[DataObject, ...]

_CURRENCY_UNKNOWN: Final = Rule(
    "currency_unknown", "ISO 4217", "The currency ({field}) is none of ISO 4217."
)
_NAMED: Final = {
    "mcc": "52", "currency": "53", "amount": "54", "tip": "55", "fee_fixed": "56",
    "fee_percent": "57", "country": "58", "merchant_name": "59", "merchant_city": "60",
    "postal_code": "61", "crc": "63",
}  # fmt: skip
_INITIATION: Final = {"11": "static", "12": "dynamic"}


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

    def table(self, scheme: Scheme) -> Table:
        """Return the root's table, with the templates that the profile owns."""
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
        table = self.table(scheme)
        objects = frame.divided(outside, table)
        covered = objects[:-1] if objects and objects[-1].id == "63" else objects
        issues += rules.issues_of(covered, table)
        issues += self._account_issues(objects, scheme)
        issues += self.check(objects, scheme)
        stated, amount, money_issues = self._money(objects)
        known = self.meaning(objects, scheme)
        details = {**_details(objects), **known.pop("details", {})}
        said: dict[str, Any] = {
            "scheme": scheme,
            "country": text_of(objects, "58") or scheme.country,
            "payee": text_of(objects, "59"),
            "reference": _told(text_of(inside(objects, "62"), self.REFERENCE)),
            "amount": amount,
            "currency": stated,
            "payer_enters_amount": text_of(objects, "54") is None,
        }
        # What a profile's table says of its template, EMVCo's may have said already.
        told = {(one.code, one.where): one for one in reversed((*issues, *money_issues))}
        all_issues = tuple(reversed(told.values()))
        return PaymentCode(**(said | known), objects=objects, details=details, issues=all_issues)

    def account(self, objects: Objects, scheme: Scheme) -> tuple[str, Objects]:
        """Return the tag and the content of the template whose identifier is the scheme's."""
        for item in objects:
            if "26" <= item.id <= "51" and not isinstance(item.value, str):
                guid = text_of(item.value, "00")
                if guid and scheme.guid and scheme.guid.match(guid):
                    return item.id, item.value
        return "", ()

    def _account_issues(self, objects: Objects, scheme: Scheme) -> Iterator[Issue]:
        tag, content = self.account(objects, scheme)
        if tag and self.ACCOUNT:
            yield from rules.issues_inside(content, self.ACCOUNT, f"{tag}.")

    def _money(self, objects: Objects) -> tuple[str | None, Amount | None, tuple[Issue, ...]]:
        """Return the currency and the amount, and what is wrong with them beyond their format."""
        numeric, text = text_of(objects, "53"), text_of(objects, "54")
        if numeric is None or not (numeric.isascii() and numeric.isdigit()):
            return None, None, ()
        try:
            stated = currency_by_number(numeric).code
        except AmountInvalid:
            return None, None, (_CURRENCY_UNKNOWN.broken("53"),)
        if text is None:
            return stated, None, ()
        amount, issues = read_decimal(text, stated, "54", f"{rules.SPECIFICATION} Table 3.3")
        # The tables say what is wrong with the text itself.
        beyond = tuple(one for one in issues if one.code == "amount_precision")
        return stated, amount, beyond

    def write(self, objects: Objects, scheme: Scheme) -> str:
        """Write data objects with their CRC; raises CodeInvalid for a value that has no length."""
        covered = tuple(item for item in objects if item.id != "63")
        try:
            payload = tlv.write(covered) + "6304"
        except ValueError as error:
            raise CodeInvalid(
                "This code cannot be written: {fault}.", section="§3", fault=str(error)
            ) from error
        return payload + crc16(payload)

    def compose(self, order: Order, scheme: Scheme) -> Objects:
        """Return the data objects of a new code."""
        stated = (
            order.amount.currency if order.amount else order.extra.get("currency", self.CURRENCY)
        )
        initiation = order.extra.get("initiation") or ("12" if order.amount else "11")
        single = {
            "52": order.extra.get("category", "0000"),
            "53": currency(stated).numeric,
            "54": decimal_text(order.amount) if order.amount else "",
            "58": order.extra.get("country", scheme.country or "CN"),
            "59": order.payee,
            "60": order.city,
            "61": order.extra.get("postal_code", ""),
        }
        fields = tuple(DataObject(tag, text) for tag, text in single.items() if text)
        labels = self.additional(order, scheme)
        return (
            DataObject("00", "01"),
            DataObject("01", initiation),
            *self.accounts(order, scheme),
            *fields,
            *((DataObject("62", labels),) if labels else ()),
        )

    def additional(self, order: Order, scheme: Scheme) -> Objects:
        """Return template 62 of a new code."""
        return (DataObject(self.REFERENCE, order.reference),) if order.reference else ()

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the root's table and those of its templates, runs of equal rows as one."""
        owned = tuple(_rows(self.ACCOUNT, "account.")) if self.ACCOUNT else ()
        return (*_rows(self.table(scheme), ""), *owned)

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return EMVCo's rules and the profile's own."""
        return (*frame.RULES, *rules.RULES, *self.RULES)


def _details(objects: Objects) -> dict[str, Detail]:
    """Return the root's single fields by their names."""
    found: dict[str, Detail] = {
        name: value for name, tag in _NAMED.items() if (value := text_of(objects, tag)) is not None
    }
    initiation = text_of(objects, "01")
    if initiation:
        found["poi"] = _INITIATION.get(initiation, initiation)
    return found


def _told(reference: str | None) -> str | None:
    """Return a reference; "***" stands for none, to be asked for or left out."""
    return None if reference == "***" else reference


def _rows(table: Table, path: str) -> Iterator[FieldRow]:
    previous: object = None
    for tag, field in table.fields.items():
        if field is previous:
            continue
        previous = field
        same = [one for one, other in table.fields.items() if other is field]
        span = tag if len(same) == 1 else f"{path}{tag} to {path}{same[-1]}"
        length = (
            f"{field.shortest}"
            if field.shortest == field.longest
            else f"{field.shortest} to {field.longest}"
        )
        form = "; ".join(
            (field.format.value, f"{length} characters", *(one.words for one in field.values))
        )
        yield FieldRow(
            span if len(same) > 1 else path + tag, field.name, "M" if field.mandatory else "O", form
        )
        if field.content is not None and len(same) == 1:
            yield from _rows(field.content, f"{path}{tag}.")
