"""What the two sides of a purchase are told: ids, states and amounts, in the purchase's own step.

A merchant hears of each new state of a charge, a payer of each new state of a payment. The state
in which a charge or payment is created is told only when it stays in it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from wallet_api.checkout.records import PAYMENTS, ChargeRow, PaymentRow, RefundRow
from wallet_api.contract.wire import PaymentState
from wallet_api.events.publish import publish

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

ALREADY_PAID = "already_paid"


def announce_charge(transaction: Transaction, charge: ChargeRow, now: Now) -> None:
    """Tell the merchant the state of a charge; of one on a static code, once it is paid."""
    if charge.static_code is not None and charge.paid_at is None:
        return
    _tell_merchant(transaction, charge, charge.state, now)


def announce_seen(transaction: Transaction, charge: ChargeRow, now: Now) -> None:
    """Tell the merchant that a wallet has scanned a charge's code, not which one."""
    _tell_merchant(transaction, charge, "seen", now)


def _tell_merchant(transaction: Transaction, charge: ChargeRow, what: str, now: Now) -> None:
    data = {
        "charge": charge.id,
        "till": charge.till,
        "state": charge.state,
        "reason": charge.reason,
        "amount": Amount(charge.amount, charge.currency),
        "refunded": Amount(charge.refunded, charge.currency),
    }
    publish(transaction, charge.merchant, f"charge.{what}", data, now)


def announce_payment(
    transaction: Transaction, charge: ChargeRow, payment: PaymentRow, now: Now
) -> None:
    """Tell the payer the state of a payment."""
    data = {
        "payment": payment.id,
        "charge": charge.id,
        "payee": charge.merchant,
        "state": payment.state,
        "reason": payment.reason,
        "amount": Amount(charge.amount, charge.currency),
    }
    publish(transaction, payment.customer, f"payment.{payment.state}", data, now)


def announce_refund(
    transaction: Transaction, charge: ChargeRow, refund: RefundRow, now: Now
) -> None:
    """Tell the payer that money came back."""
    assert charge.customer is not None, "a refunded charge was paid"
    data = {
        "refund": refund.id,
        "charge": charge.id,
        "payee": charge.merchant,
        "amount": Amount(refund.amount, charge.currency),
    }
    publish(transaction, charge.customer, "refund.succeeded", data, now)


def announce_expired(transaction: Transaction, charge: ChargeRow, now: Now) -> None:
    """Tell each payer whose payment still waits for a PIN that the charge is over."""
    waiting = PAYMENTS.where(
        transaction, "charge = ? AND state = ?", charge.id, PaymentState.PIN_REQUIRED
    )
    for payment in waiting:
        expired = replace(payment, state=PaymentState.EXPIRED, reason=charge.reason or ALREADY_PAID)
        announce_payment(transaction, charge, expired, now)
