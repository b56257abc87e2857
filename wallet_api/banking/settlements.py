"""Settlement: a merchant's whole balance at the cut-off goes to the merchant's bank account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from wallet_api.banking import records
from wallet_api.banking.outbox import place, rule_of
from wallet_api.banking.records import SETTLEMENTS, SettlementRow
from wallet_api.banking.views import settlement_view
from wallet_api.checkout.terms import the_merchant
from wallet_api.contract.banking import Settlement
from wallet_api.contract.errors import NotFound, NothingToSettle, NotYours
from wallet_api.contract.wire import Page
from wallet_api.events.publish import publish
from wallet_api.identity.records import MERCHANTS
from wallet_api.ledger.accounts import (
    BANK_SAFEGUARDED,
    PAYOUTS_IN_TRANSIT,
    merchant_account,
    owed_to,
)
from wallet_api.ledger.journal import credit, debit, head, post
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

SETTLED = "settlement"


@dataclass(frozen=True, slots=True)
class Settle:
    """Pay out what a merchant was owed at the cut-off, in milliseconds of business time."""

    id: str
    merchant: str
    cut_off: int


@dataclass(frozen=True, slots=True)
class SettleNow:
    """The bank's admin settles a merchant up to now; the key's id is the settlement's."""

    key: Key
    merchant: str


def settle(transaction: Transaction, command: Settle, now: Now) -> SettlementRow | None:
    """Take a merchant's balance at the cut-off and order the bank to pay it.

    Refunds made since then come first: never more than the balance now. Gives None where there is
    nothing to pay.
    """
    merchant = the_merchant(transaction, command.merchant)
    before = _last(transaction, merchant.id)
    opening, first = (0, 0) if before is None else (before.closing, before.last)
    last = max(first, _newest_before(transaction, command.cut_off))
    balance = opening + moved(transaction, merchant.id, merchant.currency, first, last)
    account = merchant_account(merchant.id)
    amount = min(balance, owed_to(transaction, account, merchant.currency))
    if amount <= 0:
        return None
    row = SettlementRow(
        id=command.id,
        merchant=merchant.id,
        currency=merchant.currency,
        amount=amount,
        opening=opening,
        closing=balance - amount,
        first=first,
        last=last,
        cut_off=command.cut_off,
        state=records.PENDING,
        created_at=now.business,
    )
    SETTLEMENTS.insert(transaction, row)
    lines = [
        debit(account, row.currency, amount),
        credit(PAYOUTS_IN_TRANSIT, row.currency, amount),
    ]
    post(transaction, SETTLED, row.id, lines, now)
    place(transaction, row.id, records.CREDIT, records.SETTLEMENT, amount, row.currency, now)
    _tell(transaction, row, now)
    return row


def settle_now(transaction: Transaction, command: SettleNow, now: Now) -> Answered[Settlement]:
    """Settle a merchant on demand. Raises NotFound, NothingToSettle."""

    def act() -> Settlement:
        if MERCHANTS.get(transaction, command.merchant) is None:
            raise NotFound(what="merchant")
        everything = max(now.business, head(transaction).booked_at) + 1
        row = settle(transaction, Settle(command.key.id, command.merchant, everything), now)
        if row is None:
            raise NothingToSettle
        return settlement_view(row, None)

    def current() -> Settlement:
        return view_settlement(transaction, command.key.id, command.merchant)

    return once(transaction, now, command.key, Settlement, act, current)


def finish_settlement(transaction: Transaction, settlement: str, *, paid: bool, now: Now) -> None:
    """Post what the bank answered: paid, or back on the merchant's account."""
    row = SETTLEMENTS.get(transaction, settlement)
    assert row is not None, "the bank answers what it was asked"
    target = BANK_SAFEGUARDED if paid else merchant_account(row.merchant)
    lines = [
        debit(PAYOUTS_IN_TRANSIT, row.currency, row.amount),
        credit(target, row.currency, row.amount),
    ]
    kind = "settlement_paid" if paid else "settlement_returned"
    post(transaction, kind, row.id, lines, now)
    state = records.SUCCEEDED if paid else records.RETURNED
    _tell(transaction, SETTLEMENTS.change(transaction, row, state=state), now)


def moved(transaction: Transaction, merchant: str, currency: str, first: int, last: int) -> int:
    """Give what the entries after ``first`` up to ``last`` brought a merchant, in minor units.

    Settlements are left out: each stands in its own file.
    """
    row = transaction.one(
        "SELECT COALESCE(SUM(-postings.amount), 0) FROM postings"
        " JOIN accounts ON accounts.id = postings.account"
        " JOIN journal ON journal.number = postings.number"
        " WHERE accounts.name = ? AND accounts.currency = ?"
        " AND postings.number > ? AND postings.number <= ? AND journal.kind <> ?",
        merchant_account(merchant),
        currency,
        first,
        last,
        SETTLED,
    )
    assert row is not None
    return int(row[0])


def merchants_owed(transaction: Transaction, cursor: str, limit: int) -> list[str]:
    """Give the ids of merchants that the bank owes something, after the cursor."""
    rows = transaction.all(
        "SELECT merchants.id FROM merchants JOIN accounts"
        " ON accounts.name = 'merchant:' || merchants.id"
        " AND accounts.currency = merchants.currency"
        " WHERE accounts.balance < 0 AND merchants.id > ? ORDER BY merchants.id LIMIT ?",
        cursor,
        limit,
    )
    return [row[0] for row in rows]


def view_settlement(transaction: Transaction, settlement: str, merchant: str) -> Settlement:
    """Give a merchant's own settlement. Raises NotFound, NotYours."""
    row = own_settlement(transaction, settlement, merchant)
    return settlement_view(row, rule_of(transaction, row.id))


def own_settlement(transaction: Transaction, settlement: str, merchant: str) -> SettlementRow:
    """Give the row of a merchant's own settlement. Raises NotFound, NotYours."""
    row = SETTLEMENTS.get(transaction, settlement)
    if row is None:
        raise NotFound(what="settlement")
    if row.merchant != merchant:
        raise NotYours
    return row


def list_settlements(
    transaction: Transaction, merchant: str, cursor: str, limit: int
) -> Page[Settlement]:
    """Give a merchant's settlements before the cursor, newest first."""
    rows = SETTLEMENTS.where(
        transaction,
        "merchant = ? AND id < ? ORDER BY id DESC LIMIT ?",
        merchant,
        cursor,
        limit + 1,
    )
    items = [settlement_view(row, rule_of(transaction, row.id)) for row in rows[:limit]]
    return Page(items=items, next=items[-1].id if len(rows) > limit else None)


def _last(transaction: Transaction, merchant: str) -> SettlementRow | None:
    rows = SETTLEMENTS.where(transaction, "merchant = ? ORDER BY last DESC LIMIT 1", merchant)
    return rows[0] if rows else None


def _newest_before(transaction: Transaction, cut_off: int) -> int:
    row = transaction.one(
        "SELECT number FROM journal WHERE booked_at < ? ORDER BY number DESC LIMIT 1", cut_off
    )
    return 0 if row is None else int(row[0])


def _tell(transaction: Transaction, row: SettlementRow, now: Now) -> None:
    transaction.touch(row.id)
    data = {
        "settlement": row.id,
        "state": row.state,
        "amount": Amount(row.amount, row.currency),
    }
    publish(transaction, row.merchant, f"settlement.{row.state}", data, now)
