"""The firm's own money: fees swept out of the customers' money, and shortfalls paid in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.banking import records
from wallet_api.banking.outbox import place, rule_of
from wallet_api.banking.records import FIRM_TRANSFERS, FirmTransferRow
from wallet_api.banking.views import sweep_view
from wallet_api.contract.banking import Sweep
from wallet_api.contract.errors import NotFound, NothingToSweep
from wallet_api.ledger.accounts import (
    BANK_OPERATING,
    BANK_SAFEGUARDED,
    EXPENSE_SHORTFALLS,
    FEES_UNSWEPT,
    INCOME_FEES,
    owed_to,
)
from wallet_api.ledger.journal import Posting, post
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Clear:
    """Bring an account of a currency to zero with the firm's money: fees, or a receivable."""

    id: str
    account: str
    currency: str


@dataclass(frozen=True, slots=True)
class SweepNow:
    """The bank's admin sweeps the fees of a currency; the key's id is the sweep's."""

    key: Key
    currency: str


def clear(transaction: Transaction, command: Clear, now: Now) -> FirmTransferRow | None:
    """Order the bank to move what stands on an account; nothing is posted before it answers.

    Gives None where there is nothing to move or it is on its way already.
    """
    owed = owed_to(transaction, command.account, command.currency)
    pending = FIRM_TRANSFERS.where(
        transaction,
        "account = ? AND currency = ? AND state = 'pending'",
        command.account,
        command.currency,
    )
    if owed == 0 or pending:
        return None
    purpose = records.SWEEP if command.account == FEES_UNSWEPT else records.FUNDING
    row = FirmTransferRow(
        id=command.id,
        purpose=purpose,
        account=command.account,
        currency=command.currency,
        amount=owed,
        state=records.PENDING,
        created_at=now.business,
    )
    FIRM_TRANSFERS.insert(transaction, row)
    kind = records.CREDIT if owed > 0 else records.DEBIT
    place(transaction, row.id, kind, purpose, abs(owed), row.currency, now)
    return row


def sweep_now(transaction: Transaction, command: SweepNow, now: Now) -> Answered[Sweep]:
    """Sweep the fees of a currency on demand. Raises NothingToSweep."""

    def act() -> Sweep:
        row = clear(transaction, Clear(command.key.id, FEES_UNSWEPT, command.currency), now)
        if row is None:
            raise NothingToSweep(currency=command.currency[:3])
        return sweep_view(row, None)

    def current() -> Sweep:
        return view_sweep(transaction, command.key.id)

    return once(transaction, now, command.key, Sweep, act, current)


def view_sweep(transaction: Transaction, sweep: str) -> Sweep:
    """Give a sweep as it stands. Raises NotFound."""
    row = FIRM_TRANSFERS.get(transaction, sweep)
    if row is None or row.purpose != records.SWEEP:
        raise NotFound(what="sweep")
    return sweep_view(row, rule_of(transaction, row.id))


def settle_transfer(transaction: Transaction, transfer: str, *, paid: bool, now: Now) -> None:
    """Post what the bank moved between the customers' money and the firm's."""
    row = FIRM_TRANSFERS.get(transaction, transfer)
    assert row is not None, "the bank answers what it was asked"
    state = records.SUCCEEDED if paid else records.FAILED
    FIRM_TRANSFERS.change(transaction, row, state=state)
    transaction.touch(row.id)
    if not paid:
        return
    earned = INCOME_FEES if row.purpose == records.SWEEP else EXPENSE_SHORTFALLS
    moves = (
        (row.account, row.amount),
        (BANK_OPERATING, row.amount),
        (BANK_SAFEGUARDED, -row.amount),
        (earned, -row.amount),
    )
    lines = [Posting(account, row.currency, amount) for account, amount in moves]
    post(transaction, row.purpose, row.id, lines, now)


def to_clear(transaction: Transaction, _now: Now) -> list[tuple[str, str]]:
    """Give the accounts that the firm clears each day, with their currencies."""
    rows = transaction.all(
        "SELECT name, currency FROM accounts WHERE balance <> 0"
        " AND (name = ? OR (name >= 'receivable:' AND name < 'receivable;'))"
        " ORDER BY name, currency",
        FEES_UNSWEPT,
    )
    return [(row[0], row[1]) for row in rows]


def shortfalls(transaction: Transaction, _now: Now) -> int:
    """Count the receivables that the firm has not funded."""
    row = transaction.one(
        "SELECT COUNT(*) FROM accounts WHERE balance <> 0"
        " AND name >= 'receivable:' AND name < 'receivable;'"
    )
    assert row is not None
    return int(row[0])
