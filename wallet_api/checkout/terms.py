"""What every use case of checkout checks: amounts, ownership, and a charge as it stands now."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from payment_codes.amount import LARGEST_MINOR, Amount
from wallet_api.checkout.announcements import (
    announce_charge,
    announce_expired,
    announce_payment,
)
from wallet_api.checkout.records import CHARGES, PAYMENTS, ChargeRow, PaymentRow
from wallet_api.contract.errors import AmountInvalid, CurrencyMismatch, NotFound, NotYours
from wallet_api.contract.wire import ChargeState, PaymentState
from wallet_api.identity.records import CUSTOMERS, MERCHANTS, Customer, Merchant

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

EXPIRED = "expired"
PAYER_TIMEOUT = "payer_timeout"
TOMBSTONE = "tombstone"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who approved: the device, the bytes it signed and its Ed25519 signature."""

    device: str
    signed: bytes
    signature: bytes


def require_amount(amount: Amount, currency: str) -> int:
    """Give the minor units of a positive amount in a currency, at most 12 digits.

    Raises AmountInvalid, CurrencyMismatch.
    """
    if amount.minor <= 0:
        raise AmountInvalid(reason="The amount must be more than zero")
    if amount.minor > LARGEST_MINOR:
        raise AmountInvalid(reason="The amount has more than 12 digits")
    if amount.currency != currency:
        raise CurrencyMismatch(charge=amount.currency[:3], wallet=currency)
    return amount.minor


def as_of(charge: ChargeRow, now: Now) -> ChargeRow:
    """Give the charge as it stands at a moment: an open one whose time is over is closed."""
    if ChargeState(charge.state).is_open and now.business >= charge.expires_at:
        reason = EXPIRED if charge.customer is None else PAYER_TIMEOUT
        return dataclasses.replace(charge, state=ChargeState.CLOSED, reason=reason)
    return charge


def load_charge(transaction: Transaction, charge_id: str, now: Now) -> ChargeRow:
    """Give a charge as it stands now, writing down that its time is over. Raises NotFound."""
    charge = CHARGES.get(transaction, charge_id)
    if charge is None:
        raise NotFound(what="charge")
    current = as_of(charge, now)
    if current is not charge:
        change_charge(transaction, charge, now, state=current.state, reason=current.reason)
    return current


def load_own_charge(transaction: Transaction, charge_id: str, merchant: str, now: Now) -> ChargeRow:
    """Give a merchant's own charge as it stands now. Raises NotFound, NotYours."""
    charge = load_charge(transaction, charge_id, now)
    if charge.merchant != merchant:
        raise NotYours
    return charge


def change_charge(
    transaction: Transaction, charge: ChargeRow, now: Now, **changes: str | int | None
) -> ChargeRow:
    """Write a new state of a charge, wake who waits for it, and tell both sides."""
    transaction.touch(charge.id)
    changed = CHARGES.change(transaction, charge, **changes)
    announce_charge(transaction, changed, now)
    if ChargeState(charge.state).is_open:
        announce_expired(transaction, changed, now)
    return changed


def change_payment(
    transaction: Transaction,
    charge: ChargeRow,
    payment: PaymentRow,
    now: Now,
    state: PaymentState,
    reason: str | None = None,
) -> None:
    """Write a new state of a payment, wake who waits for it, and tell its payer."""
    transaction.touch(payment.id)
    changed = PAYMENTS.change(transaction, payment, state=state, reason=reason)
    announce_payment(transaction, charge, changed, now)


def the_customer(transaction: Transaction, customer: str) -> Customer:
    """Give a customer that a signed request or a row names."""
    row = CUSTOMERS.get(transaction, customer)
    assert row is not None, "rows name customers that exist"
    return row


def the_merchant(transaction: Transaction, merchant: str) -> Merchant:
    """Give a merchant that a signed request or a row names."""
    row = MERCHANTS.get(transaction, merchant)
    assert row is not None, "rows name merchants that exist"
    return row
