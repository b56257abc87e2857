"""Top-ups: two commands around the bank's answer, so that a lost answer never makes money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.checkout.records import TOP_UPS, TopUpRow
from wallet_api.checkout.terms import require_amount, the_customer
from wallet_api.checkout.views import top_up_view
from wallet_api.contract.errors import NotFound, NotYours
from wallet_api.contract.wire import TopUp, TopUpRequest
from wallet_api.ledger.accounts import BANK_SAFEGUARDED, customer_account, owed_to
from wallet_api.ledger.journal import credit, debit, post
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


@dataclass(frozen=True, slots=True)
class SettleTopUp:
    """The bank has answered: it paid, or refused."""

    top_up: str
    paid: bool


def request_top_up(transaction: Transaction, command: RequestTopUp, now: Now) -> Answered[TopUp]:
    """Write down the request; nothing moves yet. Raises AmountInvalid, CurrencyMismatch."""

    def act() -> TopUp:
        customer = the_customer(transaction, command.customer)
        amount = require_amount(command.request.amount, customer.currency)
        row = TopUpRow(
            command.key.id, customer.id, customer.currency, amount, "pending", now.business
        )
        TOP_UPS.insert(transaction, row)
        return top_up_view(row)

    def current() -> TopUp:
        return view_top_up(transaction, command.key.id, command.customer)

    return once(transaction, now, command.key, TopUp, act, current)


def settle_top_up(transaction: Transaction, command: SettleTopUp, now: Now) -> None:
    """Post a top-up that the bank paid. A second answer for the same top-up changes nothing."""
    row = TOP_UPS.get(transaction, command.top_up)
    assert row is not None, "the bank answers what it was asked"
    if row.state != "pending":
        return
    TOP_UPS.change(transaction, row, state="succeeded" if command.paid else "failed")
    if command.paid:
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
    transaction.touch(row.customer)


def view_top_up(transaction: Transaction, top_up: str, customer: str) -> TopUp:
    """Give a customer's own top-up with the balance now. Raises NotFound, NotYours."""
    row = TOP_UPS.get(transaction, top_up)
    if row is None:
        raise NotFound(what="top-up")
    if row.customer != customer:
        raise NotYours
    return top_up_view(row, owed_to(transaction, customer_account(customer), row.currency))


def pending_top_ups(transaction: Transaction, _now: Now) -> list[str]:
    """Give the ids that the bank has not answered, oldest first: asked again after a restart."""
    rows = transaction.all("SELECT id FROM top_ups WHERE state = 'pending' ORDER BY id")
    return [row[0] for row in rows]
