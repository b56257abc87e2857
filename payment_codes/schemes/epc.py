"""SEPA credit transfers, "GiroCode": up to twelve lines (EPC069-12 v2.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from payment_codes.amount import Amount, decimal_text
from payment_codes.checks.iban import LENGTHS, compact
from payment_codes.code import Order, PaymentCode
from payment_codes.fields import DataObject
from payment_codes.issues import Issue, Rule, Severity
from payment_codes.money import amount_rules, read_decimal
from payment_codes.schemes.accounts import AccountRules
from payment_codes.schemes.lines import LINE_END, beyond, line_objects, lines_text, mixes_ends
from payment_codes.schemes.orders import take_only
from payment_codes.schemes.text_fields import TextField, TextTable, refuse_unwritable
from payment_codes.schemes.works import FieldRow, SchemeWorks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "EPC069-12 v2.1 §3"
_STRICT: Final = Severity.STRICT
_CHARSETS: Final = (
    "UTF-8", "ISO-8859-1", "ISO-8859-2", "ISO-8859-4",
    "ISO-8859-5", "ISO-8859-7", "ISO-8859-10", "ISO-8859-15",
)  # fmt: skip
_SAYABLE: Final = ("account", "payee", "amount", "reference", "message")
_MOST_BYTES: Final = 331
_MOST_CENTS: Final = 999_999_999_99
# The European Economic Area: only transfers from outside it still need the BIC.
_EEA: Final = (
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
)

_FIELDS: Final = TextTable(
    _SECTION,
    TextField("tag", "Service tag", "BCD", presence="M"),
    TextField("version", "Version", "001 or 002", presence="M"),
    TextField(
        "charset", "Character set", "a digit: " + ", ".join(
            f"{number} {name}" for number, name in enumerate(_CHARSETS, 1)
        ),
        presence="M", pattern=re.compile("[1-8]"), firm=True,
    ),
    TextField(
        "identification", "Identification", "SCT", presence="M",
        pattern=re.compile("SCT|INST"), firm=True,
    ),
    TextField("bic", "BIC of the payee's bank", "BIC; in version 001 always", presence="C"),
    TextField("name", "Payee", "at most 70 characters", 70, "M"),
    TextField("iban", "Payee's account", "IBAN", presence="M"),
    TextField("amount", "Amount", "EUR and a decimal, 0.01 to 999999999.99"),
    TextField(
        "purpose", "Purpose", "one to four capital letters and digits",
        pattern=re.compile("[A-Z0-9]{1,4}"),
    ),
    TextField("reference", "Structured reference", "creditor reference; no text", 35, "C"),
    TextField("text", "Text for the payee", "at most 140 characters; no reference", 140, "C"),
    TextField("info", "Information for the payer", "at most 70 characters", 70),
)  # fmt: skip
_NAMES: Final = tuple(_FIELDS.fields)
_ACCOUNTS: Final = AccountRules(_SECTION)

VERSION: Final = Rule("version", _SECTION, "The version ({field}) is none of 001 and 002.")
VERSION_3: Final = Rule(
    "version", _SECTION, "Version 003 ({field}) is newer than the guideline.", _STRICT
)
INSTANT: Final = Rule(
    "value", _SECTION, "Instant transfers ({field}) are known from version 003 on only.", _STRICT
)
NO_BIC: Final = Rule("missing", _SECTION, "The BIC ({field}) is missing: version 001 needs it.")
BIC_OUTSIDE: Final = Rule(
    "dependency", _SECTION,
    "The BIC ({field}) is missing: accounts outside the European Economic Area need it.", _STRICT,
)  # fmt: skip
EUROS: Final = Rule("currency_wrong", _SECTION, "The amount ({field}) is not in euros: EUR12.50.")
FORM, _, PRECISION, ZERO = amount_rules(_SECTION)
RANGE: Final = Rule("amount_range", _SECTION, "The amount ({field}) is over 999999999.99.")
BOTH: Final = Rule(
    "exclusive", _SECTION, "A structured reference and a text ({field}) exclude each other."
)
ENDS: Final = Rule(
    "structure", "EPC069-12 v2.1 §2", "Lines end in LF and in CRLF; it must be one.", _STRICT
)
ENCODING: Final = Rule(
    "encoding", _SECTION, "A character is not in the character set {charset} that it says.", _STRICT
)
TOO_LONG: Final = Rule(
    "too_long", "EPC069-12 v2.1 §2", "It has {count} bytes; at most 331 are allowed.", _STRICT
)
TRAILING: Final = Rule("trailing", _SECTION, "Something follows the twelfth line ({field}).")
_RULES: Final = (
    VERSION, VERSION_3, INSTANT, NO_BIC, BIC_OUTSIDE, EUROS, RANGE, BOTH, ENDS, ENCODING, TOO_LONG,
    TRAILING, *_FIELDS.rules, FORM, PRECISION, ZERO, _ACCOUNTS.bank,
    *dict.fromkeys((*_ACCOUNTS.account_rules, *_ACCOUNTS.reference_rules)),
)  # fmt: skip


class Epc(SchemeWorks):
    """Reads and writes the lines of a SEPA credit transfer."""

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read the lines; empty ones at the end may be left out."""
        objects = line_objects(text, _NAMES)
        values = {item.id: item.value for item in objects if isinstance(item.value, str)}
        amount, found = _amount(values.get("amount", ""))
        issues = (*_issues(text, values), *found)
        said = {key: value for key, value in values.items() if value and key in _NAMES[1:]}
        said["iban"] = compact(values.get("iban", ""))
        said["charset"] = _charset(values) or ""
        said["amount"] = values.get("amount", "").removeprefix("EUR")
        said["reference"] = _reference(values.get("reference", ""))
        return PaymentCode(
            scheme=scheme,
            objects=objects,
            country=said["iban"][:2] if said["iban"][:2] in LENGTHS else None,
            payee=said.get("name"),
            account=said["iban"] or None,
            amount=amount,
            currency="EUR",
            payer_enters_amount=not values.get("amount"),
            reference=said["reference"] or None,
            message=said.get("text"),
            details={key: value for key, value in said.items() if value},
            issues=issues,
        )

    def write(self, objects: tuple[DataObject, ...], scheme: Scheme) -> str:
        """Write the lines; those that are empty at the end are left out."""
        return lines_text(objects).rstrip("\r\n")

    def compose(self, order: Order, scheme: Scheme) -> tuple[DataObject, ...]:
        """Return the lines of a transfer in UTF-8; `extra`: version, bic, purpose, info."""
        take_only(order, scheme, _SAYABLE, ("version", "bic", "purpose", "info"))
        values = dict.fromkeys(_NAMES, "") | {
            "tag": "BCD",
            "version": "002",
            "charset": "1",
            "identification": "SCT",
            "name": order.payee,
            "iban": order.account,
            "amount": order.amount.currency + decimal_text(order.amount) if order.amount else "",
            "reference": order.reference,
            "text": order.message,
            **order.extra,
        }
        refuse_unwritable(values, _SECTION)
        lines = (DataObject(name, value) for name, value in values.items())
        return DataObject(LINE_END, "LF"), *lines

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the lines in their order, and what symbol they are drawn as."""
        return (*_FIELDS.rows(), FieldRow("", "Symbol", "M", "QR up to version 13, level M"))

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules of the lines and between them."""
        return _RULES

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order of an account that is printed in every handbook."""
        return Order(
            account="DE89370400440532013000",
            payee="Corner Shop Müller",
            amount=Amount(12_50, "EUR"),
            reference="RF18539007547034",
            extra={"bic": "COBADEFFXXX", "purpose": "GDDS", "info": "Two teas"},
        )


def _charset(values: dict[str, str]) -> str | None:
    number = values.get("charset", "")
    return _CHARSETS[int(number) - 1] if re.fullmatch("[1-8]", number) else None


def _reference(text: str) -> str:
    """Return a reference as it is checked; what is none of ISO 11649 stays as it is written."""
    return compact(text) if compact(text).startswith("RF") else text


def _amount(text: str) -> tuple[Amount | None, tuple[Issue, ...]]:
    if not text:
        return None, ()
    if not text.startswith("EUR"):
        return None, (EUROS.broken("amount"),)
    amount, issues = read_decimal(text[3:], "EUR", "amount", _SECTION)
    if amount and amount.minor > _MOST_CENTS:
        return None, (RANGE.broken("amount"),)
    return amount, issues


def _issues(text: str, values: dict[str, str]) -> Iterator[Issue]:
    yield from _FIELDS.issues(values)
    yield from _text_issues(text, values)
    version = values.get("version")
    if version == "003":
        yield VERSION_3.broken("version")
    elif version and version not in ("001", "002"):
        yield VERSION.broken("version")
    if values.get("identification") == "INST" and version != "003":
        yield INSTANT.broken("identification")
    yield from _account_issues(values)
    if reference := values.get("reference"):
        yield from _ACCOUNTS.creditor_reference(reference, "reference")
        if values.get("text"):
            yield BOTH.broken("text")


def _account_issues(values: dict[str, str]) -> Iterator[Issue]:
    iban, bic = values.get("iban", ""), values.get("bic")
    if iban:
        yield from _ACCOUNTS.iban(iban, "iban")
    if bic:
        yield from _ACCOUNTS.bic(bic, "bic")
    elif values.get("version") == "001":
        yield NO_BIC.broken("bic")
    elif iban and compact(iban)[:2] not in _EEA:
        yield BIC_OUTSIDE.broken("bic")


def _text_issues(text: str, values: dict[str, str]) -> Iterator[Issue]:
    if mixes_ends(text):
        yield ENDS.broken("")
    charset = _charset(values) or "UTF-8"
    data = text.encode(charset, errors="replace")
    if data.decode(charset) != text:
        yield ENCODING.broken("", charset=charset)
    if len(data) > _MOST_BYTES:
        yield TOO_LONG.broken("", count=len(data))
    if beyond(_NAMES) in values:
        yield TRAILING.broken(beyond(_NAMES))


WORKS = Epc()
