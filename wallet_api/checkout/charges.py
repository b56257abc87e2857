"""Charges: create one for a payer to scan, or one on the payer's own code; close one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from payment_codes.payer import PresentedKind, classify
from wallet_api.checkout.announcements import announce_charge, announce_payment
from wallet_api.checkout.expiry import await_payer
from wallet_api.checkout.records import CHARGES, PAYMENTS, ChargeRow, PaymentRow
from wallet_api.checkout.settlement import authorize, keep_evidence, settle
from wallet_api.checkout.terms import (
    TOMBSTONE,
    Evidence,
    change_charge,
    load_own_charge,
    require_amount,
    the_customer,
    the_merchant,
)
from wallet_api.checkout.views import charge_view
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import (
    AlreadyPaid,
    AmountInvalid,
    BadRequest,
    ChargeClosed,
    ChargeReversed,
    CodeUnknown,
    MerchantFrozen,
    NotYours,
)
from wallet_api.contract.rules import CHARGE_LIFE, LONGEST_CHARGE_LIFE, PAYER_TIME_LIMIT
from wallet_api.contract.text import clean_text
from wallet_api.contract.wire import Charge, ChargeRequest, ChargeState, PaymentState
from wallet_api.identity.payer_codes import resolve
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.identity.keys import Keys
    from wallet_api.identity.records import Till
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


@dataclass(frozen=True, slots=True)
class CreateCharge:
    """A till's charge. The key's id is the charge's; ``token`` is random and made at the edge."""

    key: Key
    till: Till
    request: ChargeRequest
    token: str
    keys: Keys
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class CloseCharge:
    """A till gives up a charge."""

    key: Key
    till: Till
    charge: str


def create_charge(transaction: Transaction, command: CreateCharge, now: Now) -> Answered[Charge]:
    """Create a charge, and pay it at once where the payer's code allows.

    Raises ChargeClosed, NotYours, MerchantFrozen, AmountInvalid, CurrencyMismatch, TextInvalid,
    BadRequest, and those of payer codes.
    """

    def act() -> Charge:
        charge = _new_charge(transaction, command, now)
        if command.request.code is not None:
            charge = _charge_payer(transaction, command, charge, now)
        else:
            CHARGES.insert(transaction, charge)
            await_payer(transaction, charge, now)
        transaction.touch(charge.id)
        return charge_view(transaction, charge, now)

    def current() -> Charge:
        charge = load_own_charge(transaction, command.key.id, command.till.merchant, now)
        return charge_view(transaction, charge, now)

    return once(transaction, now, command.key, Charge, act, current)


def close_charge(transaction: Transaction, command: CloseCharge, now: Now) -> Answered[Charge]:
    """Close an unpaid charge. Raises NotFound, NotYours, AlreadyPaid, ChargeReversed."""

    def current() -> Charge:
        charge = load_own_charge(transaction, command.charge, command.till.merchant, now)
        return charge_view(transaction, charge, now)

    def act() -> Charge:
        charge = load_own_charge(transaction, command.charge, command.till.merchant, now)
        state = ChargeState(charge.state)
        if state is ChargeState.REVERSED:
            raise ChargeReversed
        if state.is_paid or state is ChargeState.REFUNDED:
            raise AlreadyPaid
        if state.is_open:
            change_charge(transaction, charge, now, state=ChargeState.CLOSED, reason="closed")
        return current()

    return once(transaction, now, command.key, Charge, act, current)


def _new_charge(transaction: Transaction, command: CreateCharge, now: Now) -> ChargeRow:
    """Check a request against the merchant and lay out its row, not yet written."""
    request, till = command.request, command.till
    existing = CHARGES.get(transaction, command.key.id)
    if existing is not None:
        if existing.merchant != till.merchant:
            raise NotYours
        raise ChargeClosed(reason=existing.reason or TOMBSTONE)
    merchant = the_merchant(transaction, till.merchant)
    amount = require_amount(request.amount, merchant.currency)
    tip = require_amount(request.tip, merchant.currency) if request.tip else 0
    discount = require_amount(request.discount, merchant.currency) if request.discount else 0
    if tip >= amount:
        raise AmountInvalid(reason="The tip must be smaller than the amount that it is part of")
    if merchant.frozen and request.code is None:
        raise MerchantFrozen
    return ChargeRow(
        id=command.key.id,
        token=None if request.code is not None else command.token,
        merchant=merchant.id,
        till=till.id,
        customer=None,
        currency=merchant.currency,
        amount=amount,
        tip=tip,
        note=None if request.note is None else clean_text(request.note, "note"),
        reference=_reference(request.reference),
        state=ChargeState.CREATED,
        reason=None,
        fee=0,
        refunded=0,
        fee_returned=0,
        created_at=now.business,
        expires_at=now.business + _life(request) * 1_000,
        paid_at=None,
        journal=None,
        discount=discount,
    )


def _reference(text: str | None) -> str | None:
    """Check the merchant's own reference: it goes into the code, 12 characters at most."""
    if text is None:
        return None
    if not 0 < len(text) <= 12 or not (text.isascii() and text.isalnum() and text == text.upper()):
        raise BadRequest(reason="a reference is 1 to 12 upper-case letters or digits")
    return text


def _life(request: ChargeRequest) -> int:
    """Give the seconds that a charge stays payable."""
    if request.code is not None:
        return PAYER_TIME_LIMIT
    life = CHARGE_LIFE if request.expires_in is None else request.expires_in
    if not 1 <= life <= LONGEST_CHARGE_LIFE:
        raise BadRequest(reason=f"expires_in is 1 to {LONGEST_CHARGE_LIFE} seconds")
    return life


def _charge_payer(
    transaction: Transaction, command: CreateCharge, charge: ChargeRow, now: Now
) -> ChargeRow:
    """Charge whoever shows the code: paid at once, waiting for a PIN, or failed; code burnt."""
    presented = classify(command.request.code or "")
    if presented.kind is not PresentedKind.PAYER:
        raise CodeUnknown
    device = resolve(transaction, command.keys, command.till, presented.text, now)
    assert device.customer is not None, "payer codes belong to customers"
    customer = the_customer(transaction, device.customer)
    charge = replace(charge, customer=customer.id, state=ChargeState.AWAITING_PAYER)
    payment = PaymentRow(
        charge.id, charge.id, customer.id, PaymentState.PIN_REQUIRED, None, now.business
    )
    try:
        wants_pin = authorize(transaction, customer, device.id, charge, now)
    except WalletError as refusal:
        failed = replace(charge, state=ChargeState.FAILED, reason=refusal.code)
        unpaid = replace(payment, state=PaymentState.FAILED, reason=refusal.code)
        CHARGES.insert(transaction, failed)
        PAYMENTS.insert(transaction, unpaid)
        announce_charge(transaction, failed, now)
        announce_payment(transaction, failed, unpaid, now)
        return failed
    CHARGES.insert(transaction, charge)
    PAYMENTS.insert(transaction, payment)
    keep_evidence(transaction, payment.id, "charge", command.evidence)
    transaction.touch(customer.id)
    if not wants_pin:
        return settle(transaction, charge, payment, now, pin_free=True)
    await_payer(transaction, charge, now, payment)
    return charge
