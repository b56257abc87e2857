"""Freezing: a frozen customer cannot pay, a frozen merchant cannot be paid; both get money back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.contract.errors import NotFound
from wallet_api.identity.records import CUSTOMERS, MERCHANTS

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Freeze:
    """Freeze, or unfreeze, the customer or merchant of this id."""

    subject: str
    frozen: bool


def freeze(transaction: Transaction, command: Freeze, _now: Now) -> None:
    """Set or clear the mark. Raises NotFound."""
    customer = CUSTOMERS.get(transaction, command.subject)
    merchant = MERCHANTS.get(transaction, command.subject)
    if customer is not None:
        CUSTOMERS.change(transaction, customer, frozen=int(command.frozen))
    elif merchant is not None:
        MERCHANTS.change(transaction, merchant, frozen=int(command.frozen))
    else:
        raise NotFound(what="customer or merchant")
    transaction.touch(command.subject)
