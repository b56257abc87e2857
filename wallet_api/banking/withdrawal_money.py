"""What a withdrawal moves: out of the wallet, to the bank, or back into the wallet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from wallet_api.banking import records
from wallet_api.banking.outbox import place
from wallet_api.banking.records import WITHDRAWALS, WithdrawalRow
from wallet_api.checkout.terms import the_customer
from wallet_api.events.publish import publish
from wallet_api.ledger.accounts import (
    BANK_SAFEGUARDED,
    FEES_UNSWEPT,
    PAYOUTS_IN_TRANSIT,
    customer_account,
)
from wallet_api.ledger.journal import credit, debit, post
from wallet_api.limits.allowance import count_outgoing, give_back

if TYPE_CHECKING:
    from wallet_api.identity.records import Customer
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


def take(transaction: Transaction, customer: Customer, row: WithdrawalRow, now: Now) -> None:
    """Move the money out of the wallet and order the bank to pay it."""
    post(
        transaction,
        "withdrawal",
        row.id,
        [
            debit(customer_account(customer.id), row.currency, row.amount + row.fee),
            credit(PAYOUTS_IN_TRANSIT, row.currency, row.amount),
            credit(FEES_UNSWEPT, row.currency, row.fee),
        ],
        now,
    )
    count_outgoing(transaction, customer, row.amount + row.fee, now)
    place(
        transaction,
        row.id,
        records.CREDIT,
        records.WITHDRAWAL,
        row.amount,
        row.currency,
        now,
    )
    changes = {"state": records.PENDING, "taken_at": now.business}
    tell(transaction, WITHDRAWALS.change(transaction, row, **changes), now)


def finish_withdrawal(transaction: Transaction, withdrawal: str, *, paid: bool, now: Now) -> None:
    """Post what the bank answered: the money has arrived there, or it is back in the wallet."""
    row = WITHDRAWALS.get(transaction, withdrawal)
    assert row is not None, "the bank answers what it was asked"
    assert row.taken_at is not None, "only what was taken is ordered"
    if paid:
        lines = [
            debit(PAYOUTS_IN_TRANSIT, row.currency, row.amount),
            credit(BANK_SAFEGUARDED, row.currency, row.amount),
        ]
    else:
        lines = [
            debit(PAYOUTS_IN_TRANSIT, row.currency, row.amount),
            debit(FEES_UNSWEPT, row.currency, row.fee),
            credit(customer_account(row.customer), row.currency, row.amount + row.fee),
        ]
        customer = the_customer(transaction, row.customer)
        give_back(transaction, customer, row.amount + row.fee, row.taken_at, now)
    state = records.SUCCEEDED if paid else records.RETURNED
    kind = "withdrawal_paid" if paid else "withdrawal_returned"
    post(transaction, kind, row.id, lines, now)
    tell(transaction, WITHDRAWALS.change(transaction, row, state=state), now)


def tell(transaction: Transaction, row: WithdrawalRow, now: Now) -> None:
    """Wake who waits for a withdrawal and publish how it stands."""
    transaction.touch(row.id)
    transaction.touch(row.customer)
    data = {
        "withdrawal": row.id,
        "state": row.state,
        "amount": Amount(row.amount, row.currency),
        "fee": Amount(row.fee, row.currency),
    }
    publish(transaction, row.customer, f"withdrawal.{row.state}", data, now)
