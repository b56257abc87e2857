"""The outbox: orders to the bank, written with what they are for and asked until answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.banking.records import ORDERS, WAITING, OrderRow
from wallet_api.store.database import AGENDA

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

#: How long after a silent try the bank is asked again, in seconds; the last one for ever. The first
#: is how long whoever placed the order has to ask at once.
BACKOFF = (2, 5, 15, 60, 300, 1_800, 3_600)
ASKED_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Silence:
    """The bank gave no answer to an order; ``simulated`` names the rule that silenced it."""

    order: str
    simulated: str | None


def place(
    transaction: Transaction,
    order: str,
    kind: str,
    purpose: str,
    amount: int,
    currency: str,
    now: Now,
) -> None:
    """Write down an order in the very transaction that made it necessary."""
    row = OrderRow(
        id=order,
        kind=kind,
        purpose=purpose,
        currency=currency,
        amount=amount,
        state=WAITING,
        attempts=0,
        next_at=now.business + BACKOFF[0] * 1_000,
        simulated=None,
        created_at=now.business,
    )
    ORDERS.insert(transaction, row)
    transaction.touch(AGENDA)


def waiting(transaction: Transaction, order: str) -> OrderRow | None:
    """Give an order that the bank has not answered, or None."""
    row = ORDERS.get(transaction, order)
    return row if row is not None and row.state == WAITING else None


def due(transaction: Transaction, now: Now) -> list[OrderRow]:
    """Give the orders that are to be asked now, bounded, the longest due first."""
    return ORDERS.where(
        transaction,
        "state = 'waiting' AND next_at <= ? ORDER BY next_at LIMIT ?",
        now.business,
        ASKED_AT_ONCE,
    )


def next_due(transaction: Transaction, _now: Now) -> int | None:
    """Give the moment at which the next order is to be asked, or None."""
    row = transaction.one("SELECT MIN(next_at) FROM bank_orders WHERE state = 'waiting'")
    return None if row is None else row[0]


def note_silence(transaction: Transaction, command: Silence, now: Now) -> None:
    """Ask again later, each time after a longer pause."""
    row = waiting(transaction, command.order)
    if row is None:
        return
    attempts = row.attempts + 1
    pause = BACKOFF[min(attempts, len(BACKOFF) - 1)]
    ORDERS.change(
        transaction,
        row,
        attempts=attempts,
        next_at=now.business + pause * 1_000,
        simulated=command.simulated,
    )
    transaction.touch(AGENDA)


def rule_of(transaction: Transaction, order: str) -> str | None:
    """Give the rule of a simulated answer or silence, or None."""
    row = ORDERS.get(transaction, order)
    return None if row is None else row.simulated
