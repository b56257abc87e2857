"""The fields of PAY by square: their order, their trees and their rules (1.1.0, table 15)."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Final

from payment_codes.fields import DataObject, inside, text_of
from payment_codes.issues import Issue, Rule, Severity
from payment_codes.money import amount_rules
from payment_codes.schemes.accounts import AccountRules
from payment_codes.schemes.text_fields import TextField, TextTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SECTION: Final = "PAY by square 1.1.0, table 15"
MOST_PAYMENTS: Final = 20
MOST_ACCOUNTS: Final = 5
_DATE, _COUNT, _FLAG = re.compile("[0-9]{8}"), re.compile("[1-9][0-9]?"), re.compile("[01]")
_DECIMAL: Final = "decimal of at most 15 characters"
_SYMBOL: Final = re.compile("[0-9]{1,10}")

DOCUMENT: Final = TextTable(
    SECTION,
    TextField("invoice_id", "Number of the invoice", "at most 10 characters", 10),
    TextField("payments", "How many payments", "number", presence="M", pattern=_COUNT, firm=True),
)
PAYMENT: Final = TextTable(
    SECTION,
    TextField(
        "options", "Kinds of order", "sum of 1 payment, 2 standing order, 4 direct debit",
        presence="M", pattern=re.compile("[1-7]"), firm=True,
    ),
    TextField("amount", "Amount", _DECIMAL + "; absent: the payer enters it", 15),
    TextField("currency", "Currency", "ISO 4217", presence="M", pattern=re.compile("[A-Z]{3}")),
    TextField("due_date", "Due date", "YYYYMMDD", pattern=_DATE),
    TextField("vs", "Variable symbol", "up to 10 digits", pattern=_SYMBOL),
    TextField("ks", "Constant symbol", "up to 4 digits", pattern=re.compile("[0-9]{1,4}")),
    TextField("ss", "Specific symbol", "up to 10 digits", pattern=_SYMBOL),
    TextField("reference", "Originator's reference", "at most 35 characters", 35),
    TextField("note", "Note", "at most 140 characters", 140),
    TextField("accounts", "How many accounts", "number", presence="M", pattern=_COUNT, firm=True),
)  # fmt: skip
ACCOUNT: Final = TextTable(
    SECTION,
    TextField("iban", "Account", "IBAN", presence="M"),
    TextField("bic", "BIC", "8 or 11 characters"),
)
EXTENSIONS: Final = TextTable(
    SECTION,
    TextField("standing_order", "Standing order follows", "0 or 1", presence="M", pattern=_FLAG),
    TextField("direct_debit", "Direct debit follows", "0 or 1", presence="M", pattern=_FLAG),
)
STANDING_ORDER: Final = TextTable(
    SECTION,
    TextField("day", "Day", "of the month or the week", pattern=re.compile("[0-9]{1,2}")),
    TextField("month", "Months", "sum of 1 January to 2048", pattern=re.compile("[0-9]{1,4}")),
    TextField(
        "periodicity", "Period", "one of d w b m B q s a", presence="M",
        pattern=re.compile("[dwbmBqsa]"),
    ),
    TextField("last_date", "Last date", "YYYYMMDD", pattern=_DATE),
)  # fmt: skip
DIRECT_DEBIT: Final = TextTable(
    SECTION,
    TextField("scheme", "Scheme", "0 other, 1 SEPA", pattern=_FLAG),
    TextField("type", "Kind", "0 once, 1 recurrent", pattern=_FLAG),
    TextField("vs", "Variable symbol", "up to 10 digits", pattern=_SYMBOL),
    TextField("ss", "Specific symbol", "up to 10 digits", pattern=_SYMBOL),
    TextField("reference", "Originator's reference", "at most 35 characters", 35),
    TextField("mandate_id", "Mandate", "at most 35 characters", 35),
    TextField("creditor_id", "Creditor", "at most 35 characters", 35),
    TextField("contract_id", "Contract", "at most 35 characters", 35),
    TextField("max_amount", "Largest amount", _DECIMAL, 15),
    TextField("valid_till", "Valid until", "YYYYMMDD", pattern=_DATE),
)
BENEFICIARY: Final = TextTable(
    SECTION,
    TextField("name", "Payee", "at most 70 characters; from version 1.2.0 on always", 70, "C"),
    TextField("street", "Street", "at most 70 characters", 70),
    TextField("city", "Town", "at most 70 characters", 70),
)
TABLES: Final = (
    DOCUMENT, PAYMENT, ACCOUNT, EXTENSIONS, STANDING_ORDER, DIRECT_DEBIT, BENEFICIARY,
)  # fmt: skip
_ACCOUNTS: Final = AccountRules(SECTION)

INCOMPLETE: Final = Rule(
    "truncated", SECTION, "The fields end before those of all payments are there."
)
TRAILING: Final = Rule(
    "trailing", SECTION, "Something follows the last field ({field}).", Severity.STRICT
)
NO_PAYEE: Final = Rule(
    "missing", "PAY by square 1.2.0", "The payee ({field}) is missing: version 1.2.0 needs it.",
    Severity.STRICT,
)  # fmt: skip
PAYEE_UNKNOWN: Final = Rule(
    "not_allowed", SECTION, "Version 1.0.0 knows no payee ({field}).", Severity.STRICT
)
RULES: Final = (
    INCOMPLETE, TRAILING, NO_PAYEE, PAYEE_UNKNOWN, *_ACCOUNTS.account_rules,
    _ACCOUNTS.bank, *amount_rules(SECTION),
    *dict.fromkeys(rule for table in TABLES for rule in table.rules),
)  # fmt: skip


def objects_of(fields: str) -> tuple[DataObject, ...]:
    """Return the tree of fields between tabs; joined in their order they are the same again."""
    left = deque(fields.split("\t"))
    head = _take(left, DOCUMENT.fields)
    count = _number(head, "payments", MOST_PAYMENTS)
    payments = tuple(DataObject("payment", _payment(left)) for _ in range(count) if left)
    payees = tuple(
        DataObject("beneficiary", _take(left, BENEFICIARY.fields)) for _ in payments if left
    )
    further = (DataObject("further", "\t".join(left)),) if left else ()
    return (*head, *payments, *payees, *further)


def fields_of(objects: Iterable[DataObject]) -> str:
    """Write a tree as fields between tabs."""
    return "\t".join(_texts(objects))


def _texts(objects: Iterable[DataObject]) -> Iterator[str]:
    for item in objects:
        if isinstance(item.value, str):
            yield item.value
        else:
            yield from _texts(item.value)


def _payment(left: deque[str]) -> tuple[DataObject, ...]:
    head = _take(left, PAYMENT.fields)
    count = _number(head, "accounts", MOST_ACCOUNTS)
    accounts = (DataObject("account", _take(left, ACCOUNT.fields)) for _ in range(count) if left)
    return (
        *head,
        *accounts,
        *_extension(left, "standing_order", STANDING_ORDER),
        *_extension(left, "direct_debit", DIRECT_DEBIT),
    )


def _extension(left: deque[str], name: str, table: TextTable) -> Iterator[DataObject]:
    """Give the mark of an extension, and its fields where the mark is 1."""
    mark = _take(left, (name,))
    yield from mark
    if text_of(mark, name) == "1":
        yield DataObject(f"{name}_extension", _take(left, table.fields))


def _take(left: deque[str], names: Iterable[str]) -> tuple[DataObject, ...]:
    return tuple(DataObject(name, left.popleft()) for name in names if left)


def _number(objects: tuple[DataObject, ...], name: str, most: int) -> int:
    text = text_of(objects, name) or ""
    return min(int(text), most) if _COUNT.fullmatch(text) else 0


def issues_of(objects: tuple[DataObject, ...], version: int) -> Iterator[Issue]:
    """Give what is wrong with a tree of a version: 0 is 1.0.0, 1 is 1.1.0, 2 is 1.2.0."""
    yield from DOCUMENT.issues(_values(objects))
    payments = [item.value for item in objects if item.id == "payment"]
    told = _number(objects, "payments", 99)
    if len(payments) < told:
        yield INCOMPLETE.broken("payments")
    for number, payment in enumerate(payments, 1):
        if not isinstance(payment, str):
            yield from _payment_issues(payment, "payment" if number == 1 else f"payment {number}")
    if any(item.id == "further" for item in objects):
        yield TRAILING.broken("further")
    payees = [_values(item.value) for item in objects if item.id == "beneficiary"]
    for payee in payees:
        yield from BENEFICIARY.issues(payee, "beneficiary.")
    named = bool(payees) and bool(payees[0].get("name"))
    if version >= 2 and not named:
        yield NO_PAYEE.broken("beneficiary.name")
    elif version == 0 and named:
        yield PAYEE_UNKNOWN.broken("beneficiary.name")


def _payment_issues(payment: tuple[DataObject, ...], path: str) -> Iterator[Issue]:
    values = _values(payment)
    yield from PAYMENT.issues(values, f"{path}.")
    yield from EXTENSIONS.issues(values, f"{path}.")
    for name, table in (("standing_order", STANDING_ORDER), ("direct_debit", DIRECT_DEBIT)):
        extension = inside(payment, f"{name}_extension")
        if extension:
            yield from table.issues(_values(extension), f"{path}.{name}.")
    accounts = [item.value for item in payment if item.id == "account"]
    if len(accounts) < _number(payment, "accounts", 99):
        yield INCOMPLETE.broken(f"{path}.accounts")
    for account in accounts:
        told = _values(account)
        yield from ACCOUNT.issues(told, f"{path}.account.")
        if told.get("iban"):
            yield from _ACCOUNTS.iban(told["iban"], f"{path}.account.iban")
        if told.get("bic"):
            yield from _ACCOUNTS.bic(told["bic"], f"{path}.account.bic")


def _values(objects: str | tuple[DataObject, ...]) -> dict[str, str]:
    if isinstance(objects, str):
        return {}
    return {item.id: item.value for item in objects if isinstance(item.value, str)}
