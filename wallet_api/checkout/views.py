"""Rows as they cross the wire: the merchant's view of a charge, the payer's view of a payment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from payment_codes.native import NativeCode, build
from wallet_api.checkout.records import CHARGES, ChargeRow, PaymentRow, RefundRow
from wallet_api.checkout.terms import TOMBSTONE, as_of, the_merchant
from wallet_api.contract.ids import short_code
from wallet_api.contract.instants import instant_text
from wallet_api.contract.wire import (
    Charge,
    ChargeState,
    Offer,
    Payment,
    PaymentState,
    Refund,
)

if TYPE_CHECKING:
    from wallet_api.identity.records import Merchant
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


def payload_of(charge: ChargeRow, merchant: Merchant) -> str | None:
    """Give the text of a charge's code; a charge on the payer's code has none."""
    if charge.token is None:
        return None
    return build(
        NativeCode(
            token=charge.token,
            amount=Amount(charge.amount, charge.currency),
            merchant_name=merchant.name,
            city=merchant.city,
            category=merchant.category,
            reference=charge.reference,
            terminal=short_code(charge.till).upper(),
        )
    )


def charge_view(transaction: Transaction, charge: ChargeRow, now: Now) -> Charge:
    """Give a charge as its merchant sees it at a moment."""
    charge = as_of(charge, now)
    merchant = the_merchant(transaction, charge.merchant)
    paid = charge.paid_at is not None

    def money(minor: int) -> Amount:
        return Amount(minor, charge.currency)

    return Charge(
        id=charge.id,
        state=ChargeState(charge.state),
        amount=money(charge.amount),
        merchant=merchant.name,
        created_at=instant_text(charge.created_at),
        expires_at=None if charge.reason == TOMBSTONE else instant_text(charge.expires_at),
        payload=payload_of(charge, merchant),
        reason=charge.reason,
        tip=money(charge.tip) if charge.tip else None,
        discount=money(charge.discount) if charge.discount else None,
        note=charge.note,
        reference=charge.reference,
        paid_at=instant_text(charge.paid_at) if charge.paid_at is not None else None,
        refunded=money(charge.refunded) if paid else None,
        fee=money(charge.fee - charge.fee_returned) if paid else None,
        seen_at=instant_text(charge.seen_at) if charge.seen_at is not None else None,
    )


def offer_view(transaction: Transaction, charge: ChargeRow, now: Now) -> Offer:
    """Give what a wallet learns of a scanned code before it pays."""
    charge = as_of(charge, now)
    merchant = the_merchant(transaction, charge.merchant)
    return Offer(
        charge=charge.id,
        state=ChargeState(charge.state),
        payee=merchant.id,
        merchant=merchant.name,
        city=merchant.city,
        amount=Amount(charge.amount, charge.currency),
        expires_at=instant_text(charge.expires_at),
        note=charge.note,
        tip=Amount(charge.tip, charge.currency) if charge.tip else None,
        discount=Amount(charge.discount, charge.currency) if charge.discount else None,
    )


def payment_view(transaction: Transaction, payment: PaymentRow, now: Now) -> Payment:
    """Give a payment as its payer sees it at a moment."""
    charge = CHARGES.get(transaction, payment.charge)
    assert charge is not None, "a payment names a charge that exists"
    charge = as_of(charge, now)
    state, reason = PaymentState(payment.state), payment.reason
    if state is PaymentState.PIN_REQUIRED and not ChargeState(charge.state).is_open:
        state, reason = PaymentState.EXPIRED, charge.reason or "already_paid"
    merchant = the_merchant(transaction, charge.merchant)
    settled = state is PaymentState.SUCCEEDED
    return Payment(
        id=payment.id,
        state=state,
        amount=Amount(charge.amount, charge.currency),
        charge=charge.id,
        payee=merchant.name,
        payee_id=merchant.id,
        created_at=instant_text(payment.created_at),
        expires_at=instant_text(charge.expires_at),
        reason=reason,
        note=charge.note,
        refunded=Amount(charge.refunded, charge.currency) if settled else None,
    )


def refund_view(refund: RefundRow, currency: str) -> Refund:
    """Give a refund as both sides see it."""
    return Refund(
        id=refund.id,
        state="succeeded",
        amount=Amount(refund.amount, currency),
        charge=refund.charge,
        created_at=instant_text(refund.created_at),
        reason=refund.reason,
    )
