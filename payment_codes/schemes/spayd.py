"""SPAYD, "QR platba": keys and values between stars (Short Payment Descriptor 1.0)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from payment_codes.amount import Amount, decimal_text
from payment_codes.checks.iban import compact
from payment_codes.code import Order, PaymentCode
from payment_codes.fields import DataObject
from payment_codes.money import read_decimal
from payment_codes.schemes.orders import take_only
from payment_codes.schemes.spayd_rules import (
    FIELDS,
    MOST_PARTS,
    PLACES,
    RULES,
    SECTION,
    check_sum,
    issues_of,
    part_text,
)
from payment_codes.schemes.text_fields import refuse_unwritable
from payment_codes.schemes.works import FieldRow, SchemeWorks

if TYPE_CHECKING:
    from payment_codes.issues import Issue, Rule
    from payment_codes.schemes.scheme import Scheme

_SAYABLE: Final = ("account", "payee", "amount", "reference", "message")
# Only stars, percent signs and what is not ASCII are encoded.
_SAFE: Final = " !\"#$&'(),/:;<=>?@[\\]^`{|}+"


class Spayd(SchemeWorks):
    """Reads and writes short payment descriptors; values stand in the tree as they are written."""

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read a descriptor; its header is the first data object, with the version."""
        objects = _objects(text)
        values = {item.id.upper(): unquote(str(item.value)) for item in reversed(objects[1:])}
        account, _, bic = values.get("ACC", "").partition("+")
        currency = values.get("CC") or "CZK"
        amount, found = _amount(values.get("AM", ""), currency)
        said = {key.lower(): value for key, value in values.items() if key and value}
        said |= {"acc": compact(account), "bic": bic}
        return PaymentCode(
            scheme=scheme,
            objects=objects,
            country="CZ",
            payee=values.get("RN") or None,
            account=compact(account) or None,
            amount=amount,
            currency=currency,
            payer_enters_amount=not values.get("AM"),
            reference=values.get("X-VS") or values.get("RF") or None,
            message=values.get("MSG") or None,
            details={key: value for key, value in said.items() if value},
            issues=(*issues_of(objects, values), *found),
        )

    def write(self, objects: tuple[DataObject, ...], scheme: Scheme) -> str:
        """Write a descriptor; its check sum, where it has one, fits again."""
        fresh = check_sum(objects)
        header, *rest = objects
        parts = (DataObject(one.id, fresh) if _is_stale(one, fresh) else one for one in rest)
        return "*".join((header.id, str(header.value), *map(part_text, parts)))

    def compose(self, order: Order, scheme: Scheme) -> tuple[DataObject, ...]:
        """Return the parts of a descriptor with a check sum; the reference is the variable symbol.

        `extra` are further ones by their keys, and BIC beside the account.
        """
        keys = FIELDS.fields.keys() - {"ACC", "AM", "CC", "RN", "MSG", "X-VS", "CRC32"}
        take_only(order, scheme, _SAYABLE, {*keys, "BIC"})
        extra = dict(order.extra)
        bic = extra.pop("BIC", "")
        values = {
            "ACC": f"{order.account}+{bic}" if bic else order.account,
            "AM": decimal_text(order.amount) if order.amount else "",
            "CC": order.amount.currency if order.amount else "CZK",
            "RN": order.payee,
            "MSG": order.message,
            "X-VS": order.reference,
            **extra,
        }
        refuse_unwritable(values, SECTION)
        parts = (
            DataObject("SPD", "1.0"),
            *(DataObject(key, quote(value, safe=_SAFE)) for key, value in values.items() if value),
        )
        return *parts, DataObject("CRC32", check_sum(parts))

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the keys."""
        return FIELDS.rows()

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules of the parts and between them."""
        return RULES

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to the account of the specification's own examples."""
        return Order(
            account="CZ5855000000001265098001",
            payee="Čajovna",
            amount=Amount(480_50, "CZK"),
            reference="1234567890",
            message="Dva čaje",
            extra={"BIC": "RZBCCZPP", "DT": "20261231", "PT": "IP", "X-SS": "42"},
        )


def _objects(text: str) -> tuple[DataObject, ...]:
    """Return the header with the version, and the parts.

    One without a colon has no key, nor has what follows the last part that is looked at.
    """
    header, version, *parts = text.split("*", MOST_PARTS + 2)
    return DataObject(header, version), *(_object(part) for part in parts)


def _object(part: str) -> DataObject:
    key, colon, value = part.partition(":")
    return DataObject(key, value) if colon and "*" not in part else DataObject("", part)


def _is_stale(item: DataObject, fresh: str) -> bool:
    return item.id.upper() == "CRC32" and str(item.value).upper() != fresh


def _amount(text: str, currency: str) -> tuple[Amount | None, tuple[Issue, ...]]:
    if not text:
        return None, ()
    amount, issues = read_decimal(text, currency, "AM", SECTION)
    if len(text.partition(".")[2]) > 2:
        return amount, (*issues, PLACES.broken("AM"))
    return amount, issues


WORKS = Spayd()
