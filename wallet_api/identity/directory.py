"""The directory of customers and merchants, in which the bank's admin finds an id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.contract.administration import AccountCard
from wallet_api.contract.errors import NotFound
from wallet_api.contract.instants import instant_text
from wallet_api.contract.limits import Tier
from wallet_api.contract.rules import PIN_TRIES
from wallet_api.contract.wire import Page
from wallet_api.identity.freeze import frozen_by
from wallet_api.identity.records import CUSTOMERS, MERCHANTS, Customer, Merchant

if TYPE_CHECKING:
    from wallet_api.store.database import Transaction

#: A part of a name, as SQL's LIKE reads it; or the whole id.
_FOUND = "(name LIKE ? ESCAPE '!' OR id = ?) ORDER BY id DESC LIMIT ?"
_SPECIAL = str.maketrans({"!": "!!", "%": "!%", "_": "!_"})


def find(transaction: Transaction, text: str, limit: int) -> Page[AccountCard]:
    """Give customers, then merchants, whose name holds the text or whose id it is."""
    pattern = f"%{text.translate(_SPECIAL)}%"
    found: list[Customer | Merchant] = []
    found += CUSTOMERS.where(transaction, _FOUND, pattern, text, limit)
    found += MERCHANTS.where(transaction, _FOUND, pattern, text, limit)
    return Page(items=[_card(account) for account in found[:limit]])


def customer_card(transaction: Transaction, customer_id: str) -> AccountCard:
    """Give a customer as the bank sees it. Raises NotFound."""
    customer = CUSTOMERS.get(transaction, customer_id)
    if customer is None:
        raise NotFound(what="customer")
    return _card(customer)


def _card(account: Customer | Merchant) -> AccountCard:
    customer = account if isinstance(account, Customer) else None
    return AccountCard(
        id=account.id,
        kind="merchant" if customer is None else "wallet",
        name=account.name,
        currency=account.currency,
        frozen_by=frozen_by(account.frozen),
        pin_locked=customer is not None and customer.pin_failures >= PIN_TRIES,
        tier=None if customer is None else Tier(customer.tier),
        created_at=instant_text(account.created_at),
    )
