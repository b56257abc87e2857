"""The one place where a purchase moves money: the payment posting, and what must hold before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.checkout.shifts import open_shift
from wallet_api.checkout.terms import (
    Evidence,
    change_charge,
    change_payment,
    the_customer,
    the_merchant,
)
from wallet_api.contract.errors import (
    CurrencyMismatch,
    InsufficientFunds,
    MerchantFrozen,
    WalletFrozen,
)
from wallet_api.contract.wire import ChargeState, PaymentState
from wallet_api.ledger.accounts import FEES_UNSWEPT, customer_account, merchant_account, owed_to
from wallet_api.ledger.journal import credit, debit, post
from wallet_api.limits.allowance import count_outgoing, needs_pin, require_allowed
from wallet_api.risk.assess import admit

if TYPE_CHECKING:
    from wallet_api.checkout.records import ChargeRow, PaymentRow
    from wallet_api.identity.records import Customer
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

BASIS = 10_000


def fee_of(amount: int, basis_points: int) -> int:
    """Give the merchant's fee in minor units, rounded down."""
    return amount * basis_points // BASIS


def require_payable(
    transaction: Transaction, customer: Customer, charge: ChargeRow, now: Now
) -> None:
    """Refuse what no PIN would help: frozen parties, another currency, too little money, a limit.

    Raises WalletFrozen, MerchantFrozen, CurrencyMismatch, InsufficientFunds, LimitExceeded.
    """
    if customer.frozen:
        raise WalletFrozen
    if the_merchant(transaction, charge.merchant).frozen:
        raise MerchantFrozen
    if customer.currency != charge.currency:
        raise CurrencyMismatch(charge=charge.currency, wallet=customer.currency)
    if owed_to(transaction, customer_account(customer.id), charge.currency) < charge.amount:
        raise InsufficientFunds
    static_code = charge.static_code is not None
    require_allowed(transaction, customer, charge.amount, now, static_code=static_code)


def authorize(
    transaction: Transaction, customer: Customer, device: str, charge: ChargeRow, now: Now
) -> bool:
    """Let a customer pay a charge from a device, or refuse; say whether it takes the PIN.

    Raises what require_payable raises, RiskHeld, RiskRefused, PinNotSet, PinLocked.
    """
    require_payable(transaction, customer, charge, now)
    step_up = admit(transaction, customer, device, charge.amount, charge.merchant, now)
    return needs_pin(transaction, customer, charge.amount, now, step_up=step_up)


def settle(
    transaction: Transaction, charge: ChargeRow, payment: PaymentRow, now: Now, *, pin_free: bool
) -> ChargeRow:
    """Post the payment (customer a; merchant a - f, fees f), count it and give the paid charge.

    The caller has checked everything with require_payable before; ``pin_free`` says that no PIN
    was given.
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
    static_code = charge.static_code is not None
    count_outgoing(
        transaction, customer, charge.amount, now, static_code=static_code, pin_free=pin_free
    )
    change_payment(transaction, charge, payment, now, PaymentState.SUCCEEDED)
    return change_charge(
        transaction,
        charge,
        now,
        state=ChargeState.SUCCEEDED,
        reason=None,
        customer=customer.id,
        fee=fee,
        paid_at=now.business,
        journal=number,
        shift=open_shift(transaction, charge.till),
    )


def has_evidence(transaction: Transaction, subject: str, act: str) -> bool:
    """Say whether an approval of this act was kept."""
    row = transaction.one("SELECT 1 FROM evidence WHERE subject = ? AND act = ?", subject, act)
    return row is not None


def keep_evidence(transaction: Transaction, subject: str, act: str, evidence: Evidence) -> None:
    """Keep what proves an approval; a later try of the act replaces a refused one."""
    transaction.run(
        "INSERT INTO evidence (subject, act, device, signed, signature) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (subject, act) DO UPDATE SET device = excluded.device,"
        " signed = excluded.signed, signature = excluded.signature",
        subject,
        act,
        evidence.device,
        evidence.signed,
        evidence.signature,
    )
