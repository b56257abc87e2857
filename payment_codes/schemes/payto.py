"""payto: a payment's target, whatever the means of payment (RFC 8905)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from payment_codes.amount import Amount, decimal_text
from payment_codes.checks import bitcoin_address
from payment_codes.code import Order, PaymentCode
from payment_codes.currency import CURRENCIES
from payment_codes.issues import Issue, Rule, Severity
from payment_codes.money import amount_rules, read_decimal
from payment_codes.schemes.accounts import AccountRules
from payment_codes.schemes.orders import take_only
from payment_codes.schemes.upi import is_address
from payment_codes.schemes.uri import (
    Part,
    UriWorks,
    encoded,
    parameters,
    repeated,
    split_query,
    texts,
)
from payment_codes.schemes.works import FieldRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from payment_codes.code import Detail
    from payment_codes.fields import DataObject
    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "RFC 8905 §5"
_TARGETS: Final = "RFC 8905 §7"
_AMOUNT: Final = re.compile(r"([A-Za-z]{1,11}):([0-9]{1,16}(?:\.[0-9]{1,8})?)")
_TARGET: Final = re.compile("[A-Za-z0-9-]{1,64}")
_ACH: Final = re.compile("([0-9]{9})/([0-9]{1,17})")
_WEIGHTS: Final = (3, 7, 1) * 3
_OPTIONS: Final = ("amount", "receiver-name", "sender-name", "message", "instruction")

NO_TARGET: Final = Rule("value", "RFC 8905 §2", "The kind of target is missing or wrong.")
UNKNOWN: Final = Rule(
    "value", _TARGETS, "The kind of target is none that we know.", Severity.STRICT
)
NO_PATH: Final = Rule("missing", "RFC 8905 §2", "Where the money goes is missing.")
ACH: Final = Rule("value", _TARGETS, "The account is not a routing number and an account number.")
ROUTING: Final = Rule(
    "checksum_wrong", _TARGETS, "The check digit of the routing number does not fit."
)
ADDRESS: Final = Rule("value", _TARGETS, "The address is none of this kind of target.")
EMPTY: Final = Rule("not_allowed", _TARGETS, "A target that is void has no path.", Severity.STRICT)
AMOUNT: Final = Rule("amount_format", _SECTION, "The amount is not CURRENCY:decimal.")
TWICE: Final = Rule("duplicate", _SECTION, "{field} is there twice.")
ACCOUNTS: Final = AccountRules(_TARGETS)


class _Target(NamedTuple):
    """What a kind of target is, and what is wrong with a path of it."""

    form: str
    issues: Callable[[str], Iterator[Issue]]


class Payto(UriWorks):
    """Reads and writes payto addresses; currencies beyond ISO 4217 are in `details` only."""

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read an address: the kind of target, its path, and the options."""
        head, query = split_query(text)
        start = len("payto://")
        target, slash, path = head[start:].partition("/")
        objects: tuple[DataObject, ...] = (Part.read("target", target, head[:start]),)
        if slash:
            objects += (Part.read("path", path, "/"),)
        objects += query
        said = texts(objects)
        amount, currency, found = _amount(said)
        issues = (*_issues(objects, said), *found)
        details: dict[str, Detail] = {
            name: said[name] for name in ("target", "path", *_OPTIONS) if name in said
        }
        return PaymentCode(
            scheme=scheme,
            objects=objects,
            country=_country(said),
            payee=said.get("receiver-name"),
            account=said.get("path"),
            amount=amount,
            currency=currency,
            payer_enters_amount="amount" not in said,
            reference=said.get("instruction"),
            message=said.get("message"),
            details=details,
            issues=issues,
        )

    def compose(self, order: Order, scheme: Scheme) -> tuple[DataObject, ...]:
        """Return the parts of an address; `extra` may have another "target" than iban."""
        says = ("account", "payee", "amount", "reference", "message")
        take_only(order, scheme, says, ("target", "sender-name"))
        amount = f"{order.amount.currency}:{decimal_text(order.amount)}" if order.amount else ""
        values = {
            "amount": amount,
            "receiver-name": order.payee,
            "sender-name": order.extra.get("sender-name", ""),
            "message": order.message,
            "instruction": order.reference,
        }
        target = Part("target", order.extra.get("target", "iban"), "payto://")
        return (
            target,
            Part.spelled("path", order.account, encoded(order.account), "/"),
            *parameters(values),
        )

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the parts of an address."""
        return (
            FieldRow("target", "Kind of target", "M", ", ".join(_KINDS)),
            *(FieldRow("path", f"Path of {name}", "C", one.form) for name, one in _KINDS.items()),
            FieldRow("amount", "Amount", "O", "CURRENCY:decimal; absent: the payer enters it"),
            FieldRow("receiver-name", "Payee's name", "O", "text"),
            FieldRow("sender-name", "Payer's name", "O", "text"),
            FieldRow("message", "Message to the payee", "O", "text"),
            FieldRow("instruction", "Instruction to the payer's bank", "O", "text"),
        )

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules of an address."""
        return (
            NO_TARGET, UNKNOWN, NO_PATH, ACH, ROUTING, ADDRESS, EMPTY, *ACCOUNTS.account_rules,
            ACCOUNTS.bank, AMOUNT,
            TWICE, *amount_rules(_SECTION)[2:],
        )  # fmt: skip

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to the account of the specification's examples."""
        return Order(
            account="DE75512108001245126199",
            payee="Corner Shop",
            amount=Amount(200_00, "EUR"),
            reference="ORDER1",
            message="hello",
        )


def _amount(said: dict[str, str]) -> tuple[Amount | None, str | None, tuple[Issue, ...]]:
    if "amount" not in said:
        return None, None, ()
    match = _AMOUNT.fullmatch(said["amount"])
    if match is None:
        return None, None, (AMOUNT.broken("amount"),)
    code = match[1].upper()
    if code not in CURRENCIES and code != "BTC":
        return None, None, ()
    amount, issues = read_decimal(match[2], code, "amount", _SECTION)
    return amount, code, issues


def _country(said: dict[str, str]) -> str | None:
    target, path = said.get("target", "").lower(), said.get("path", "")
    if target == "iban":
        return path.rpartition("/")[2][:2].upper() or None
    return {"ach": "US", "upi": "IN"}.get(target)


def _issues(objects: tuple[DataObject, ...], said: dict[str, str]) -> Iterator[Issue]:
    target, path = said.get("target", "").lower(), said.get("path", "")
    if not _TARGET.fullmatch(target):
        yield NO_TARGET.broken("target")
    elif target not in _KINDS:
        yield UNKNOWN.broken("target")
    elif not path and target != "void":
        yield NO_PATH.broken("path")
    else:
        yield from _KINDS[target].issues(path)
    for name in repeated(objects):
        yield TWICE.broken(name)


def _iban_issues(path: str) -> Iterator[Issue]:
    bank, slash, account = path.rpartition("/")
    if slash:
        yield from ACCOUNTS.bic(bank, "path")
    yield from ACCOUNTS.iban(account, "path")


def _ach_issues(path: str) -> Iterator[Issue]:
    match = _ACH.fullmatch(path)
    if match is None:
        yield ACH.broken("path")
    elif sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, match[1], strict=True)) % 10:
        yield ROUTING.broken("path")


def _upi_issues(path: str) -> Iterator[Issue]:
    if not is_address(path):
        yield ADDRESS.broken("path")


def _bitcoin_issues(path: str) -> Iterator[Issue]:
    if bitcoin_address.examine(path).fault:
        yield ADDRESS.broken("path")


def _void_issues(path: str) -> Iterator[Issue]:
    if path:
        yield EMPTY.broken("path")


def _any(_path: str) -> Iterator[Issue]:
    yield from ()


_KINDS: Final = {
    "iban": _Target("IBAN, or BIC/IBAN", _iban_issues),
    "bic": _Target("BIC", lambda path: ACCOUNTS.bic(path, "path")),
    "ach": _Target("routing number/account number", _ach_issues),
    "upi": _Target("name@handle", _upi_issues),
    "bitcoin": _Target("address", _bitcoin_issues),
    "ilp": _Target("Interledger address", _any),
    "void": _Target("nothing", _void_issues),
    "x-taler-bank": _Target("server/account", _any),
    "cyclos": _Target("server/account", _any),
}


WORKS = Payto()
