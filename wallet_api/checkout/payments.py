"""Payments: a wallet pays a scanned charge, confirms with its PIN, or declines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.checkout.announcements import announce_payment
from wallet_api.checkout.approval import Terms, approved
from wallet_api.checkout.records import PAYMENTS, ChargeRow, PaymentRow
from wallet_api.checkout.settlement import authorize, keep_evidence, require_payable, settle
from wallet_api.checkout.terms import (
    Evidence,
    change_charge,
    change_payment,
    load_charge,
    the_customer,
)
from wallet_api.checkout.views import payment_view
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import (
    AlreadyPaid,
    ChargeClosed,
    ChargeFailed,
    ChargeReversed,
    NotFound,
    NotYours,
    PaymentOver,
    PinWrong,
    TermsChanged,
    UseConfirm,
)
from wallet_api.contract.instants import instant_text
from wallet_api.contract.wire import ChargeState, Payment, PaymentRequest, PaymentState
from wallet_api.identity.pin import check_pin
from wallet_api.risk.assess import admit
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.identity.keys import Keys
    from wallet_api.identity.records import Device
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Pay:
    """A wallet pays a charge on the terms it names; the key's id is the payment's."""

    key: Key
    customer: str
    request: PaymentRequest
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Confirm:
    """A wallet's PIN and its signed approval (64 bytes) of a payment."""

    key: Key
    customer: str
    device: Device
    payment: str
    pin: str
    approval: bytes
    keys: Keys


@dataclass(frozen=True, slots=True)
class Decline:
    """A wallet refuses a payment that waits for it."""

    key: Key
    customer: str
    payment: str


def pay(transaction: Transaction, command: Pay, now: Now) -> Answered[Payment]:
    """Pay a charge, or leave the payment waiting for a PIN.

    Raises NotFound, TermsChanged, and the refusals of the charge table. What the payer lacks
    (funds, PIN) fails the payment and never the charge.
    """

    def act() -> Payment:
        charge = load_charge(transaction, command.request.charge, now)
        _require_open(charge, command.customer)
        _require_terms(charge, command.request)
        customer = the_customer(transaction, command.customer)
        payment = PaymentRow(
            command.key.id,
            charge.id,
            customer.id,
            PaymentState.PIN_REQUIRED,
            None,
            now.business,
        )
        PAYMENTS.insert(transaction, payment)
        keep_evidence(transaction, payment.id, "pay", command.evidence)
        try:
            device = command.evidence.device
            wants_pin = authorize(transaction, customer, device, charge, now)
        except WalletError as refusal:
            change_payment(transaction, charge, payment, now, PaymentState.FAILED, refusal.code)
            raise
        if wants_pin:
            announce_payment(transaction, charge, payment, now)
        else:
            settle(transaction, charge, payment, now, pin_free=True)
        return view_payment(transaction, payment.id, command.customer, now)

    def current() -> Payment:
        return view_payment(transaction, command.key.id, command.customer, now)

    return once(transaction, now, command.key, Payment, act, current)


def confirm(transaction: Transaction, command: Confirm, now: Now) -> Answered[Payment]:
    """Confirm a waiting payment with the PIN.

    Raises NotFound, NotYours, PaymentOver, PinWrong, PinLocked, SignatureInvalid for an approval
    of other terms, and the refusals of the charge table. Wrong tries are counted and kept.
    """

    def act() -> Payment:
        payment = _own_payment(transaction, command.payment, command.customer)
        charge = load_charge(transaction, payment.charge, now)
        _require_confirmable(charge, payment)
        customer = the_customer(transaction, command.customer)
        terms = Terms(
            payment.id, charge.merchant, charge.amount, charge.currency, charge.expires_at
        )
        evidence = approved(terms, command.device, command.approval, command.keys)
        try:
            require_payable(transaction, customer, charge, now)
            check_pin(transaction, command.keys, customer, command.pin)
            admit(
                transaction,
                customer,
                command.device.id,
                charge.amount,
                charge.merchant,
                now,
                pin_given=True,
            )
        except PinWrong:
            raise
        except WalletError as refusal:
            _give_up(transaction, charge, payment, refusal.code, now)
            raise
        keep_evidence(transaction, payment.id, "confirm", evidence)
        settle(transaction, charge, payment, now, pin_free=False)
        return current()

    def current() -> Payment:
        return view_payment(transaction, command.payment, command.customer, now)

    return once(transaction, now, command.key, Payment, act, current)


def decline(transaction: Transaction, command: Decline, now: Now) -> Answered[Payment]:
    """Refuse a waiting payment: the payer's own charge fails, a merchant's code stays payable.

    Raises NotFound, NotYours, PaymentOver.
    """

    def act() -> Payment:
        payment = _own_payment(transaction, command.payment, command.customer)
        charge = load_charge(transaction, payment.charge, now)
        if payment.state != PaymentState.FAILED:
            _require_confirmable(charge, payment)
            _give_up(transaction, charge, payment, "declined", now)
        return current()

    def current() -> Payment:
        return view_payment(transaction, command.payment, command.customer, now)

    return once(transaction, now, command.key, Payment, act, current)


def view_payment(transaction: Transaction, payment_id: str, customer: str, now: Now) -> Payment:
    """Give a customer's own payment as it stands. Raises NotFound, NotYours."""
    return payment_view(transaction, _own_payment(transaction, payment_id, customer), now)


def _own_payment(transaction: Transaction, payment_id: str, customer: str) -> PaymentRow:
    payment = PAYMENTS.get(transaction, payment_id)
    if payment is None:
        raise NotFound(what="payment")
    if payment.customer != customer:
        raise NotYours
    return payment


def _require_open(charge: ChargeRow, customer: str) -> None:
    """Refuse by the row "pay" of the charge table."""
    if charge.state == ChargeState.AWAITING_PAYER:
        if charge.customer != customer:
            raise NotYours
        raise UseConfirm(id=charge.id)
    _refuse_by_state(charge)


def _require_confirmable(charge: ChargeRow, payment: PaymentRow) -> None:
    """Refuse by the row "confirm" of the charge table."""
    _refuse_by_state(charge)
    if payment.state != PaymentState.PIN_REQUIRED:
        raise PaymentOver(state=payment.state)


def _refuse_by_state(charge: ChargeRow) -> None:
    state = ChargeState(charge.state)
    if state is ChargeState.CLOSED:
        raise ChargeClosed(reason=charge.reason)
    if state is ChargeState.REVERSED:
        raise ChargeReversed
    if state is ChargeState.FAILED:
        raise ChargeFailed(reason=charge.reason)
    if not state.is_open:
        raise AlreadyPaid


def _require_terms(charge: ChargeRow, request: PaymentRequest) -> None:
    """Refuse unless the wallet signed exactly the terms of the charge (dynamic linking)."""
    signed = (
        request.payee,
        request.amount.minor,
        request.amount.currency,
        request.expires_at,
    )
    terms = (
        charge.merchant,
        charge.amount,
        charge.currency,
        instant_text(charge.expires_at),
    )
    if signed != terms:
        raise TermsChanged


def _give_up(
    transaction: Transaction, charge: ChargeRow, payment: PaymentRow, reason: str, now: Now
) -> None:
    """Fail a payment; a charge on the payer's own code fails with it."""
    change_payment(transaction, charge, payment, now, PaymentState.FAILED, reason)
    if charge.token is None:
        change_charge(transaction, charge, now, state=ChargeState.FAILED, reason=reason)
