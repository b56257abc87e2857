"""TWQR, Taiwan: purchases and transfers as a URI (FISC common QR code standard)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from payment_codes.amount import Amount
from payment_codes.code import Order, PaymentCode
from payment_codes.errors import CodeInvalid
from payment_codes.issues import Issue, Rule, Severity
from payment_codes.money import amount_rules, read_minor
from payment_codes.schemes.orders import take_only
from payment_codes.schemes.uri import (
    Part,
    UriWorks,
    decoded,
    encoded,
    parameters,
    repeated,
    split_query,
    texts,
    uri_text,
)
from payment_codes.schemes.works import FieldRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.code import Detail
    from payment_codes.fields import DataObject
    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "TWQR, FISC common QR code standard"
_PLAIN: Final = "TWQRP://"
#: Many banks encode the whole text once more, as encodeURIComponent of JavaScript does.
_ENCODED: Final = "TWQRP%3A%2F%2F"
_UNENCODED: Final = "!*'()"
_HEAD: Final = ("name", "country", "kind", "version")
_KINDS: Final = {"01": "01 purchase", "02": "02 transfer", "03": "03 bill payment"}
_BANK: Final = re.compile("[0-9]{3}")
_ACCOUNT: Final = re.compile("[0-9]{1,16}")
_DETAILS: Final = {
    "name": "name", "country": "country", "bank": "D5", "account": "D6", "currency": "D10",
}  # fmt: skip

PARTS: Final = Rule("structure", _SECTION, "The path is not name/158/kind/V1.")
COUNTRY: Final = Rule("country_wrong", _SECTION, "The country is not 158 (Taiwan).")
KIND: Final = Rule("value", _SECTION, "The kind ({field}) is none that we know.", Severity.STRICT)
VERSION: Final = Rule("version", _SECTION, "The version is not V1.")
MISSING: Final = Rule("missing", _SECTION, "A transfer needs a bank (D5) and an account (D6).")
BANK: Final = Rule("value", _SECTION, "The bank (D5) is not three digits.")
ACCOUNT: Final = Rule("value", _SECTION, "The account (D6) is not made of at most 16 digits.")
ACCOUNT_SHORT: Final = Rule(
    "length", _SECTION, "The account (D6) is not filled up to 16 digits.", Severity.STRICT
)
DOLLARS: Final = Rule("currency_wrong", _SECTION, "The currency (D10) is not 901 (TWD).")
TWICE: Final = Rule("duplicate", _SECTION, "{field} is there twice.")


class Twqr(UriWorks):
    """Reads and writes codes of TWQR.

    An amount (D1) is in 1/100 dollars, as FISC has it; a few banks' apps read whole dollars.
    """

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read a code, its text encoded as a whole or not."""
        mark, rest = _mark(text)
        head, query = split_query(rest)
        parts = head.split("/", len(_HEAD) - 1)
        before = (mark, "/", "/", "/")
        objects = (*map(Part.read, _HEAD, parts, before), *query)
        said = texts(objects)
        issues = list(_issues(objects, said))
        amount: Amount | None = None
        if "D1" in said:
            amount, found = read_minor(said["D1"], "TWD", "D1", _SECTION)
            issues += found
        return PaymentCode(
            scheme=scheme,
            objects=objects,
            country="TW",
            # A transfer's name says what it is, not to whom it goes.
            payee=None if said.get("kind") == "02" else said.get("name"),
            account=_account(said),
            amount=amount,
            currency="TWD",
            payer_enters_amount="D1" not in said,
            reference=said.get("D2"),
            message=said.get("D9"),
            details=_details(said, amount),
            issues=tuple(issues),
        )

    def write(self, objects: tuple[DataObject, ...], scheme: Scheme) -> str:
        """Write a code, encoded as a whole where the one was that was read."""
        text = uri_text(objects)
        mark, start = text[: len(_ENCODED)], len(_ENCODED)
        if mark.upper() == _ENCODED:
            return mark + encoded(text[start:], _UNENCODED)
        return text

    def compose(self, order: Order, scheme: Scheme) -> tuple[DataObject, ...]:
        """Return the parts of a transfer; `account` is the bank's three digits, "-", the account.

        `extra` may have further parameters by their names.
        """
        take_only(order, scheme, ("account", "amount", "reference", "message"), _NAMES)
        if order.amount and order.amount.currency != "TWD":
            raise CodeInvalid(DOLLARS.template, field="D10", section=scheme.source)
        bank, _, account = order.account.partition("-")
        values = {
            "D1": str(order.amount.minor) if order.amount else "",
            "D2": order.reference,
            "D5": bank,
            "D6": account.rjust(16, "0"),
            "D9": order.message,
            "D10": "901",
            **order.extra,
        }
        head = ("NTTransfer", "158", "02", "V1")
        return (*map(Part, _HEAD, head, (_PLAIN, "/", "/", "/")), *parameters(values))

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the parts and parameters of a code."""
        return FIELDS

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules of a code."""
        return (
            PARTS, COUNTRY, KIND, VERSION, MISSING, BANK, ACCOUNT, ACCOUNT_SHORT, DOLLARS, TWICE,
            *amount_rules(_SECTION),
        )  # fmt: skip

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up account."""
        return Order(
            account="004-0000000012345678", amount=Amount(60_00, "TWD"), message="two teas"
        )


FIELDS: Final = (
    FieldRow("name", "Payee or what the code is for", "M", "text"),
    FieldRow("country", "Country", "M", "158"),
    FieldRow("kind", "Kind", "M", "01 purchase, 02 transfer, 03 bill payment"),
    FieldRow("version", "Version", "M", "V1"),
    FieldRow("D1", "Amount", "O", "1/100 dollars; absent: the payer enters it"),
    FieldRow("D2", "Order number", "O", "text"),
    FieldRow("D3", "Security value of a purchase", "O", "text"),
    FieldRow("D5", "Payee's bank", "C", "three digits; in a transfer"),
    FieldRow("D6", "Payee's account", "C", "16 digits; in a transfer"),
    FieldRow("D9", "Note", "O", "text"),
    FieldRow("D10", "Currency", "O", "901"),
    FieldRow("D11", "Acquirers of a purchase", "O", "text"),
)
_NAMES: Final = tuple(row.id for row in FIELDS if row.id.startswith("D"))


def _mark(text: str) -> tuple[str, str]:
    """Return what a code begins with, and the rest, decoded where the whole was encoded."""
    if text.startswith("://", len("TWQRP")):
        return text[: len(_PLAIN)], text[len(_PLAIN) :]
    return text[: len(_ENCODED)], decoded(text[len(_ENCODED) :])


def _account(said: dict[str, str]) -> str | None:
    return f"{said['D5']}-{said['D6']}" if "D5" in said and "D6" in said else None


def _details(said: dict[str, str], amount: Amount | None) -> dict[str, Detail]:
    details: dict[str, Detail] = {name: said[id_] for name, id_ in _DETAILS.items() if id_ in said}
    if "kind" in said:
        details["kind"] = _KINDS.get(said["kind"], said["kind"])
    if amount:
        details["amount_cents"] = amount.minor
    return details


def _issues(objects: tuple[DataObject, ...], said: dict[str, str]) -> Iterator[Issue]:
    for name in repeated(objects):
        yield TWICE.broken(name)
    missing = [name for name in _HEAD if name not in said]
    if missing:
        yield PARTS.broken(missing[0])
    if said.get("country", "158") != "158":
        yield COUNTRY.broken("country")
    if said.get("kind", "01") not in _KINDS:
        yield KIND.broken("kind")
    if said.get("version", "V1") != "V1":
        yield VERSION.broken("version")
    if said.get("D10", "901") != "901":
        yield DOLLARS.broken("D10")
    if said.get("kind") == "02":
        yield from _transfer_issues(said)


def _transfer_issues(said: dict[str, str]) -> Iterator[Issue]:
    for name in ("D5", "D6"):
        if name not in said:
            yield MISSING.broken(name)
    if not _BANK.fullmatch(said.get("D5", "000")):
        yield BANK.broken("D5")
    account = said.get("D6", "0" * 16)
    if not _ACCOUNT.fullmatch(account):
        yield ACCOUNT.broken("D6")
    elif len(account) < 16:
        yield ACCOUNT_SHORT.broken("D6")


WORKS = Twqr()
