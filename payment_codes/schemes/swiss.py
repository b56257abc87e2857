"""Swiss QR-bills: 31 lines and what follows them (Swiss Implementation Guidelines QR-bill v2.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payment_codes.amount import Amount, decimal_text
from payment_codes.checks.iban import compact
from payment_codes.code import Order, PaymentCode
from payment_codes.fields import DataObject, inside, text_of
from payment_codes.money import read_decimal
from payment_codes.schemes import swiss_rules
from payment_codes.schemes.lines import LINE_END, line_end, lines_text
from payment_codes.schemes.orders import take_only
from payment_codes.schemes.swiss_rules import ADDRESS, BILL, LINES, SECTION
from payment_codes.schemes.text_fields import refuse_unwritable
from payment_codes.schemes.works import FieldRow, SchemeWorks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.issues import Issue, Rule
    from payment_codes.schemes.scheme import Scheme

_SAYABLE: Final = ("account", "payee", "city", "amount", "reference", "message")
_EXTRA: Final = (
    "street", "building", "postal_code", "country", "billing_information",
    "alternative_procedure_1", "alternative_procedure_2",
    *(f"debtor_{name}" for name in ADDRESS.fields if name != "type"),
)  # fmt: skip
_SAID: Final = (
    "iban", "amount", "currency", "ref_type", "reference", "message", "billing_information",
    "alternative_procedure_1", "alternative_procedure_2",
)  # fmt: skip


class SwissQr(SchemeWorks):
    """Reads and writes the lines of a QR-bill; the lines of an address are a template."""

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read a bill; lines that are empty at the end may be left out."""
        objects = _objects(text)
        values = {item.id: item.value for item in objects if isinstance(item.value, str)}
        currency = values.get("currency") or None
        amount, found = _amount(values.get("amount", ""), currency)
        account = compact(values.get("iban", "")) or None
        payee = text_of(inside(objects, "creditor"), "name") or None
        said = {key: value for key, value in values.items() if value and key in _SAID}
        said |= {
            role: name
            for role in ("creditor", "ultimate_creditor", "debtor")
            if (name := text_of(inside(objects, role), "name"))
        }
        return PaymentCode(
            scheme=scheme,
            objects=objects,
            country=account[:2] if account and account[:2] in swiss_rules.COUNTRIES else None,
            payee=payee,
            account=account,
            amount=amount,
            currency=currency,
            payer_enters_amount=not values.get("amount"),
            reference=said.get("reference"),
            message=said.get("message"),
            details=said | ({"iban": account} if account else {}),
            issues=(*swiss_rules.issues_of(text, objects, values), *found),
        )

    def write(self, objects: tuple[DataObject, ...], scheme: Scheme) -> str:
        """Write the lines; those that are empty after the trailer are left out."""
        return lines_text(objects).rstrip("\r\n")

    def compose(self, order: Order, scheme: Scheme) -> tuple[DataObject, ...]:
        """Return the lines of a bill; the reference's form tells its type.

        `extra`: street, building, postal_code and country of the payee, the same and name and city
        of the debtor with "debtor_" before them, billing_information, alternative_procedure_1, _2.
        """
        take_only(order, scheme, _SAYABLE, _EXTRA)
        given = dict(order.extra)
        creditor = given | {"name": order.payee, "city": order.city}
        debtor = {name: given.get(f"debtor_{name}", "") for name in ADDRESS.fields}
        values: dict[str, str | dict[str, str]] = {
            **dict.fromkeys(LINES, ""),
            **given,
            "tag": "SPC",
            "version": "0200",
            "coding": "1",
            "iban": order.account,
            "creditor": _address(creditor),
            "ultimate_creditor": _address({}),
            "amount": decimal_text(order.amount) if order.amount else "",
            "currency": order.amount.currency if order.amount else "CHF",
            "debtor": _address(debtor),
            "ref_type": _type_of(order.reference),
            "reference": order.reference,
            "message": order.message,
            "trailer": "EPD",
        }
        return DataObject(LINE_END, "CRLF"), *(_object(name, values[name]) for name in LINES)

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the lines in their order, those of every address, and the symbol."""
        symbol = FieldRow("", "Symbol", "M", "QR up to version 25, level M, a Swiss cross on it")
        return (*BILL.rows(), *ADDRESS.rows(), symbol)

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules of the lines and between them."""
        return swiss_rules.RULES

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to the account of the guidelines' own examples."""
        return Order(
            account="CH4431999123000889012",
            payee="Max Muster & Söhne",
            city="Seldwyla",
            amount=Amount(1949_75, "CHF"),
            reference="210000000003139471430009017",
            message="Two teas",
            extra={
                "street": "Musterstrasse",
                "building": "123",
                "postal_code": "8000",
                "debtor_name": "Simon Muster",
                "debtor_postal_code": "8000",
                "debtor_city": "Seldwyla",
                "debtor_country": "CH",
                "billing_information": "//S1/10/1234/11/201021",
            },
        )


def _objects(text: str) -> tuple[DataObject, ...]:
    *lines, last = text.split("\n", swiss_rules.LAST)
    return line_end(text), *_named([*(line.removesuffix("\r") for line in lines), last])


def _named(lines: list[str]) -> Iterator[DataObject]:
    """Give lines by their names, those of an address together, and what follows by its number."""
    at = 0
    for name in LINES:
        if at >= len(lines):
            return
        if name in swiss_rules.ADDRESSES:
            pieces = lines[at : at + len(ADDRESS.fields)]
            named = zip(ADDRESS.fields, pieces, strict=False)
            yield DataObject(name, tuple(DataObject(key, value) for key, value in named))
            at += len(pieces)
        else:
            yield DataObject(name, lines[at])
            at += 1
    for line in lines[at:]:
        yield DataObject(swiss_rules.BEYOND, line)


def _amount(text: str, currency: str | None) -> tuple[Amount | None, tuple[Issue, ...]]:
    if not text or currency not in swiss_rules.CURRENCIES:
        return None, ()
    amount, issues = read_decimal(text, currency, "amount", SECTION)
    if amount and amount.minor > swiss_rules.MOST_CENTS:
        return None, (swiss_rules.RANGE.broken("amount"),)
    return amount, issues


def _type_of(reference: str) -> str:
    if not reference:
        return "NON"
    return "SCOR" if reference.startswith("RF") else "QRR"


def _address(given: dict[str, str]) -> dict[str, str]:
    """Return the lines of a structured address; all of them empty without a name."""
    if not given.get("name"):
        return {**dict.fromkeys(ADDRESS.fields, ""), **_only_address(given)}
    return {"country": "CH", **_only_address(given), "type": "S"}


def _only_address(given: dict[str, str]) -> dict[str, str]:
    return {name: given[name] for name in ADDRESS.fields if given.get(name)}


def _object(name: str, value: str | dict[str, str]) -> DataObject:
    if isinstance(value, str):
        refuse_unwritable({name: value}, SECTION)
        return DataObject(name, value)
    refuse_unwritable(value, SECTION)
    pieces = (DataObject(key, value.get(key, "")) for key in ADDRESS.fields)
    return DataObject(name, tuple(pieces))


WORKS = SwissQr()
