"""The one place where a purchase moves money: the payment posting, and what must hold before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.checkout.records import PAYMENTS, ChargeRow, PaymentRow
from wallet_api.checkout.terms import Evidence, change_charge, the_customer, the_merchant
from wallet_api.contract.errors import (
    CurrencyMismatch,
    InsufficientFunds,
    MerchantFrozen,
    PinLocked,
    PinNotSet,
    WalletFrozen,
)
from wallet_api.contract.rules import PIN_FREE_LIMITS, PIN_TRIES
from wallet_api.contract.wire import ChargeState, PaymentState
from wallet_api.ledger.accounts import FEES_UNSWEPT, customer_account, merchant_account, owed_to
from wallet_api.ledger.journal import credit, debit, post

if TYPE_CHECKING:
    from wallet_api.identity.records import Customer
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

BASIS = 10_000


def fee_of(amount: int, basis_points: int) -> int:
    """Give the merchant's fee in minor units, rounded down."""
    return amount * basis_points // BASIS


def require_payable(transaction: Transaction, customer: Customer, charge: ChargeRow) -> None:
    """Refuse what no PIN would help: frozen parties, another currency, too little money.

    Raises WalletFrozen, MerchantFrozen, CurrencyMismatch, InsufficientFunds.
    """
    if customer.frozen:
        raise WalletFrozen
    if the_merchant(transaction, charge.merchant).frozen:
        raise MerchantFrozen
    if customer.currency != charge.currency:
        raise CurrencyMismatch(charge=charge.currency, wallet=customer.currency)
    if owed_to(transaction, customer_account(customer.id), charge.currency) < charge.amount:
        raise InsufficientFunds


def needs_pin(customer: Customer, charge: ChargeRow) -> bool:
    """Say whether a charge is above the PIN-free limit.

    Raises PinNotSet or PinLocked when it is and no PIN could be given.
    """
    if charge.amount <= PIN_FREE_LIMITS[charge.currency]:
        return False
    if customer.pin_verifier is None:
        raise PinNotSet
    if customer.pin_failures >= PIN_TRIES:
        raise PinLocked
    return True


def settle(transaction: Transaction, charge: ChargeRow, payment: PaymentRow, now: Now) -> ChargeRow:
    """Post the payment (customer a; merchant a - f, fees f) and give the paid charge.

    The caller has checked everything with require_payable before.
    """
    assert ChargeState(charge.state).is_open, "only an open charge is paid"
    customer = the_customer(transaction, payment.customer)
    merchant = the_merchant(transaction, charge.merchant)
    fee = fee_of(charge.amount, merchant.fee_basis_points)
    number = post(
        transaction,
        "payment",
        payment.id,
        [
            debit(customer_account(customer.id), charge.currency, charge.amount),
            credit(merchant_account(merchant.id), charge.currency, charge.amount - fee),
            credit(FEES_UNSWEPT, charge.currency, fee),
        ],
        now,
    )
    PAYMENTS.change(transaction, payment, state=PaymentState.SUCCEEDED, reason=None)
    transaction.touch(payment.id)
    return change_charge(
        transaction,
        charge,
        state=ChargeState.SUCCEEDED,
        reason=None,
        customer=customer.id,
        fee=fee,
        paid_at=now.business,
        journal=number,
    )


def keep_evidence(transaction: Transaction, payment: str, act: str, evidence: Evidence) -> None:
    """Keep what proves an approval; a later try of the act replaces a refused one."""
    transaction.run(
        "INSERT INTO evidence (payment, act, device, signed, signature) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (payment, act) DO UPDATE SET device = excluded.device,"
        " signed = excluded.signed, signature = excluded.signature",
        payment,
        act,
        evidence.device,
        evidence.signed,
        evidence.signature,
    )
