"""Top-ups: two commands around the bank's answer, so that a lost answer never makes money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from wallet_api.banking.outbox import place, rule_of
from wallet_api.banking.records import (
    DEBIT,
    FAILED,
    PENDING,
    RETURNED,
    SUCCEEDED,
    TOP_UP,
    TOP_UPS,
    TopUpRow,
)
from wallet_api.banking.views import top_up_view
from wallet_api.checkout.terms import require_amount, the_customer
from wallet_api.contract.errors import NotFound, NotYours
from wallet_api.contract.wire import Page, TopUp, TopUpRequest
from wallet_api.events.publish import publish
from wallet_api.ledger.accounts import (
    BANK_SAFEGUARDED,
    customer_account,
    owed_to,
    receivable_account,
)
from wallet_api.ledger.journal import credit, debit, post
from wallet_api.limits.allowance import require_room
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


@dataclass(frozen=True, slots=True)
class RequestTopUp:
    """A customer asks the bank for money; the key's id is the top-up's and the bank's own key."""

    key: Key
    customer: str
    request: TopUpRequest


def request_top_up(transaction: Transaction, command: RequestTopUp, now: Now) -> Answered[TopUp]:
    """Write down the request and the order to the bank; nothing moves yet.

    Raises AmountInvalid, CurrencyMismatch, LimitExceeded where the wallet could not hold it
    together with what is on its way already.
    """

    def act() -> TopUp:
        customer = the_customer(transaction, command.customer)
        amount = require_amount(command.request.amount, customer.currency)
        coming = amount + _pending(transaction, customer.id)
        require_room(transaction, customer, coming, now, own=True)
        row = TopUpRow(
            command.key.id, customer.id, customer.currency, amount, PENDING, now.business
        )
        TOP_UPS.insert(transaction, row)
        place(transaction, row.id, DEBIT, TOP_UP, amount, row.currency, now)
        return top_up_view(row, None)

    def current() -> TopUp:
        return view_top_up(transaction, command.key.id, command.customer)

    return once(transaction, now, command.key, TopUp, act, current)


def _pending(transaction: Transaction, customer: str) -> int:
    """Give the minor units that the bank was asked for and has not answered."""
    row = transaction.one(
        "SELECT COALESCE(SUM(amount), 0) FROM top_ups WHERE customer = ? AND state = 'pending'",
        customer,
    )
    assert row is not None
    return int(row[0])


def settle_top_up(transaction: Transaction, top_up: str, *, paid: bool, now: Now) -> None:
    """Post a top-up that the bank paid, whatever became of the wallet's limits meanwhile."""
    row = TOP_UPS.get(transaction, top_up)
    assert row is not None, "the bank answers what it was asked"
    assert row.state == PENDING, "an order is answered once"
    row = TOP_UPS.change(transaction, row, state=SUCCEEDED if paid else FAILED)
    if paid:
        post(
            transaction,
            "top_up",
            row.id,
            [
                debit(BANK_SAFEGUARDED, row.currency, row.amount),
                credit(customer_account(row.customer), row.currency, row.amount),
            ],
            now,
        )
    _tell(transaction, row, now)


def take_back(transaction: Transaction, top_up: str, now: Now) -> None:
    """Undo a settled top-up that the bank took back; what the wallet no longer holds is owed.

    One that was not answered yet has failed. A second notice of the same changes nothing.
    """
    row = TOP_UPS.get(transaction, top_up)
    if row is None or row.state != SUCCEEDED:
        return
    account = customer_account(row.customer)
    covered = min(row.amount, owed_to(transaction, account, row.currency))
    paid = transaction.one(
        "SELECT number FROM journal WHERE subject = ? AND kind = 'top_up'", row.id
    )
    assert paid is not None, "a top-up that succeeded was posted"
    post(
        transaction,
        "top_up_returned",
        row.id,
        [
            debit(account, row.currency, covered),
            debit(receivable_account(row.customer), row.currency, row.amount - covered),
            credit(BANK_SAFEGUARDED, row.currency, row.amount),
        ],
        now,
        corrects=paid[0],
    )
    _tell(transaction, TOP_UPS.change(transaction, row, state=RETURNED), now)


def _tell(transaction: Transaction, row: TopUpRow, now: Now) -> None:
    transaction.touch(row.id)
    transaction.touch(row.customer)
    amount = Amount(row.amount, row.currency)
    data = {"top_up": row.id, "state": row.state, "amount": amount}
    publish(transaction, row.customer, f"top_up.{row.state}", data, now)


def view_top_up(transaction: Transaction, top_up: str, customer: str) -> TopUp:
    """Give a customer's own top-up with the balance now. Raises NotFound, NotYours."""
    row = TOP_UPS.get(transaction, top_up)
    if row is None:
        raise NotFound(what="top-up")
    if row.customer != customer:
        raise NotYours
    balance = owed_to(transaction, customer_account(customer), row.currency)
    return top_up_view(row, rule_of(transaction, row.id), balance)


def list_top_ups(transaction: Transaction, customer: str, cursor: str, limit: int) -> Page[TopUp]:
    """Give a customer's top-ups before the cursor, newest first."""
    rows = TOP_UPS.where(
        transaction,
        "customer = ? AND id < ? ORDER BY id DESC LIMIT ?",
        customer,
        cursor,
        limit + 1,
    )
    items = [top_up_view(row, rule_of(transaction, row.id)) for row in rows[:limit]]
    return Page(items=items, next=items[-1].id if len(rows) > limit else None)
