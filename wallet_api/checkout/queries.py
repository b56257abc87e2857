"""Reads: one charge, and lists. A page is newest first; its cursor is opaque to clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.checkout.records import CHARGES, PAYMENTS
from wallet_api.checkout.seeing import is_unseen
from wallet_api.checkout.views import charge_view, offer_view, payment_view
from wallet_api.contract.errors import BadRequest, NotFound, NotYours
from wallet_api.contract.rules import LARGEST_PAGE
from wallet_api.contract.wire import (
    Charge,
    Offer,
    Page,
    Payment,
)

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

NEWEST = "z"


def offer(transaction: Transaction, token: str, now: Now) -> tuple[Offer, bool]:
    """Give the charge that a scanned code stands for, and whether its till is to be told of it.

    Raises NotFound.
    """
    rows = CHARGES.where(transaction, "token = ?", token)
    if not rows:
        raise NotFound(what="code")
    return offer_view(transaction, rows[0], now), is_unseen(rows[0], now)


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
        "merchant = ? AND id < ? AND (static_code IS NULL OR paid_at IS NOT NULL)"
        " ORDER BY id DESC LIMIT ?",
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


def _limited(limit: int) -> int:
    if not 1 <= limit <= LARGEST_PAGE:
        raise BadRequest(reason=f"limit is 1 to {LARGEST_PAGE}")
    return limit
