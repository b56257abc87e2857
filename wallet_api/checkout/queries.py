"""Reads: cards, lists and statements. A page is newest first; its cursor is opaque to clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from wallet_api.checkout.records import CHARGES, PAYMENTS
from wallet_api.checkout.terms import the_customer
from wallet_api.checkout.views import charge_view, offer_view, payment_view
from wallet_api.contract.errors import BadRequest, NotFound, NotYours
from wallet_api.contract.instants import instant_text
from wallet_api.contract.rules import LARGEST_PAGE
from wallet_api.contract.wire import (
    Charge,
    Movement,
    Offer,
    Page,
    Payment,
)
from wallet_api.ledger.accounts import customer_account

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Row, Transaction

NEWEST = "z"
PAYMENT_PARTY = (
    "SELECT merchants.name FROM payments JOIN charges ON charges.id = payments.charge"
    " JOIN merchants ON merchants.id = charges.merchant WHERE payments.id = ?"
)
REFUND_PARTY = (
    "SELECT merchants.name FROM refunds JOIN charges ON charges.id = refunds.charge"
    " JOIN merchants ON merchants.id = charges.merchant WHERE refunds.id = ?"
)


def offer(transaction: Transaction, token: str, now: Now) -> Offer:
    """Give the charge that a scanned code stands for. Raises NotFound."""
    rows = CHARGES.where(transaction, "token = ?", token)
    if not rows:
        raise NotFound(what="code")
    return offer_view(transaction, rows[0], now)


def charge(transaction: Transaction, charge_id: str, merchant: str, now: Now) -> Charge:
    """Give a merchant's own charge. Raises NotFound, NotYours."""
    row = CHARGES.get(transaction, charge_id)
    if row is None:
        raise NotFound(what="charge")
    if row.merchant != merchant:
        raise NotYours
    return charge_view(transaction, row, now)


def charges(
    transaction: Transaction, merchant: str, cursor: str | None, limit: int, now: Now
) -> Page[Charge]:
    """Give a merchant's charges, newest first."""
    rows = CHARGES.where(
        transaction,
        "merchant = ? AND id < ? ORDER BY id DESC LIMIT ?",
        merchant,
        cursor or NEWEST,
        _limited(limit) + 1,
    )
    items = [charge_view(transaction, row, now) for row in rows[:limit]]
    return Page(items=items, next=items[-1].id if len(rows) > limit else None)


def pending(transaction: Transaction, customer: str, limit: int, now: Now) -> Page[Payment]:
    """Give the payments that wait for a customer's PIN, newest first.

    A payment whose charge is over waits no longer, though its own row still says so.
    """
    rows = PAYMENTS.where(
        transaction,
        "customer = ? AND state = 'pin_required' AND EXISTS (SELECT 1 FROM charges"
        " WHERE charges.id = payments.charge AND charges.expires_at > ?"
        " AND charges.state IN ('created', 'awaiting_payer')) ORDER BY id DESC LIMIT ?",
        customer,
        now.business,
        _limited(limit),
    )
    return Page(items=[payment_view(transaction, row, now) for row in rows])


def history(
    transaction: Transaction, customer_id: str, cursor: str | None, limit: int
) -> Page[Movement]:
    """Give a customer's statement, straight from the journal, newest first. Raises BadRequest."""
    customer = the_customer(transaction, customer_id)
    if cursor is not None and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
        raise BadRequest(reason="no such cursor")
    rows = transaction.all(
        "SELECT journal.number, journal.kind, journal.subject, journal.booked_at, postings.amount"
        " FROM postings JOIN accounts ON accounts.id = postings.account"
        " JOIN journal ON journal.number = postings.number"
        " WHERE accounts.name = ? AND accounts.currency = ? AND postings.number < ?"
        " ORDER BY postings.number DESC LIMIT ?",
        customer_account(customer.id),
        customer.currency,
        2**63 - 1 if cursor is None else int(cursor),
        _limited(limit) + 1,
    )
    items = [_movement(transaction, row, customer.currency) for row in rows[:limit]]
    return Page(items=items, next=str(rows[limit - 1][0]) if len(rows) > limit else None)


def _movement(transaction: Transaction, row: Row, currency: str) -> Movement:
    _, kind, subject, booked_at, amount = row
    return Movement(
        id=subject,
        kind=kind,
        direction="out" if amount > 0 else "in",
        amount=Amount(abs(amount), currency),
        party=_party(transaction, kind, subject),
        created_at=instant_text(booked_at),
    )


def _party(transaction: Transaction, kind: str, subject: str) -> str:
    """Name who stands on the other side of a journal entry."""
    if kind == "top_up":
        return "bank"
    row = transaction.one(REFUND_PARTY if kind == "refund" else PAYMENT_PARTY, subject)
    assert row is not None, "a journal entry names a payment or refund that exists"
    return str(row[0])


def _limited(limit: int) -> int:
    if not 1 <= limit <= LARGEST_PAGE:
        raise BadRequest(reason=f"limit is 1 to {LARGEST_PAGE}")
    return limit
