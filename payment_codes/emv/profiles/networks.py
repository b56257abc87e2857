"""Card networks: their own tags hold an account that only they take apart (Table 4.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from payment_codes.amount import Amount
from payment_codes.code import Order
from payment_codes.emv.cards import CARD_CHECK, card_issues
from payment_codes.emv.profiles.profile import Objects, Profile
from payment_codes.fields import DataObject, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.issues import Issue
    from payment_codes.schemes.scheme import Scheme

# UnionPay: acquirer and forwarder by their IINs, and the merchant.
_UNIONPAY: Final = re.compile(r"([0-9]{8})([0-9]{8})(.{15})")
_CARD_TAGS: Final = frozenset({"02", "03", "04"})


class Networks(Profile):
    """Reads and writes codes of one card network."""

    RULES = (CARD_CHECK,)

    def check(self, objects: Objects, scheme: Scheme) -> Iterator[Issue]:
        """Give the card numbers whose check digit is wrong."""
        yield from card_issues(objects, sorted(scheme.tags & _CARD_TAGS))

    def meaning(self, objects: Objects, scheme: Scheme) -> dict[str, Any]:
        """Return the network's account, and what UnionPay's is made of."""
        own = (item for item in objects if item.id in scheme.tags)
        item = next(own, None)
        if item is None or not isinstance(item.value, str):
            tag, content = self.account(objects, scheme)
            account = text_of(content, "01")
        else:
            tag, account = item.id, item.value
        details = {"scheme_hint": f"{scheme.name.lower()} tag {tag}"} if tag else {}
        parts = _UNIONPAY.fullmatch(account or "") if "15" in scheme.tags else None
        if parts:
            names = ("acquirer_iin", "forwarder_iin", "merchant_id")
            details |= dict(zip(names, parts.groups(), strict=True))
        return {"account": account, "details": details}

    def accounts(self, order: Order, scheme: Scheme) -> Objects:
        """Return the account in the network's first tag."""
        return (DataObject(min(scheme.tags), order.account),)

    def example(self, scheme: Scheme) -> Order | None:
        """Return an order to a made-up account of the network."""
        accounts = {
            "02": "4000000000000002",
            "04": "5555555555554444",
            "15": "0000000000000000MADEUPMERCHANT1",
        }
        return Order(
            account=accounts.get(min(scheme.tags), "MADEUPACCOUNT"),
            payee="TEST MERCHANT",
            city="NEW YORK",
            amount=Amount(100_00, "USD"),
            reference="R1",
            extra={"country": "US", "category": "5024"},
        )


WORKS = Networks()
