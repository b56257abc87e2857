"""The safeguarding report (资金存管): the customers' money at the bank equals what is owed to them.

Per currency, as the books stood at a moment: bank.safeguarded = customers + held + merchants +
payouts in transit + unmatched + unswept fees + fx.position - receivables. Beside it stands the
balance of the bank's own statement; what differs is listed movement by movement, with its reason.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wallet_api.banking.records import DEBIT, ORDERS, WAITING
from wallet_api.ledger.accounts import BANK_SAFEGUARDED, is_safeguarded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wallet_api.store.database import Transaction

RECEIVABLE, FX = "receivable", "fx.position"
#: Why a movement stands at one side only.
IN_FLIGHT = "in flight: the bank moved it, its answer is still out"
UNHEARD = "taken back or received by the bank, not heard yet"
LATER = "the bank moved it in another period than the books"
UNEXPLAINED = "unexplained"
BREAKS = (IN_FLIGHT, UNHEARD, LATER, UNEXPLAINED)


@dataclass(frozen=True, slots=True)
class Break:
    """A movement that books and bank do not agree on, in minor units, positive where money came."""

    reference: str
    books: int
    bank: int
    reason: str


@dataclass(slots=True)
class Line:
    """One currency. ``classes`` are what is owed, by class of account; all in minor units.

    ``bank`` is the balance of the bank's statement, None where there is no statement.
    ``shortfall`` is what the firm has to pay in.
    """

    currency: str
    safeguarded: int = 0
    classes: dict[str, int] = field(default_factory=dict)
    bank: int | None = None
    breaks: list[Break] = field(default_factory=list)

    @property
    def owed(self) -> int:
        """The right side of the equation."""
        return sum(self.classes.values())

    @property
    def shortfall(self) -> int:
        """What receivables, and an fx.position in debit, leave uncovered."""
        short = (self.classes.get(name, 0) for name in (RECEIVABLE, FX))
        return sum(-amount for amount in short if amount < 0)

    @property
    def explained(self) -> bool:
        """Say whether every difference to the bank's statement has a reason."""
        return all(each.reason != UNEXPLAINED for each in self.breaks)

    @property
    def holds(self) -> bool:
        """Say whether the customers' money is all there."""
        return self.safeguarded == self.owed and self.shortfall == 0 and self.explained


def safeguarding(
    transaction: Transaction, until: int, statement: Iterable[tuple[str, str, int]] | None
) -> list[Line]:
    """Give the report of the books before a moment, in milliseconds of business time.

    ``statement`` is the bank's side up to that moment: references, currencies and signed minor
    units; None where there is none.
    """
    last = transaction.one(
        "SELECT number FROM journal WHERE booked_at < ? ORDER BY number DESC LIMIT 1", until
    )
    number = 0 if last is None else int(last[0])
    lines: dict[str, Line] = {}
    for name, currency, balance in transaction.all(
        "SELECT accounts.name, accounts.currency, SUM(postings.amount)"
        " FROM postings JOIN accounts ON accounts.id = postings.account"
        " WHERE postings.number <= ? GROUP BY accounts.id ORDER BY accounts.currency",
        number,
    ):
        line = lines.setdefault(currency, Line(currency))
        if name == BANK_SAFEGUARDED:
            line.safeguarded = balance
        elif is_safeguarded(name):
            kind = name.split(":", maxsplit=1)[0]
            line.classes[kind] = line.classes.get(kind, 0) - balance
    if statement is not None:
        _compare(transaction, lines, number, list(statement))
    return [lines[currency] for currency in sorted(lines)]


def _compare(
    transaction: Transaction,
    lines: dict[str, Line],
    number: int,
    statement: list[tuple[str, str, int]],
) -> None:
    """Set the bank's balances beside the books', and list what differs."""
    bank: defaultdict[tuple[str, str], int] = defaultdict(int)
    for reference, currency, minor in statement:
        bank[currency, reference] += minor
        lines.setdefault(currency, Line(currency))
    books: defaultdict[tuple[str, str], int] = defaultdict(int)
    for reference, currency, minor in transaction.all(
        "SELECT journal.subject, accounts.currency, postings.amount"
        " FROM postings JOIN accounts ON accounts.id = postings.account"
        " JOIN journal ON journal.number = postings.number"
        " WHERE accounts.name = ? AND postings.number <= ?",
        BANK_SAFEGUARDED,
        number,
    ):
        books[currency, reference] += minor
    for line in lines.values():
        line.bank = sum(minor for (currency, _), minor in bank.items() if currency == line.currency)
    for key in sorted(bank.keys() | books.keys()):
        here, there = books.get(key, 0), bank.get(key)
        if here != (there or 0):
            reason = _reason(transaction, key[1], here, there)
            lines[key[0]].breaks.append(Break(key[1], here, there or 0, reason))


def _reason(transaction: Transaction, reference: str, books: int, bank: int | None) -> str:
    """Say why books and bank disagree on a movement; ``bank`` is None where it never moved."""
    order = ORDERS.get(transaction, reference)
    if order is None:
        return UNHEARD if books == 0 and bank is not None and bank > 0 else UNEXPLAINED
    wanted = order.amount if order.kind == DEBIT else -order.amount
    if order.state == WAITING and bank in {wanted, 0}:
        return IN_FLIGHT
    if _posted(transaction, reference) == (bank or 0):
        return LATER
    # Two movements that cancel each other: it came, and it was taken back.
    return UNHEARD if books == wanted and bank == 0 else UNEXPLAINED


def _posted(transaction: Transaction, reference: str) -> int:
    """Give what the books have moved at the bank by now for a reference, in minor units."""
    row = transaction.one(
        "SELECT COALESCE(SUM(postings.amount), 0) FROM postings"
        " JOIN accounts ON accounts.id = postings.account"
        " JOIN journal ON journal.number = postings.number"
        " WHERE accounts.name = ? AND journal.subject = ?",
        BANK_SAFEGUARDED,
        reference,
    )
    assert row is not None
    return int(row[0])
