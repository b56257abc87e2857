"""Money without an owner: kept apart until somebody at the bank finds whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from wallet_api.banking.records import STRAYS, StrayRow
from wallet_api.banking.views import stray_view
from wallet_api.contract.banking import Stray
from wallet_api.contract.errors import AlreadyMatched, CurrencyMismatch, NotFound
from wallet_api.contract.wire import Page
from wallet_api.events.publish import publish
from wallet_api.identity.records import CUSTOMERS
from wallet_api.ledger.accounts import BANK_SAFEGUARDED, SUSPENSE_UNMATCHED, customer_account
from wallet_api.ledger.journal import credit, debit, post
from wallet_api.limits.allowance import require_room
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Match:
    """The bank says whose the money is."""

    key: Key
    stray: str
    customer: str


def receive(
    transaction: Transaction,
    stray: str,
    minor: int,
    currency: str,
    simulated: str | None,
    now: Now,
) -> None:
    """Take in money that nobody asked for; ``stray`` is the bank's own reference."""
    row = StrayRow(stray, currency, minor, None, simulated, now.business, None)
    STRAYS.insert(transaction, row)
    post(
        transaction,
        "stray",
        row.id,
        [
            debit(BANK_SAFEGUARDED, currency, minor),
            credit(SUSPENSE_UNMATCHED, currency, minor),
        ],
        now,
    )


def match(transaction: Transaction, command: Match, now: Now) -> Answered[Stray]:
    """Give stray money to a customer.

    Raises NotFound, AlreadyMatched, CurrencyMismatch, ReceiverFull.
    """

    def act() -> Stray:
        row = _stray(transaction, command.stray)
        if row.customer is not None:
            raise AlreadyMatched(wallet=row.customer)
        customer = CUSTOMERS.get(transaction, command.customer)
        if customer is None:
            raise NotFound(what="wallet")
        if customer.currency != row.currency:
            raise CurrencyMismatch(charge=row.currency, wallet=customer.currency)
        require_room(transaction, customer, row.amount, now)
        post(
            transaction,
            "stray_matched",
            row.id,
            [
                debit(SUSPENSE_UNMATCHED, row.currency, row.amount),
                credit(customer_account(customer.id), row.currency, row.amount),
            ],
            now,
        )
        transaction.touch(customer.id)
        data = {"stray": row.id, "amount": Amount(row.amount, row.currency)}
        publish(transaction, customer.id, "stray.matched", data, now)
        changes = {"customer": customer.id, "matched_at": now.business}
        return stray_view(STRAYS.change(transaction, row, **changes))

    def current() -> Stray:
        return stray_view(_stray(transaction, command.stray))

    return once(transaction, now, command.key, Stray, act, current)


def _stray(transaction: Transaction, stray: str) -> StrayRow:
    row = STRAYS.get(transaction, stray)
    if row is None:
        raise NotFound(what="unmatched money")
    return row


def unmatched(transaction: Transaction, cursor: str, limit: int) -> Page[Stray]:
    """Give the money without an owner before the cursor, newest first."""
    rows = STRAYS.where(
        transaction,
        "customer IS NULL AND id < ? ORDER BY id DESC LIMIT ?",
        cursor,
        limit + 1,
    )
    items = [stray_view(row) for row in rows[:limit]]
    return Page(items=items, next=items[-1].id if len(rows) > limit else None)
