"""PAY by square, Slovakia: payments packed into capitals and digits (PAY by square 1.1.0)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from payment_codes.amount import Amount, decimal_text
from payment_codes.checks.iban import compact
from payment_codes.code import Detail, Order, PaymentCode
from payment_codes.fields import DataObject, inside, text_of
from payment_codes.issues import Issue, Rule
from payment_codes.money import read_decimal
from payment_codes.schemes import by_square_packing
from payment_codes.schemes.by_square_fields import (
    BENEFICIARY,
    PAYMENT,
    RULES,
    SECTION,
    TABLES,
    fields_of,
    issues_of,
    objects_of,
)
from payment_codes.schemes.by_square_packing import pack, unpack
from payment_codes.schemes.orders import take_only
from payment_codes.schemes.text_fields import refuse_unwritable
from payment_codes.schemes.works import FieldRow, SchemeWorks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.schemes.scheme import Scheme

_NEWEST: Final = 2
_SYMBOL: Final = re.compile("[0-9]{1,10}")
_SAYABLE: Final = ("account", "payee", "city", "amount", "reference", "message")
_EXTRA: Final = ("invoice_id", "due_date", "ks", "ss", "bic", "street")

VERSION: Final = Rule("version", "PAY by square 1.1.0 §3.5", "The version ({field}) is too new.")
KIND: Final = Rule(
    "value", "PAY by square 1.1.0 §3.5", "By its header ({field}) it is no PAY by square document."
)


class BySquare(SchemeWorks):
    """Reads and writes packed payments.

    The first data object is the text as it was packed: compressors differ, and a code that nobody
    changed is written as it was.
    """

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read the payments; the code speaks of the first one and its first account."""
        header, fields, found = unpack(text)
        tree = () if fields is None else objects_of(fields)
        version = int(header[1:2] or "0", 16)
        payment, payee = inside(tree, "payment"), inside(tree, "beneficiary")
        account = inside(payment, "account")
        amount, wrong = _amount(payment)
        said = {name: text_of(payment, name) for name in PAYMENT.fields} | {
            "invoice_id": text_of(tree, "invoice_id"),
            "amount": _shortest(text_of(payment, "amount") or ""),
            "iban": compact(text_of(account, "iban") or ""),
            "bic": text_of(account, "bic"),
            "beneficiary": text_of(payee, "name"),
        }
        details: dict[str, Detail] = {name: value for name, value in said.items() if value}
        issues = (*found, *_header_issues(header), *wrong)
        return PaymentCode(
            scheme=scheme,
            objects=(DataObject("packed", text), DataObject("header", header), *tree),
            country="SK",
            payee=said["beneficiary"] or None,
            account=said["iban"] or None,
            amount=amount,
            currency=said["currency"] or None,
            payer_enters_amount=bool(payment) and not said["amount"],
            reference=said["vs"] or said["reference"] or None,
            message=said["note"] or None,
            details=details | {"version": version},
            confidence=scheme.confidence if found else 1.0,
            issues=issues if fields is None else (*issues, *issues_of(tree, version)),
        )

    def write(self, objects: tuple[DataObject, ...], scheme: Scheme) -> str:
        """Write the payments; packed anew only if something in them was changed."""
        packed, header = text_of(objects, "packed") or "", text_of(objects, "header") or "0200"
        fields = fields_of(item for item in objects if item.id not in ("packed", "header"))
        if packed:
            before = unpack(packed)
            if before == (header, fields, ()) or before.fields is None:
                return packed
        return pack(header, fields)

    def compose(self, order: Order, scheme: Scheme) -> tuple[DataObject, ...]:
        """Return the fields of a payment order of version 1.2.0, which needs the payee.

        A reference of up to ten digits is the variable symbol. `extra`: invoice_id, due_date, ks,
        ss, bic, street.
        """
        take_only(order, scheme, _SAYABLE, _EXTRA)
        is_symbol = bool(_SYMBOL.fullmatch(order.reference))
        given = dict.fromkeys((*PAYMENT.fields, *_EXTRA), "") | {
            **order.extra,
            "options": "1",
            "amount": decimal_text(order.amount) if order.amount else "",
            "currency": order.amount.currency if order.amount else "EUR",
            "vs": order.reference if is_symbol else "",
            "reference": "" if is_symbol else order.reference,
            "note": order.message,
            "accounts": "1",
            "iban": order.account,
            "name": order.payee,
            "city": order.city,
        }
        refuse_unwritable(given, SECTION)
        names = (*PAYMENT.fields, "iban", "bic")
        values = (
            given["invoice_id"], "1", *(given[name] for name in names), "0", "0",
            *(given[name] for name in BENEFICIARY.fields),
        )  # fmt: skip
        return DataObject("header", "0200"), *objects_of("\t".join(values))

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the fields in their order."""
        return tuple(row for table in TABLES for row in table.rows())

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules of the packing, the header and the fields."""
        return (*by_square_packing.RULES, VERSION, KIND, *RULES)

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up account."""
        return Order(
            account="SK9611000000002918599669",
            payee="Čajovňa",
            city="Bratislava",
            amount=Amount(12_50, "EUR"),
            reference="123",
            message="Dva čaje",
            extra={"bic": "TATRSKBX", "due_date": "20261231", "ks": "0308"},
        )


def _amount(payment: tuple[DataObject, ...]) -> tuple[Amount | None, tuple[Issue, ...]]:
    text, currency = text_of(payment, "amount"), text_of(payment, "currency")
    if not text or not currency:
        return None, ()
    return read_decimal(text, currency, "payment.amount", SECTION)


def _shortest(decimal: str) -> str:
    """Return a decimal without zeros at the end of its places: "10.00" is "10"."""
    return decimal.rstrip("0").rstrip(".") if "." in decimal else decimal


def _header_issues(header: str) -> Iterator[Issue]:
    if not header:
        return
    if int(header[1], 16) > _NEWEST:
        yield VERSION.broken("version")
    if header[0] != "0" or header[2] != "0":
        yield KIND.broken("header")


WORKS = BySquare()
