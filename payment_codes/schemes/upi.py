"""UPI, India: a deep link to the payee's virtual address (NPCI UPI Linking Specification 1.6).

A signature is looked at from outside only: its key is the payee's bank's.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

from payment_codes.amount import Amount, decimal_text
from payment_codes.code import Order, PaymentCode
from payment_codes.fields import DataObject, text_of
from payment_codes.issues import Issue, Rule, Severity
from payment_codes.money import amount_rules, read_decimal
from payment_codes.schemes.orders import take_only
from payment_codes.schemes.uri import Part, UriWorks, parameters, repeated, split_query
from payment_codes.schemes.works import FieldRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.schemes.scheme import Scheme

Objects = tuple[DataObject, ...]

_SECTION: Final = "UPI Linking 1.6 §2.2"
_ADDRESS: Final = re.compile(r"[A-Za-z0-9._-]{1,255}@[A-Za-z][A-Za-z0-9.-]{1,63}")
_SIGNATURE: Final = re.compile(r"[A-Za-z0-9+/_-]+={0,2}")
_DATE: Final = re.compile(r"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{4}")
# Fractions of a second beyond six digits are cut: wallets write nanoseconds.
_MOMENT: Final = re.compile(r"([0-9T:-]{1,32}(?:\.[0-9]{1,6})?)[0-9]{0,3}(Z|[+-][0-9]{2}:[0-9]{2})")

FIELDS: Final = (
    FieldRow("action", "What the link does", "M", "pay, mandate or collect"),
    FieldRow("pa", "Payee's virtual address", "M", "name@handle"),
    FieldRow("pn", "Payee's name", "M", "text"),
    FieldRow("mc", "Merchant category", "O", "four digits; 0000: no merchant"),
    FieldRow("tid", "Transaction's id of the payee's app", "O", "text"),
    FieldRow("tr", "Reference of the transaction", "C", "text; with a merchant's code"),
    FieldRow("tn", "Note", "O", "text"),
    FieldRow("am", "Amount", "O", "decimal in rupees; absent: the payer enters it"),
    FieldRow("mam", "Least amount", "O", 'decimal in rupees; "null" counts as absent'),
    FieldRow("cu", "Currency", "O", "INR"),
    FieldRow("url", "Address with more about the order", "O", "web address"),
    FieldRow("mode", "How the link came to the payer", "O", "two digits"),
    FieldRow("purpose", "Purpose", "O", "two digits"),
    FieldRow("orgid", "Who signed", "O", "six digits"),
    FieldRow("QRexpire", "When the code ends", "O", "ISO 8601 with an offset"),
    FieldRow("validitystart", "First day of a mandate", "O", "DDMMYYYY"),
    FieldRow("validityend", "Last day of a mandate", "O", "DDMMYYYY"),
    FieldRow("amrule", "Whether a mandate's amount is fixed", "O", "EXACT or MAX"),
    FieldRow("recur", "How often a mandate pays", "O", "ONETIME, MONTHLY, ASPRESENTED …"),
    FieldRow("sign", "Signature of what stands before it", "O", "base64; the last parameter"),
)
_ACTIONS: Final = ("pay", "mandate", "collect")
_NAMES: Final = tuple(row.id for row in FIELDS)

NO_ADDRESS: Final = Rule("missing", _SECTION, "The payee's address (pa) is missing.")
ADDRESS: Final = Rule("value", _SECTION, "The payee's address (pa) is not written name@handle.")
NO_NAME: Final = Rule("missing", _SECTION, "The payee's name (pn) is missing.", Severity.STRICT)
RUPEES: Final = Rule("currency_wrong", _SECTION, "UPI is paid in rupees: cu must be INR.")
TWICE: Final = Rule("duplicate", _SECTION, "{field} is there twice.")
ACTION: Final = Rule("value", _SECTION, "The action is none of pay, mandate and collect.")
CATEGORY: Final = Rule("value", _SECTION, "The merchant's category (mc) is not four digits.")
NO_REFERENCE: Final = Rule(
    "dependency", _SECTION, "A merchant's code (mc) needs a reference (tr).", Severity.STRICT
)
LEAST: Final = Rule("amount_range", _SECTION, "The least amount (mam) is more than the amount.")
NO_LIMIT: Final = Rule("missing", _SECTION, "A mandate needs an amount (am).")
DAY: Final = Rule("value", _SECTION, "{field} is not a day written DDMMYYYY.", Severity.STRICT)
MOMENT: Final = Rule(
    "value", _SECTION, "{field} is not a time with its offset (ISO 8601).", Severity.STRICT
)
SIGNATURE: Final = Rule("value", _SECTION, "The signature (sign) is not base64.")
SIGN_LAST: Final = Rule(
    "order", _SECTION, "The signature (sign) must be the last parameter.", Severity.STRICT
)
RULES: Final = (
    NO_ADDRESS, ADDRESS, NO_NAME, RUPEES, TWICE, ACTION, CATEGORY, NO_REFERENCE, LEAST, NO_LIMIT,
    DAY, MOMENT, SIGNATURE, SIGN_LAST, *amount_rules(_SECTION),
)  # fmt: skip


class Upi(UriWorks):
    """Reads and writes deep links of UPI."""

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read a link; its action is the first data object, "action"."""
        head, query = split_query(text)
        before, _, action = head.partition("://")
        objects = (Part.read("action", action, f"{before}://"), *query)
        said = {name: told for name in _NAMES if (told := _value(objects, name)) is not None}
        amount, issues = _amounts(said)
        issues += _issues(objects, said)
        return PaymentCode(
            scheme=scheme,
            objects=objects,
            country="IN",
            payee=said.get("pn"),
            account=said.get("pa"),
            amount=amount,
            currency="INR",
            payer_enters_amount="am" not in said,
            reference=said.get("tr"),
            message=said.get("tn"),
            expires=moment(said.get("QRexpire", "")),
            details=said,
            issues=tuple(issues),
        )

    def compose(self, order: Order, scheme: Scheme) -> Objects:
        """Return the parts of a link that pays.

        `extra` are further parameters by their names, "action" among them.
        """
        says = ("account", "payee", "amount", "reference", "message", "expires")
        take_only(order, scheme, says, _NAMES)
        extra = dict(order.extra)
        action = Part("action", extra.pop("action", "pay"), "upi://")
        sign = extra.pop("sign", "")
        values = {
            "pa": order.account,
            "pn": order.payee,
            "tr": order.reference,
            "tn": order.message,
            "am": decimal_text(order.amount) if order.amount else "",
            "cu": order.amount.currency if order.amount else "INR",
            "QRexpire": order.expires.isoformat() if order.expires else "",
            **extra,
            "sign": sign,
        }
        return (action, *parameters(values))

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the parameters of a link."""
        return FIELDS

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules of a link."""
        return RULES

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up address."""
        return Order(
            account="shop@example",
            payee="Corner Shop",
            amount=Amount(10_00, "INR"),
            reference="ORDER1",
            message="Two teas",
            extra={"mc": "5812"},
        )


def is_address(text: str) -> bool:
    """Say whether a text is written as a virtual address is: name@handle."""
    return _ADDRESS.fullmatch(text) is not None


def moment(text: str) -> datetime | None:
    """Return a time of ISO 8601 that has an offset; None for anything else."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    try:
        return datetime.fromisoformat(match[1] + match[2])
    except ValueError:
        return None


def _value(objects: Objects, name: str) -> str | None:
    """Return a parameter; an empty one, and the word null, stand for none."""
    value = text_of(objects, name)
    return None if value in ("", "null") else value


def _amounts(said: dict[str, str]) -> tuple[Amount | None, list[Issue]]:
    """Return the amount, and what is wrong with it and the least one."""
    read = {
        name: read_decimal(said[name], "INR", name, _SECTION)
        for name in ("am", "mam")
        if name in said
    }
    issues = [issue for _, found in read.values() for issue in found]
    amount, least = (read.get(name, (None, ()))[0] for name in ("am", "mam"))
    if amount and least and least.minor > amount.minor:
        issues.append(LEAST.broken("mam"))
    return amount, issues


def _issues(objects: Objects, said: dict[str, str]) -> Iterator[Issue]:
    action = said.get("action", "").lower().rstrip("/")
    if action not in _ACTIONS:
        yield ACTION.broken("action")
    for name in repeated(objects):
        yield TWICE.broken(name)
    if "pa" not in said:
        yield NO_ADDRESS.broken("pa")
    elif not is_address(said["pa"]):
        yield ADDRESS.broken("pa")
    if "pn" not in said:
        yield NO_NAME.broken("pn")
    if said.get("cu", "INR") != "INR":
        yield RUPEES.broken("cu")
    if action == "mandate" and "am" not in said:
        yield NO_LIMIT.broken("am")
    yield from _merchant_issues(said)
    yield from _time_issues(said)
    if "sign" in said and not _SIGNATURE.fullmatch(said["sign"]):
        yield SIGNATURE.broken("sign")
    if "sign" in said and objects[-1].id != "sign":
        yield SIGN_LAST.broken("sign")


def _merchant_issues(said: dict[str, str]) -> Iterator[Issue]:
    category = said.get("mc", "0000")
    if not re.fullmatch("[0-9]{4}", category):
        yield CATEGORY.broken("mc")
    elif category != "0000" and "tr" not in said:
        yield NO_REFERENCE.broken("tr")


def _time_issues(said: dict[str, str]) -> Iterator[Issue]:
    for name in ("validitystart", "validityend"):
        if not _DATE.fullmatch(said.get(name, "01012026")):
            yield DAY.broken(name)
    if "QRexpire" in said and moment(said["QRexpire"]) is None:
        yield MOMENT.broken("QRexpire")


WORKS = Upi()
