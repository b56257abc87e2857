"""GNU Taler: what a wallet is to do with a merchant, a bank or an exchange (draft-grothoff-taler).

A pay-push code holds the key to money: whoever reads it can take it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from payment_codes.amount import Amount, decimal_text
from payment_codes.code import Order, PaymentCode
from payment_codes.currency import CURRENCIES
from payment_codes.errors import CodeInvalid
from payment_codes.issues import Issue, Rule, Severity
from payment_codes.money import amount_rules, read_decimal
from payment_codes.schemes.orders import take_only
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
    from collections.abc import Iterator

    from payment_codes.code import Detail
    from payment_codes.fields import DataObject
    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "draft-grothoff-taler-01"
_HOST: Final = re.compile(r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
_AMOUNT: Final = re.compile(r"([A-Z]{1,11}):([0-9]{1,16}(?:\.[0-9]{1,8})?)")
_CURRENCY: Final = re.compile("[A-Z]{1,11}")
#: What stands at the end of the path, by action; before it may be a prefix of the server's.
_TAILS: Final = {
    "pay": ("order_id", "session"),
    "withdraw": ("withdrawal_id",),
    "refund": ("order_id", "session"),
    "pay-template": ("template",),
    "pay-pull": ("contract",),
    "pay-push": ("contract",),
}
#: The key of money that is on its way: never told.
_KEY: Final = "contract"
_SERVER: Final = ("host", "prefix")
_MADE: Final = {
    "order_id": "order's number", "session": "session, may be empty",
    "withdrawal_id": "number of a withdrawal", "template": "name of a template",
    "contract": "private key of a contract",
}  # fmt: skip

ACTION: Final = Rule("value", _SECTION, "The action is none that we know.")
HOST: Final = Rule("value", _SECTION, "The server's name is missing or wrong.")
SHORT: Final = Rule("missing", _SECTION, "The path has no {field}.")
UNSAFE: Final = Rule(
    "not_allowed", _SECTION, "taler+http is for tests only: nothing is encrypted.", Severity.STRICT
)
AMOUNT: Final = Rule("amount_format", _SECTION, "The amount is not CURRENCY:decimal.")
TWICE: Final = Rule("duplicate", _SECTION, "{field} is there twice.")


class Taler(UriWorks):
    """Reads and writes Taler's URIs; currencies beyond ISO 4217 are in `details` only."""

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read a URI: scheme and action, host, prefix, and what the action is about."""
        head, query = split_query(text)
        mark, _, rest = head.partition("://")
        action, *path = rest.split("/")
        objects = (Part.read("action", action, f"{mark}://"), *_path(action.lower(), path), *query)
        said = texts(objects)
        issues = list(_issues(objects, said, mark))
        amount, currency, found = _amount(said.get("amount", ""))
        issues += found
        server = [str(item.value) for item in objects if item.id in _SERVER]
        details: dict[str, Detail] = {
            name: told for name, told in said.items() if name in _DETAILS and name != _KEY
        }
        if any(item.id == "session" for item in objects):
            details.setdefault("session", "")
        return PaymentCode(
            scheme=scheme,
            objects=objects,
            account="/".join(server) or None,
            amount=amount,
            currency=currency,
            payer_enters_amount=action.lower() == "pay-template" and not _stated(said),
            reference=said.get("order_id") or said.get("template"),
            message=said.get("summary"),
            details=details,
            issues=tuple(issues),
        )

    def compose(self, order: Order, scheme: Scheme) -> tuple[DataObject, ...]:
        """Return the parts of a URI; `account` is the server, `reference` what it is about.

        `extra` may have the "action" (pay) and a "session"; only a template has an amount and a
        message.
        """
        extra = ("action", "session", "c")
        take_only(order, scheme, ("account", "reference", "amount", "message"), extra)
        action = order.extra.get("action", "pay")
        tail = _TAILS.get(action, ("order_id",))
        if action != "pay-template" and (order.amount or order.message):
            raise CodeInvalid(
                "Only a template says an amount or a summary.", field="amount", section=_SECTION
            )
        amount = f"{order.amount.currency}:{decimal_text(order.amount)}" if order.amount else ""
        values = {"amount": amount, "summary": order.message, "c": order.extra.get("c", "")}
        told = {tail[0]: order.reference, **dict.fromkeys(tail[1:], order.extra.get("session", ""))}
        about = (
            Part.spelled(name, text, encoded(text, safe=""), "/") for name, text in told.items()
        )
        host, slash, prefix = order.account.partition("/")
        head = [Part("action", action, "taler://"), Part("host", host, "/")]
        head += [Part.spelled("prefix", prefix, encoded(prefix), "/")] if slash else []
        return (*head, *about, *parameters(values))

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the parts of a URI."""
        return (
            FieldRow("action", "What the wallet is to do", "M", ", ".join(_TAILS)),
            FieldRow("host", "Server", "M", "name, and a port perhaps"),
            FieldRow("prefix", "Path at the server", "O", "path"),
            *(FieldRow(name, form.capitalize(), "C", "text") for name, form in _MADE.items()),
            FieldRow("amount", "Amount of a template", "O", "CURRENCY:decimal, or CURRENCY alone"),
            FieldRow("summary", "What a template's order is for", "O", "text"),
            FieldRow("c", "Token that claims an order", "O", "text"),
        )

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules of a URI."""
        return (ACTION, HOST, SHORT, UNSAFE, AMOUNT, TWICE, *amount_rules(_SECTION)[1:])

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order of a made-up merchant."""
        return Order(account="merchant.example", reference="2021.1-ABC")


_DETAILS: Final = frozenset({"action", "host", "prefix", "amount", "summary", *_MADE})


def _path(action: str, path: list[str]) -> Iterator[Part]:
    """Give the host, the prefix, and what the action is about."""
    if not path:
        return
    yield Part.read("host", path[0], "/")
    tail = _TAILS.get(action, ())
    cut = max(1, len(path) - len(tail))
    if cut > 1:
        yield Part.read("prefix", "/".join(path[1:cut]), "/")
    for name, text in zip(tail, path[cut:], strict=False):
        yield Part.read(name, text, "/")


def _stated(said: dict[str, str]) -> bool:
    return ":" in said.get("amount", "")


def _amount(text: str) -> tuple[Amount | None, str | None, tuple[Issue, ...]]:
    """Return an amount and its currency where ISO 4217 knows it, and what is wrong with them."""
    if not text or _CURRENCY.fullmatch(text):
        return None, text if text in CURRENCIES else None, ()
    match = _AMOUNT.fullmatch(text)
    if match is None:
        return None, None, (AMOUNT.broken("amount"),)
    if match[1] not in CURRENCIES:
        return None, None, ()
    amount, issues = read_decimal(match[2], match[1], "amount", _SECTION)
    return amount, match[1], issues


def _issues(objects: tuple[DataObject, ...], said: dict[str, str], mark: str) -> Iterator[Issue]:
    if mark.lower() != "taler":
        yield UNSAFE.broken("")
    tail = _TAILS.get(said.get("action", "").lower())
    if tail is None:
        yield ACTION.broken("action")
    if not _HOST.fullmatch(said.get("host", "")):
        yield HOST.broken("host")
    if tail and tail[0] not in said:
        yield SHORT.broken(tail[0])
    elif tail and all(item.id != tail[-1] for item in objects):
        yield SHORT.broken(tail[-1])
    for name in repeated(objects):
        yield TWICE.broken(name)


WORKS = Taler()
