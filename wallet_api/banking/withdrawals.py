"""Withdrawals: the money leaves the wallet with the request, and comes back if the bank refuses."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from wallet_api.banking import records
from wallet_api.banking.outbox import rule_of
from wallet_api.banking.records import WITHDRAWALS, WithdrawalRow
from wallet_api.banking.terms import CONFIRM_TIME, withdrawal_fee
from wallet_api.banking.views import withdrawal_view
from wallet_api.banking.withdrawal_money import take, tell
from wallet_api.checkout.approval import Terms, approved
from wallet_api.checkout.settlement import keep_evidence
from wallet_api.checkout.terms import Evidence, require_amount, the_customer
from wallet_api.contract.banking import (
    BANK_ACCOUNT,
    Withdrawal,
    WithdrawalOffer,
    WithdrawalRequest,
)
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import (
    InsufficientFunds,
    NotFound,
    NotYours,
    PinWrong,
    TermsChanged,
    WalletFrozen,
    WithdrawalOver,
)
from wallet_api.contract.wire import Page
from wallet_api.identity.pin import check_pin
from wallet_api.ledger.accounts import (
    customer_account,
    owed_to,
)
from wallet_api.limits.allowance import needs_pin, require_allowed
from wallet_api.risk.assess import admit
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.identity.keys import Keys
    from wallet_api.identity.records import Customer, Device
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Withdraw:
    """A customer wants money at the bank; the key's id is the withdrawal's and the bank's key."""

    key: Key
    customer: str
    request: WithdrawalRequest
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ConfirmWithdrawal:
    """A wallet's PIN and its signed approval (64 bytes) of a withdrawal."""

    key: Key
    customer: str
    device: Device
    withdrawal: str
    pin: str
    approval: bytes
    keys: Keys


def offer_withdrawal(
    transaction: Transaction, customer_id: str, minor: int, now: Now
) -> WithdrawalOffer:
    """Say what a withdrawal would cost and whether it needs the PIN.

    Raises AmountInvalid, and what would refuse it now.
    """
    customer = the_customer(transaction, customer_id)
    amount = require_amount(Amount(minor, customer.currency), customer.currency)
    fee = withdrawal_fee(amount, customer.currency)
    _require_possible(transaction, customer, amount + fee, now)
    return WithdrawalOffer(
        amount=Amount(amount, customer.currency),
        fee=Amount(fee, customer.currency),
        total=Amount(amount + fee, customer.currency),
        pin_required=needs_pin(transaction, customer, amount + fee, now),
    )


def withdraw(transaction: Transaction, command: Withdraw, now: Now) -> Answered[Withdrawal]:
    """Take the money and order the bank to pay it, or leave the withdrawal waiting for the PIN.

    Raises AmountInvalid, CurrencyMismatch, TermsChanged where the fee is another than offered,
    WalletFrozen, InsufficientFunds, LimitExceeded, RiskHeld, RiskRefused, PinNotSet, PinLocked.
    """

    def act() -> Withdrawal:
        customer = the_customer(transaction, command.customer)
        amount = require_amount(command.request.amount, customer.currency)
        fee = withdrawal_fee(amount, customer.currency)
        if command.request.fee != Amount(fee, customer.currency):
            raise TermsChanged
        total, device = amount + fee, command.evidence.device
        _require_possible(transaction, customer, total, now)
        step_up = admit(transaction, customer, device, total, BANK_ACCOUNT, now)
        wants_pin = needs_pin(transaction, customer, total, now, step_up=step_up)
        row = WithdrawalRow(
            id=command.key.id,
            customer=customer.id,
            currency=customer.currency,
            amount=amount,
            fee=fee,
            state=records.PIN_REQUIRED,
            reason=None,
            created_at=now.business,
            expires_at=now.business + CONFIRM_TIME * 1_000,
            taken_at=None,
        )
        WITHDRAWALS.insert(transaction, row)
        keep_evidence(transaction, row.id, "withdraw", command.evidence)
        if not wants_pin:
            take(transaction, customer, row, now)
        return current()

    def current() -> Withdrawal:
        return view_withdrawal(transaction, command.key.id, command.customer, now)

    return once(transaction, now, command.key, Withdrawal, act, current)


def confirm_withdrawal(
    transaction: Transaction, command: ConfirmWithdrawal, now: Now
) -> Answered[Withdrawal]:
    """Confirm a waiting withdrawal with the PIN; it then goes to the bank.

    Raises NotFound, NotYours, WithdrawalOver, PinWrong, PinLocked, SignatureInvalid for an
    approval of other terms, WalletFrozen, InsufficientFunds, LimitExceeded, RiskHeld, RiskRefused.
    """

    def act() -> Withdrawal:
        row = _own(transaction, command.withdrawal, command.customer, now)
        if row.state != records.PIN_REQUIRED:
            raise WithdrawalOver(state=row.state)
        customer = the_customer(transaction, command.customer)
        terms = Terms(row.id, BANK_ACCOUNT, row.amount + row.fee, row.currency, row.expires_at)
        evidence = approved(terms, command.device, command.approval, command.keys)
        try:
            total, device = row.amount + row.fee, command.device.id
            _require_possible(transaction, customer, total, now)
            admit(transaction, customer, device, total, BANK_ACCOUNT, now, pin_given=True)
            check_pin(transaction, command.keys, customer, command.pin)
        except PinWrong:
            raise
        except WalletError as refusal:
            changes = {"state": records.FAILED, "reason": refusal.code}
            tell(transaction, WITHDRAWALS.change(transaction, row, **changes), now)
            raise
        keep_evidence(transaction, row.id, "confirm", evidence)
        take(transaction, customer, row, now)
        return current()

    def current() -> Withdrawal:
        return view_withdrawal(transaction, command.withdrawal, command.customer, now)

    return once(transaction, now, command.key, Withdrawal, act, current)


def view_withdrawal(
    transaction: Transaction, withdrawal: str, customer: str, now: Now
) -> Withdrawal:
    """Give a customer's own withdrawal with the balance now. Raises NotFound, NotYours."""
    row = _own(transaction, withdrawal, customer, now)
    balance = owed_to(transaction, customer_account(customer), row.currency)
    return withdrawal_view(row, rule_of(transaction, row.id), balance)


def list_withdrawals(
    transaction: Transaction, customer: str, cursor: str, limit: int, now: Now
) -> Page[Withdrawal]:
    """Give a customer's withdrawals before the cursor, newest first."""
    rows = WITHDRAWALS.where(
        transaction,
        "customer = ? AND id < ? ORDER BY id DESC LIMIT ?",
        customer,
        cursor,
        limit + 1,
    )
    items = [
        withdrawal_view(_as_of(row, now), rule_of(transaction, row.id)) for row in rows[:limit]
    ]
    return Page(items=items, next=items[-1].id if len(rows) > limit else None)


def _require_possible(transaction: Transaction, customer: Customer, total: int, now: Now) -> None:
    """Refuse what no PIN would help: a frozen wallet, too little money, a limit."""
    if customer.frozen:
        raise WalletFrozen
    if owed_to(transaction, customer_account(customer.id), customer.currency) < total:
        raise InsufficientFunds
    require_allowed(transaction, customer, total, now)


def _own(transaction: Transaction, withdrawal: str, customer: str, now: Now) -> WithdrawalRow:
    row = WITHDRAWALS.get(transaction, withdrawal)
    if row is None:
        raise NotFound(what="withdrawal")
    if row.customer != customer:
        raise NotYours
    return _as_of(row, now)


def _as_of(row: WithdrawalRow, now: Now) -> WithdrawalRow:
    """Give a withdrawal as it stands at a moment: one that waited too long has expired."""
    if row.state == records.PIN_REQUIRED and now.business >= row.expires_at:
        return dataclasses.replace(row, state=records.EXPIRED)
    return row
