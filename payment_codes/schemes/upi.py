"""UPI, India: a deep link to the payee's virtual address (NPCI UPI Linking Specification 1.6)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from payment_codes.amount import Amount, decimal_text
from payment_codes.code import Order, PaymentCode
from payment_codes.errors import CodeInvalid
from payment_codes.fields import DataObject, text_of
from payment_codes.issues import Issue, Rule, Severity
from payment_codes.money import read_decimal
from payment_codes.schemes.uri import query_objects, query_text
from payment_codes.schemes.works import FieldRow, SchemeWorks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "UPI Linking 1.6 §2.2"
_ACTIONS: Final = ("pay", "mandate", "collect")
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.\-_]{1,255}@[A-Za-z][A-Za-z0-9]{1,63}")

NO_ADDRESS: Final = Rule("missing", _SECTION, "The payee's address (pa) is missing.")
ADDRESS: Final = Rule("value", _SECTION, "The payee's address (pa) is not written name@handle.")
NO_NAME: Final = Rule("missing", _SECTION, "The payee's name (pn) is missing.", Severity.STRICT)
RUPEES: Final = Rule("currency_wrong", _SECTION, "UPI is paid in rupees: cu must be INR.")
TWICE: Final = Rule("duplicate", _SECTION, "{field} is there twice.")
ACTION: Final = Rule("value", _SECTION, "The action is none of pay, mandate and collect.")


class Upi(SchemeWorks):
    """Reads and writes deep links of UPI."""

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read a link; its action is the first data object, "action"."""
        action, _, query = text.partition("://")[2].partition("?")
        objects = (DataObject("action", action), *query_objects(query))
        issues = list(_issues(objects))
        amount: Amount | None = None
        stated = _value(objects, "am")
        if stated is not None:
            amount, found = read_decimal(stated, "INR", "am", _SECTION)
            issues += found
        return PaymentCode(
            scheme=scheme,
            objects=objects,
            country="IN",
            payee=_value(objects, "pn"),
            account=_value(objects, "pa"),
            amount=amount,
            currency="INR",
            payer_enters_amount=stated is None,
            reference=_value(objects, "tr"),
            message=_value(objects, "tn"),
            issues=tuple(issues),
        )

    def write(self, objects: tuple[DataObject, ...], scheme: Scheme) -> str:
        """Write a link."""
        action = text_of(objects, "action") or "pay"
        return f"upi://{action}?{query_text(objects[1:])}"

    def compose(self, order: Order, scheme: Scheme) -> tuple[DataObject, ...]:
        """Return the parameters of a link that pays; `extra` are further ones by their names."""
        if order.expires:
            raise CodeInvalid("A UPI link cannot say when it ends.", section=_SECTION)
        values = {
            "pa": order.account,
            "pn": order.payee,
            "tr": order.reference,
            "tn": order.message,
            "am": decimal_text(order.amount) if order.amount else "",
            "cu": order.amount.currency if order.amount else "INR",
            **order.extra,
        }
        given = (DataObject(key, value) for key, value in values.items() if value)
        return (DataObject("action", "pay"), *given)

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the parameters of a link."""
        return (
            FieldRow("pa", "Payee's virtual address", "M", "name@handle"),
            FieldRow("pn", "Payee's name", "M", "text"),
            FieldRow("mc", "Merchant category", "O", "four digits"),
            FieldRow("tr", "Reference of the transaction", "C", "text; with a merchant's code"),
            FieldRow("tn", "Note", "O", "text"),
            FieldRow("am", "Amount", "O", "decimal in rupees; absent: the payer enters it"),
            FieldRow("mam", "Least amount", "O", 'decimal; "null" counts as absent'),
            FieldRow("cu", "Currency", "O", "INR"),
            FieldRow("url", "Address with more about the order", "O", "web address"),
            FieldRow("sign", "Signature", "O", "base64"),
        )

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules of a link."""
        return (NO_ADDRESS, ADDRESS, NO_NAME, RUPEES, TWICE, ACTION)

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up address."""
        return Order(
            account="shop@example",
            payee="Corner Shop",
            amount=Amount(10_00, "INR"),
            reference="ORDER1",
            message="Two teas",
        )


def _value(objects: tuple[DataObject, ...], name: str) -> str | None:
    """Return a parameter; an empty one, and the word null, stand for none."""
    value = text_of(objects, name)
    return None if value in ("", "null") else value


def _issues(objects: tuple[DataObject, ...]) -> Iterator[Issue]:
    if text_of(objects, "action") not in _ACTIONS:
        yield ACTION.broken("action")
    seen: set[str] = set()
    for item in objects:
        if item.id in seen:
            yield TWICE.broken(item.id)
        seen.add(item.id)
    address = _value(objects, "pa")
    if address is None:
        yield NO_ADDRESS.broken("pa")
    elif not _ADDRESS.fullmatch(address):
        yield ADDRESS.broken("pa")
    if _value(objects, "pn") is None:
        yield NO_NAME.broken("pn")
    if _value(objects, "cu") not in (None, "INR"):
        yield RUPEES.broken("cu")


WORKS = Upi()
