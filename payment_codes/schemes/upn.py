"""UPN QR, Slovenia: nineteen lines, their control sum and a reserve (ZBS, UPN QR standard).

The symbol is always QR version 15, error correction M, bytes in ISO 8859-2 after ECI 4.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from payment_codes.amount import Amount
from payment_codes.checks.iban import compact
from payment_codes.code import Order, PaymentCode
from payment_codes.errors import CodeInvalid
from payment_codes.fields import DataObject
from payment_codes.issues import Issue, Rule, Severity
from payment_codes.money import amount_rules, read_minor
from payment_codes.schemes.accounts import AccountRules
from payment_codes.schemes.lines import LINE_END, beyond, line_objects, lines_text
from payment_codes.schemes.orders import take_only
from payment_codes.schemes.text_fields import TextField, TextTable, refuse_unwritable
from payment_codes.schemes.works import FieldRow, SchemeWorks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "UPN QR, ZBS §4"
_STRICT: Final = Severity.STRICT
_ENCODING: Final = "ISO-8859-2"
_MOST: Final = 411
_SUMMED: Final = 19
_CROSS, _DATE = re.compile("X"), re.compile(r"[0-3][0-9]\.[01][0-9]\.[0-9]{4}")
_REFERENCE: Final = re.compile("(?:SI|RF)[0-9]{2}[A-Z0-9-]{0,22}")

_FIELDS: Final = TextTable(
    _SECTION,
    TextField("tag", "Leading style", "UPNQR", presence="M"),
    TextField("payer_iban", "Payer's account", "IBAN of SI"),
    TextField("deposit", "Deposit", "X", pattern=_CROSS),
    TextField("withdrawal", "Withdrawal", "X", pattern=_CROSS),
    TextField(
        "payer_reference", "Payer's reference", "SI or RF, two digits, up to 22 characters",
        pattern=_REFERENCE,
    ),
    TextField("payer", "Payer", "at most 33 characters", 33),
    TextField("payer_street", "Payer's street", "at most 33 characters", 33),
    TextField("payer_city", "Payer's town", "at most 33 characters", 33),
    TextField(
        "amount", "Amount", "cents in eleven digits; zero: the payer enters it", presence="M",
        pattern=re.compile("[0-9]{11}"),
    ),
    TextField("payment_date", "Date of payment", "DD.MM.YYYY", pattern=_DATE),
    TextField("urgent", "Urgent", "X", pattern=_CROSS),
    TextField(
        "purpose_code", "Purpose code", "four capital letters", presence="M",
        pattern=re.compile("[A-Z]{4}"),
    ),
    TextField("purpose", "Purpose", "at most 42 characters", 42, "M"),
    TextField("deadline", "Payable until", "DD.MM.YYYY", pattern=_DATE),
    TextField("iban", "Payee's account", "IBAN", presence="M"),
    TextField(
        "reference", "Payee's reference", "SI or RF, two digits, up to 22 characters",
        presence="M", pattern=_REFERENCE,
    ),
    TextField("payee", "Payee", "at most 33 characters", 33, "M"),
    TextField("payee_street", "Payee's street", "at most 33 characters", 33),
    TextField("payee_city", "Payee's town", "at most 33 characters", 33),
    TextField("control_sum", "Control sum", "three digits: characters of lines 1 to 19 with LF"),
)  # fmt: skip
_NAMES: Final = tuple(_FIELDS.fields)
_ACCOUNTS: Final = AccountRules(_SECTION)

AMOUNT_FORM, *_, AMOUNT_RANGE = amount_rules(_SECTION)
SUM_MISSING: Final = Rule("crc_missing", _SECTION, "The control sum ({field}) is missing.")
SUM_WRONG: Final = Rule("crc_wrong", _SECTION, "The control sum ({field}) does not fit.")
EUROS: Final = Rule("currency_wrong", _SECTION, "UPN is paid in euros.")
CHARACTERS: Final = Rule("encoding", "UPN QR, ZBS §3", "A character is not in ISO 8859-2.", _STRICT)
LINE_ENDS: Final = Rule("structure", _SECTION, "Lines must end in LF.", _STRICT)
TOO_LONG: Final = Rule(
    "too_long", "UPN QR, ZBS §3", "It has {count} characters; at most 411 are allowed.", _STRICT
)
TRAILING: Final = Rule("trailing", _SECTION, "Something follows the control sum ({field}).")
_RULES: Final = (
    SUM_MISSING, SUM_WRONG, EUROS, CHARACTERS, LINE_ENDS, TOO_LONG, TRAILING, *_FIELDS.rules,
    AMOUNT_FORM, AMOUNT_RANGE,
    *dict.fromkeys((*_ACCOUNTS.account_rules, *_ACCOUNTS.reference_rules)),
)  # fmt: skip
_SAYABLE: Final = ("account", "payee", "city", "amount", "reference", "message")
_EXTRA: Final = (
    "payer_iban", "payer_reference", "payer", "payer_street", "payer_city", "payment_date",
    "urgent", "purpose_code", "deadline", "payee_street",
)  # fmt: skip


class Upn(SchemeWorks):
    """Reads and writes the lines of a universal payment order."""

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read the lines; the reserve after the control sum is blank and does not count."""
        objects = line_objects(text, _NAMES)
        values = {item.id: item.value for item in objects if isinstance(item.value, str)}
        digits = values.get("amount", "")
        amount, found = _amount(digits)
        said: dict[str, str | int] = {
            name: value for name, value in values.items() if value and name in _NAMES[1:-1]
        }
        said |= {
            "amount_cents": amount.minor if amount else 0,
            "currency": "EUR",
            "iban": compact(values.get("iban", "")),
        }
        total = values.get("control_sum", "")
        if re.fullmatch("[0-9]{1,4}", total):
            said["control_sum"] = int(total)
        return PaymentCode(
            scheme=scheme,
            objects=objects,
            country="SI",
            payee=values.get("payee") or None,
            account=compact(values.get("iban", "")) or None,
            amount=amount,
            currency="EUR",
            payer_enters_amount=bool(digits) and not digits.strip("0"),
            reference=values.get("reference") or None,
            message=values.get("purpose") or None,
            details={name: value for name, value in said.items() if value != ""},
            issues=(*_issues(text, values), *found),
        )

    def write(self, objects: tuple[DataObject, ...], scheme: Scheme) -> str:
        """Write the lines with their control sum; the last one has a line end as well."""
        summed = DataObject("control_sum", control_sum(objects[1 : _SUMMED + 1]))
        return lines_text((*objects[: _SUMMED + 1], summed, *objects[_SUMMED + 2 :], _NO_RESERVE))

    def compose(self, order: Order, scheme: Scheme) -> tuple[DataObject, ...]:
        """Return the lines of an order; `extra` are further ones by their names.

        Without a reference it is SI99, none; without a purpose code it is OTHR.
        """
        take_only(order, scheme, _SAYABLE, _EXTRA)
        if order.amount and order.amount.currency != "EUR":
            raise CodeInvalid(EUROS.template, field="amount", section=_SECTION)
        values = dict.fromkeys(_NAMES[:-1], "") | {
            "tag": "UPNQR",
            "amount": f"{order.amount.minor if order.amount else 0:011}",
            "purpose_code": "OTHR",
            "purpose": order.message,
            "iban": order.account,
            "reference": order.reference or "SI99",
            "payee": order.payee,
            "payee_city": order.city,
            **order.extra,
        }
        refuse_unwritable(values, _SECTION)
        return DataObject(LINE_END, "LF"), *(DataObject(*pair) for pair in values.items())

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the lines in their order, and what symbol they are drawn as."""
        symbol = "QR version 15, level M, bytes in ISO 8859-2 after ECI 4"
        return (*_FIELDS.rows(), FieldRow("", "Symbol", "M", symbol))

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules of the lines and of the whole."""
        return _RULES

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to the account of the standard's own examples."""
        return Order(
            account="SI56051008010486080",
            payee="Čajnica d.o.o.",
            city="3698 Loški Potok",
            amount=Amount(81_05, "EUR"),
            reference="SI0598765432100",
            message="Dva čaja",
            extra={"payer": "Janez Novak", "purpose_code": "GDDS", "deadline": "15.11.2026"},
        )


_NO_RESERVE: Final = DataObject("reserve", "")


def control_sum(lines: Iterable[DataObject]) -> str:
    """Return the control sum of the first nineteen lines: their characters with a line end each."""
    return f"{sum(len(str(line.value)) + 1 for line in lines):03}"


def _amount(digits: str) -> tuple[Amount | None, tuple[Issue, ...]]:
    """Read cents; zeros alone leave the amount to the payer."""
    return read_minor(digits, "EUR", "amount", _SECTION) if digits.strip("0") else (None, ())


def _issues(text: str, values: dict[str, str]) -> Iterator[Issue]:
    yield from _FIELDS.issues(values)
    yield from _text_issues(text, values)
    for name in ("payer_iban", "iban"):
        if values.get(name):
            yield from _ACCOUNTS.iban(values[name], name)
    for name in ("payer_reference", "reference"):
        if values.get(name, "").startswith("RF"):
            yield from _ACCOUNTS.creditor_reference(values[name], name)
    total = values.get("control_sum")
    if not total:
        yield SUM_MISSING.broken("control_sum")
    elif total != control_sum(DataObject(name, values[name]) for name in _NAMES[:_SUMMED]):
        yield SUM_WRONG.broken("control_sum")


def _text_issues(text: str, values: dict[str, str]) -> Iterator[Issue]:
    if "\r" in text:
        yield LINE_ENDS.broken("")
    if text.encode(_ENCODING, errors="replace").decode(_ENCODING) != text:
        yield CHARACTERS.broken("")
    if len(text) > _MOST:
        yield TOO_LONG.broken("", count=len(text))
    if beyond(_NAMES) in values:
        yield TRAILING.broken(beyond(_NAMES))


WORKS = Upn()
