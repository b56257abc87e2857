"""Russian transfer orders: names and values between separators (GOST R 56042-2014)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from payment_codes.amount import Amount
from payment_codes.checks import russian_account
from payment_codes.code import Order, PaymentCode
from payment_codes.errors import CodeInvalid
from payment_codes.fields import DataObject, text_of
from payment_codes.issues import Issue, Rule, Severity
from payment_codes.money import amount_rules, read_minor
from payment_codes.schemes.orders import take_only
from payment_codes.schemes.text_fields import TextField, TextTable, refuse_unwritable
from payment_codes.schemes.works import FieldRow, SchemeWorks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "GOST R 56042-2014 §5"
_STRICT: Final = Severity.STRICT
_HEADER: Final = 7
_ENCODINGS: Final = {"1": "windows-1251", "2": "UTF-8", "3": "KOI8-R"}
# Parts that are looked at; what follows them is one piece without a name.
_MOST_PARTS: Final = 80
_SEPARATORS: Final = "|^~#;"
_NINE: Final = re.compile("[0-9]{9}")
_INN: Final = re.compile("[0-9]{10}(?:[0-9]{2})?")
_FIELDS: Final = TextTable(
    _SECTION,
    TextField("Name", "Payee", "at most 160 characters", 160, "M"),
    TextField("PersonalAcc", "Payee's account", "20 digits", presence="M"),
    TextField("BankName", "Payee's bank", "at most 45 characters", 45, "M"),
    TextField(
        "BIC", "Bank's number", "nine digits", presence="M", pattern=_NINE, firm=True
    ),
    TextField(
        "CorrespAcc", "Bank's correspondent account", "20 digits, or 0 for none", presence="M",
        pattern=re.compile("0|[0-9]{20}"),
    ),
    TextField("Sum", "Amount", "kopecks, up to 18 digits; absent: the payer enters it"),
    TextField("Purpose", "Purpose", "at most 210 characters", 210),
    TextField("PayeeINN", "Payee's tax number", "10 or 12 digits", pattern=_INN),
    TextField("PayerINN", "Payer's tax number", "10 or 12 digits", pattern=_INN),
    TextField("DrawerStatus", "Drawer's status", "at most 2 characters", 2),
    TextField("KPP", "Payee's registration code", "nine digits", pattern=_NINE),
    TextField("CBC", "Budget classification", "at most 20 characters", 20),
    TextField("OKTMO", "Territory", "at most 11 digits", pattern=re.compile("[0-9]{1,11}")),
    TextField("PaytReason", "Reason of a tax payment", "at most 2 characters", 2),
    TextField("TaxPeriod", "Tax period", "at most 10 characters", 10),
    TextField("DocNo", "Number of the document", "at most 15 characters", 15),
    TextField("DocDate", "Date of the document", "at most 10 characters", 10),
    TextField("TaxPaytKind", "Kind of tax payment", "at most 2 characters", 2),
)  # fmt: skip
# Table A.3: further names, whose values payee and bank agree on.
_FURTHER: Final = (
    "LastName", "FirstName", "MiddleName", "PayerAddress", "PersonalAccount", "DocIdx", "PensAcc",
    "Contract", "PersAcc", "Flat", "Phone", "PayerIdType", "PayerIdNum", "ChildFio", "BirthDate",
    "PaymTerm", "PaymPeriod", "Category", "ServiceName", "CounterId", "CounterVal", "QuittId",
    "QuittDate", "InstNum", "ClassNum", "SpecFio", "AddAmount", "RuleId", "ExecId", "RegType",
    "UIN", "TechCode",
)  # fmt: skip
_NAMES: Final = {name.lower(): name for name in (*_FIELDS.fields, *_FURTHER)}

NO_PAIR: Final = Rule("structure", _SECTION, "A part ({field}) is no name with a value.")
SPELLING: Final = Rule(
    "characters", _SECTION, "The name {field} is not spelled with the right capitals.", _STRICT
)
TWICE: Final = Rule("duplicate", _SECTION, "{field} is there twice.")
ACCOUNT: Final = Rule("value", _SECTION, "The account ({field}) has not 20 digits.")
ACCOUNT_KEY: Final = Rule(
    "checksum_wrong", "Bank of Russia, order 515 of 1997",
    "The key of the account ({field}) does not fit the bank's number.", _STRICT,
)  # fmt: skip
SUM, *_, SUM_RANGE = amount_rules(_SECTION)
ROUBLES: Final = Rule("currency_wrong", _SECTION, "Such orders are paid in roubles.")
ENCODING: Final = Rule(
    "encoding", "GOST R 56042-2014 §4", "A character is not in {encoding}, which it says.", _STRICT
)
SEPARATOR: Final = Rule(
    "structure", "GOST R 56042-2014 §4", "The separator is a letter, a digit or white space."
)
_RULES: Final = (
    NO_PAIR, SPELLING, TWICE, ACCOUNT, ACCOUNT_KEY, ROUBLES, ENCODING, SEPARATOR,
    SUM, SUM_RANGE, *_FIELDS.rules,
)  # fmt: skip
_SAYABLE: Final = ("account", "payee", "amount", "reference", "message")
_SNAKE: Final = re.compile("(?<=[a-z])(?=[A-Z])")


class Gost(SchemeWorks):
    """Reads and writes transfer orders; the header is ST0001, the encoding's digit, a separator."""

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read an order."""
        separator = text[_HEADER]
        parts = text[_HEADER + 1 :].split(separator, _MOST_PARTS)
        objects = (
            DataObject("header", text[:_HEADER]),
            DataObject("separator", separator),
            *(_object(part, separator) for part in parts),
        )
        values = {_canonical(item.id): str(item.value) for item in reversed(objects[2:]) if item.id}
        encoding = _ENCODINGS[text[_HEADER - 1]]
        kopecks = values.get("Sum")
        amount, found = read_minor(kopecks, "RUB", "Sum", _SECTION) if kopecks else (None, ())
        details = {_SNAKE.sub("_", name).lower(): value for name, value in values.items() if value}
        return PaymentCode(
            scheme=scheme,
            objects=objects,
            country="RU",
            payee=values.get("Name") or None,
            account=values.get("PersonalAcc") or None,
            amount=amount,
            currency="RUB",
            payer_enters_amount=not kopecks,
            reference=values.get("QuittId") or None,
            message=values.get("Purpose") or None,
            details=details | {"encoding": encoding},
            issues=(*_issues(text, objects, values), *found),
        )

    def write(self, objects: tuple[DataObject, ...], scheme: Scheme) -> str:
        """Write an order with the separator that it had."""
        header, separator = text_of(objects, "header"), text_of(objects, "separator") or ""
        parts = (f"{item.id}={item.value}" if item.id else str(item.value) for item in objects[2:])
        return f"{header}{separator}{separator.join(parts)}"

    def compose(self, order: Order, scheme: Scheme) -> tuple[DataObject, ...]:
        """Return the parts of an order; the reference is the number of the bill (QuittId).

        `extra`: BankName and BIC, which must be there, and further ones by their names. The
        separator is one that no value holds.
        """
        take_only(order, scheme, _SAYABLE, set(_NAMES.values()) - _TAKEN)
        if order.amount and order.amount.currency != "RUB":
            raise CodeInvalid(ROUBLES.template, field="Sum", section=_SECTION)
        given = order.extra
        values = {
            "Name": order.payee,
            "PersonalAcc": order.account,
            "BankName": given.get("BankName", ""),
            "BIC": given.get("BIC", ""),
            "CorrespAcc": given.get("CorrespAcc", "0"),
            "Sum": str(order.amount.minor) if order.amount else "",
            "Purpose": order.message,
            "QuittId": order.reference,
            **given,
        }
        refuse_unwritable(values, _SECTION)
        parts = (DataObject(name, value) for name, value in values.items() if value)
        header = DataObject("header", scheme.id.removeprefix("gost-").upper())
        return header, DataObject("separator", _separator("".join(values.values()))), *parts

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the names of the standard's tables."""
        further = (FieldRow(name, "Agreed with the bank", "O", "text") for name in _FURTHER)
        return (*_FIELDS.rows(), *further)

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules of the parts and between them."""
        return _RULES

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up account."""
        return Order(
            account="40702810138250123017",
            payee='ООО "Три кита"',
            amount=Amount(12_50, "RUB"),
            reference="INV-1",
            message="Две чашки чая",
            extra={
                "BankName": 'ОАО "БАНК"',
                "BIC": "044525225",
                "CorrespAcc": "30101810400000000225",
                "PayeeINN": "7707083893",
            },
        )


_TAKEN: Final = {"Name", "PersonalAcc", "Sum", "Purpose", "QuittId"}


def _object(part: str, separator: str) -> DataObject:
    name, equals, value = part.partition("=")
    return DataObject(name, value) if equals and separator not in part else DataObject("", part)


def _canonical(name: str) -> str:
    return _NAMES.get(name.lower(), name)


def _separator(text: str) -> str:
    for separator in _SEPARATORS:
        if separator not in text:
            return separator
    raise CodeInvalid("The values hold every separator that there is.", section=_SECTION)


def _issues(text: str, objects: tuple[DataObject, ...], values: dict[str, str]) -> Iterator[Issue]:
    encoding = _ENCODINGS[text[_HEADER - 1]]
    if text.encode(encoding, errors="replace").decode(encoding) != text:
        yield ENCODING.broken("", encoding=encoding)
    if text[_HEADER].isalnum() or text[_HEADER].isspace():
        yield SEPARATOR.broken("separator")
    yield from _part_issues(objects[2:])
    yield from _FIELDS.issues(values)
    account, bic = values.get("PersonalAcc", ""), values.get("BIC", "")
    if account and not russian_account.is_account(account):
        yield ACCOUNT.broken("PersonalAcc")
    elif account and _has_key(account, bic) and not russian_account.fits_bank(account, bic):
        yield ACCOUNT_KEY.broken("PersonalAcc")


def _part_issues(parts: tuple[DataObject, ...]) -> Iterator[Issue]:
    seen: set[str] = set()
    for number, item in enumerate(parts, 1):
        name = _canonical(item.id)
        if not name:
            # A separator may end the whole.
            if item.value or number < len(parts):
                yield NO_PAIR.broken(f"part {number}")
            continue
        if name != item.id:
            yield SPELLING.broken(item.id)
        if name in seen:
            yield TWICE.broken(name)
        seen.add(name)


def _has_key(account: str, bic: str) -> bool:
    """Say whether an account has a key of its bank: those of the treasury (0...) have none."""
    return bool(re.fullmatch("[0-9]{9}", bic)) and not account.startswith("0")


WORKS = Gost()
