"""History: what moved in a wallet, straight from the journal, newest first.

A page costs what it looks at and no more, however long the history is. The balance after each
movement is computed, not stored: the walk starts from the account's balance now, and each cursor
carries the balance that it had come down to. A walk that searches looks at a bounded number of
entries and then gives a cursor, so a page may hold fewer movements than were asked for, or none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from wallet_api.contract.errors import BadRequest
from wallet_api.contract.instants import instant_text
from wallet_api.contract.rules import LARGEST_PAGE
from wallet_api.contract.statement import Movement
from wallet_api.contract.wire import Page
from wallet_api.ledger.accounts import customer_account
from wallet_api.ledger.journal import number_at
from wallet_api.statement.filters import Filters, begins_at, ends_at
from wallet_api.statement.parties import details_of
from wallet_api.store.calendar import business_zone

if TYPE_CHECKING:
    from wallet_api.store.database import Row, Transaction

#: How many entries a page that chooses among them looks at, at most.
MOST_WALKED = 500
_CURSOR = re.compile(r"([0-9]{1,18})\.([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Account:
    """A customer's account; ``balance`` is what the bank owes now, in minor units."""

    id: int
    currency: str
    balance: int


@dataclass(frozen=True, slots=True)
class Place:
    """A place between two entries: below ``number``, with the balance as it was there."""

    number: int
    balance: int

    def __str__(self) -> str:
        """Write it as a cursor."""
        return f"{self.number}.{self.balance}"


def the_account(transaction: Transaction, customer: str, currency: str) -> Account:
    """Give a customer's account; one that nothing has moved on has the number 0."""
    row = transaction.one(
        "SELECT id, balance FROM accounts WHERE name = ? AND currency = ?",
        customer_account(customer),
        currency,
    )
    return Account(0, currency, 0) if row is None else Account(row[0], currency, -row[1])


def place_at(transaction: Transaction, account: Account, moment: int) -> Place:
    """Give the place just before what was booked at or after a moment in milliseconds."""
    number = number_at(transaction, moment)
    row = transaction.one(
        "SELECT COALESCE(SUM(amount), 0) FROM postings WHERE account = ? AND number >= ?",
        account.id,
        number,
    )
    assert row is not None, "a sum has one row"
    return Place(number, account.balance + int(row[0]))


def history(
    transaction: Transaction,
    account: Account,
    filters: Filters,
    cursor: str | None,
    limit: int,
) -> Page[Movement]:
    """Give a page of an account's movements, newest first. Raises BadRequest."""
    if not 1 <= limit <= LARGEST_PAGE:
        raise BadRequest(reason=f"limit is 1 to {LARGEST_PAGE}")
    zone = business_zone(transaction)
    place = _start(transaction, account, filters, cursor)
    oldest = 0
    if filters.since is not None:
        oldest = number_at(transaction, begins_at(zone, filters.since))
    most = MOST_WALKED if filters.choose else limit
    rows = transaction.all(
        "SELECT postings.number, journal.kind, journal.subject, journal.booked_at, postings.amount"
        " FROM postings JOIN journal ON journal.number = postings.number"
        " WHERE postings.account = ? AND postings.number < ? AND postings.number >= ?"
        " ORDER BY postings.number DESC LIMIT ?",
        account.id,
        place.number,
        oldest,
        most + 1,
    )
    items: list[Movement] = []
    for row in rows[:most]:
        if len(items) == limit:
            return Page(items=items, next=str(place))
        movement = _chosen(transaction, row, account.currency, place.balance, filters)
        if movement is not None:
            items.append(movement)
        place = Place(row[0], place.balance + row[4])
    return Page(items=items, next=str(place) if len(rows) > most else None)


def _start(
    transaction: Transaction, account: Account, filters: Filters, cursor: str | None
) -> Place:
    if cursor is not None:
        match = _CURSOR.fullmatch(cursor)
        if match is None:
            raise BadRequest(reason="no such cursor")
        return Place(int(match[1]), int(match[2]))
    if filters.until is None:
        return Place(2**63 - 1, account.balance)
    moment = ends_at(business_zone(transaction), filters.until)
    return place_at(transaction, account, moment)


def _chosen(
    transaction: Transaction, row: Row, currency: str, balance: int, filters: Filters
) -> Movement | None:
    """Give a movement with the balance after it, or None for one that is not wanted."""
    _, kind, subject, booked_at, amount = row
    leaves = amount > 0
    if not filters.take(kind, "out" if leaves else "in", abs(amount)):
        return None
    details = details_of(transaction, kind, subject)
    party = details.receiver if leaves else details.sender
    if not filters.find(party, details.note, details.reference, subject, details.charge):
        return None
    return Movement(
        id=subject,
        kind=kind,
        direction="out" if leaves else "in",
        amount=Amount(abs(amount), currency),
        balance_after=Amount(balance, currency),
        party=party,
        created_at=instant_text(booked_at),
        note=details.note,
        reference=details.reference,
        category=details.category,
        charge=details.charge,
    )
