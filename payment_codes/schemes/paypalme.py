"""PayPal.Me: the address of somebody who is paid, with an amount perhaps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from payment_codes.amount import Amount, decimal_text
from payment_codes.code import Order, PaymentCode
from payment_codes.fields import DataObject, text_of
from payment_codes.issues import Issue, Rule, Severity
from payment_codes.money import amount_rules, read_decimal
from payment_codes.schemes.orders import take_only
from payment_codes.schemes.uri import Part, UriWorks, split_query
from payment_codes.schemes.works import FieldRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.schemes.scheme import Scheme

_SECTION: Final = "PayPal.Me links"
_HOST: Final = "https://paypal.me/"
_USER: Final = re.compile("[A-Za-z0-9]{1,20}")
_AMOUNT: Final = re.compile(r"([0-9]{1,20}(?:\.[0-9]{0,20})?)([A-Za-z]{3})?")

NO_USER: Final = Rule("missing", _SECTION, "The user's name is missing.")
USER: Final = Rule("value", _SECTION, "The user's name is not 1 to 20 letters and digits.")
AMOUNT: Final = Rule(
    "amount_format", _SECTION, "The amount is not a decimal with a currency's three letters."
)
PLAIN: Final = Rule(
    "encoding", _SECTION, "The address does not begin with https://.", Severity.STRICT
)
MORE: Final = Rule(
    "trailing", _SECTION, "Something follows the user's name and the amount.", Severity.STRICT
)


class PayPalMe(UriWorks):
    """Reads and writes links of PayPal.Me."""

    def read(self, text: str, scheme: Scheme) -> PaymentCode:
        """Read a link; an amount without a currency, in the user's own, is in `details` only."""
        assert scheme.pattern
        match = scheme.pattern.match(text)
        start = match.end() if match else 0
        head, query = split_query(text)
        user, slash, rest = head[start:].partition("/")
        objects: list[DataObject] = [Part.read("user", user, head[:start])]
        if slash:
            objects.append(Part.read("amount", rest, "/"))
        stated = _AMOUNT.fullmatch(rest)
        code = (stated[2] or "").upper() if stated else ""
        amount, issues = None, list(_issues(text, user, rest))
        if stated and code:
            amount, found = read_decimal(stated[1], code, "amount", _SECTION)
            issues += found
        details = {"user": user, "amount": stated[1] if stated else "", "currency": code}
        return PaymentCode(
            scheme=scheme,
            objects=(*objects, *query),
            account=text_of(objects, "user") or None,
            amount=amount,
            currency=amount.currency if amount else None,
            payer_enters_amount=not rest,
            details={name: told for name, told in details.items() if told},
            issues=tuple(issues),
        )

    def compose(self, order: Order, scheme: Scheme) -> tuple[DataObject, ...]:
        """Return the parts of a link."""
        take_only(order, scheme, ("account", "amount"))
        user = Part("user", order.account, _HOST)
        if order.amount is None:
            return (user,)
        text = decimal_text(order.amount) + order.amount.currency
        return (user, Part("amount", text, "/"))

    def fields(self, scheme: Scheme) -> tuple[FieldRow, ...]:
        """Return the parts of a link."""
        return (
            FieldRow("user", "Name of the user", "M", "1 to 20 letters and digits"),
            FieldRow("amount", "Amount", "O", "decimal, and a currency of ISO 4217"),
        )

    def rules(self, scheme: Scheme) -> tuple[Rule, ...]:
        """Return the rules of a link."""
        return (NO_USER, USER, AMOUNT, PLAIN, MORE, *amount_rules(_SECTION)[1:])

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up user."""
        return Order(account="exampleuser", amount=Amount(12_50, "EUR"))


def _issues(text: str, user: str, rest: str) -> Iterator[Issue]:
    if not user:
        yield NO_USER.broken("user")
    elif not _USER.fullmatch(user):
        yield USER.broken("user")
    if rest and not _AMOUNT.fullmatch(rest):
        yield AMOUNT.broken("amount")
    if not text[:8].lower().startswith("https://"):
        yield PLAIN.broken("")
    if "?" in text:
        yield MORE.broken("")


WORKS = PayPalMe()
