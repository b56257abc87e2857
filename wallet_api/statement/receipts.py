"""Receipts: what was bought where, and what became of it, for both sides alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from wallet_api.checkout.records import CHARGES, PAYMENTS, REFUNDS, ChargeRow
from wallet_api.checkout.terms import TOMBSTONE, as_of, the_merchant
from wallet_api.contract.errors import NotFound, NotYours
from wallet_api.contract.instants import instant_text
from wallet_api.contract.rules import LARGEST_PAGE
from wallet_api.contract.statement import Receipt, ReceiptRefund
from wallet_api.contract.wire import ChargeState
from wallet_api.identity.records import STORES, TILLS

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


def charge_receipt(transaction: Transaction, charge: str, merchant: str, now: Now) -> Receipt:
    """Give the receipt of a merchant's own charge. Raises NotFound, NotYours."""
    row = CHARGES.get(transaction, charge)
    if row is None or row.reason == TOMBSTONE:
        raise NotFound(what="charge")
    if row.merchant != merchant:
        raise NotYours
    paid = transaction.one(
        "SELECT id FROM payments WHERE charge = ? AND state IN ('succeeded', 'reversed')", charge
    )
    return _receipt(transaction, as_of(row, now), None if paid is None else paid[0])


def payment_receipt(transaction: Transaction, payment: str, customer: str, now: Now) -> Receipt:
    """Give the receipt of a customer's own payment that was made. Raises NotFound, NotYours."""
    row = PAYMENTS.get(transaction, payment)
    if row is None:
        raise NotFound(what="payment")
    if row.customer != customer:
        raise NotYours
    charge = CHARGES.get(transaction, row.charge)
    assert charge is not None, "a payment names a charge that exists"
    if row.state not in {"succeeded", "reversed"}:
        raise NotFound(what="receipt")
    return _receipt(transaction, as_of(charge, now), payment)


def _receipt(transaction: Transaction, charge: ChargeRow, payment: str | None) -> Receipt:
    merchant = the_merchant(transaction, charge.merchant)
    till = TILLS.get(transaction, charge.till)
    assert till is not None, "a charge names a till that exists"
    store = STORES.get(transaction, till.store)
    assert store is not None, "a till stands in a store"

    def money(minor: int) -> Amount:
        return Amount(minor, charge.currency)

    return Receipt(
        charge=charge.id,
        state=ChargeState(charge.state),
        merchant=merchant.name,
        store=store.name,
        city=merchant.city,
        till=charge.till,
        amount=money(charge.amount),
        refunded=money(charge.refunded),
        created_at=instant_text(charge.created_at),
        refunds=_refunds(transaction, charge),
        tip=money(charge.tip) if charge.tip else None,
        discount=money(charge.discount) if charge.discount else None,
        note=charge.note,
        reference=charge.reference,
        payment=payment,
        paid_at=None if charge.paid_at is None else instant_text(charge.paid_at),
        reversed_at=_reversed_at(transaction, payment),
    )


def _refunds(transaction: Transaction, charge: ChargeRow) -> list[ReceiptRefund]:
    rows = REFUNDS.where(
        transaction, "charge = ? ORDER BY created_at DESC, id DESC LIMIT ?", charge.id, LARGEST_PAGE
    )
    return [
        ReceiptRefund(
            id=row.id,
            amount=Amount(row.amount, charge.currency),
            created_at=instant_text(row.created_at),
            reason=row.reason,
        )
        for row in reversed(rows)
    ]


def _reversed_at(transaction: Transaction, payment: str | None) -> str | None:
    if payment is None:
        return None
    row = transaction.one(
        "SELECT booked_at FROM journal WHERE subject = ? AND kind = 'reversal'", payment
    )
    return None if row is None else instant_text(row[0])
