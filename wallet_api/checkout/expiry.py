"""Charges whose time is over are closed soon after, whether or not anybody asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.checkout.announcements import announce_charge, announce_payment
from wallet_api.checkout.terms import load_charge
from wallet_api.store.database import AGENDA

if TYPE_CHECKING:
    from wallet_api.checkout.records import ChargeRow, PaymentRow
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

CLOSED_AT_ONCE = 100
OPEN = "state IN ('created', 'awaiting_payer')"


def await_payer(
    transaction: Transaction, charge: ChargeRow, now: Now, payment: PaymentRow | None = None
) -> None:
    """Tell that a new charge waits for its payer, and see to it that it ends in time."""
    announce_charge(transaction, charge, now)
    if payment is not None:
        announce_payment(transaction, charge, payment, now)
    # Where an earlier one is open, the agenda looks again then: no need to wake it for each sale.
    if expires_first(transaction, now) == charge.expires_at:
        transaction.touch(AGENDA)


def expires_first(transaction: Transaction, _now: Now) -> int | None:
    """Give when the next open charge expires, or expired, in milliseconds of business time."""
    row = transaction.one(f"SELECT MIN(expires_at) FROM charges WHERE {OPEN}")  # noqa: S608 - no values
    return None if row is None else row[0]


def close_expired(transaction: Transaction, now: Now) -> bool:
    """Close some of the charges whose time is over; say whether there may be more."""
    rows = transaction.all(
        f"SELECT id FROM charges WHERE {OPEN} AND expires_at <= ? ORDER BY expires_at LIMIT ?",  # noqa: S608
        now.business,
        CLOSED_AT_ONCE,
    )
    for (charge,) in rows:
        load_charge(transaction, charge, now)
    return len(rows) == CLOSED_AT_ONCE
