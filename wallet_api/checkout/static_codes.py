"""Static codes: one for each till, for good; the payer types the amount.

The wallet's payment makes the charge, already succeeded, or waiting for the payer's PIN as one on
the payer's own code does: nobody else can pay it. A refused attempt makes none, and its merchant
never sees one that was not paid, for anybody who passes by could make them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payment_codes.native import NativeCode, build
from wallet_api.checkout.expiry import await_payer
from wallet_api.checkout.payments import view_payment
from wallet_api.checkout.records import (
    CHARGES,
    PAYMENTS,
    STATIC_CODES,
    ChargeRow,
    PaymentRow,
    StaticCodeRow,
)
from wallet_api.checkout.settlement import authorize, keep_evidence, settle
from wallet_api.checkout.terms import Evidence, require_amount, the_customer, the_merchant
from wallet_api.contract.errors import NotFound, NotYours, TermsChanged
from wallet_api.contract.ids import short_code
from wallet_api.contract.rules import PAYER_TIME_LIMIT
from wallet_api.contract.static_codes import StaticCode, StaticOffer, StaticPaymentRequest
from wallet_api.contract.text import clean_text
from wallet_api.contract.wire import ChargeState, Payment, PaymentState
from wallet_api.identity.records import STORES
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.identity.records import Customer, Till
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


@dataclass(frozen=True, slots=True)
class TakeStaticCode:
    """A till asks for its static code; ``token`` is random and used where it has none yet."""

    key: Key
    till: Till
    token: str


@dataclass(frozen=True, slots=True)
class PayStaticCode:
    """A wallet pays what its owner typed; the key's id is the payment's and the charge's."""

    key: Key
    customer: str
    request: StaticPaymentRequest
    evidence: Evidence


def take_static_code(
    transaction: Transaction, command: TakeStaticCode, now: Now
) -> Answered[StaticCode]:
    """Give a till's static code, which it gets at the first time and keeps."""

    def current() -> StaticCode:
        row = STATIC_CODES.where(transaction, "till = ?", command.till.id)[0]
        return _code_view(transaction, row, command.till)

    def act() -> StaticCode:
        till = command.till
        if not STATIC_CODES.where(transaction, "till = ?", till.id):
            row = StaticCodeRow(command.token, till.id, till.merchant, now.business)
            STATIC_CODES.insert(transaction, row)
        return current()

    return once(transaction, now, command.key, StaticCode, act, current)


def static_offer(transaction: Transaction, token: str) -> StaticOffer:
    """Give whom a static code pays. Raises NotFound."""
    merchant = the_merchant(transaction, _the_code(transaction, token).merchant)
    return StaticOffer(
        payee=merchant.id,
        merchant=merchant.name,
        city=merchant.city,
        category=merchant.category,
        currency=merchant.currency,
    )


def pay_static_code(
    transaction: Transaction, command: PayStaticCode, now: Now
) -> Answered[Payment]:
    """Pay a merchant by a static code, or leave the payment waiting for a PIN.

    Raises NotFound, TermsChanged, AmountInvalid, CurrencyMismatch, TextInvalid, and the refusals of
    the charge table for what the payer lacks.
    """

    def current() -> Payment:
        return view_payment(transaction, command.key.id, command.customer, now)

    def act() -> Payment:
        code = _the_code(transaction, command.request.code)
        if command.request.payee != code.merchant:
            raise TermsChanged
        if CHARGES.get(transaction, command.key.id) is not None:
            raise NotYours
        customer = the_customer(transaction, command.customer)
        _pay(transaction, command, _new_charge(transaction, command, code, now), customer, now)
        return current()

    return once(transaction, now, command.key, Payment, act, current)


def _the_code(transaction: Transaction, token: str) -> StaticCodeRow:
    row = STATIC_CODES.get(transaction, token)
    if row is None:
        raise NotFound(what="code")
    return row


def _new_charge(
    transaction: Transaction, command: PayStaticCode, code: StaticCodeRow, now: Now
) -> ChargeRow:
    request, merchant = command.request, the_merchant(transaction, code.merchant)
    return ChargeRow(
        id=command.key.id,
        token=None,
        merchant=merchant.id,
        till=code.till,
        customer=command.customer,
        currency=merchant.currency,
        amount=require_amount(request.amount, merchant.currency),
        tip=0,
        note=None if request.note is None else clean_text(request.note, "note"),
        reference=None,
        state=ChargeState.AWAITING_PAYER,
        reason=None,
        fee=0,
        refunded=0,
        fee_returned=0,
        created_at=now.business,
        expires_at=now.business + PAYER_TIME_LIMIT * 1_000,
        paid_at=None,
        journal=None,
        static_code=code.token,
    )


def _pay(
    transaction: Transaction,
    command: PayStaticCode,
    charge: ChargeRow,
    customer: Customer,
    now: Now,
) -> None:
    """Write charge and payment once nothing refuses them, and settle unless a PIN is due."""
    wants_pin = authorize(transaction, customer, command.evidence.device, charge, now)
    payment = PaymentRow(
        charge.id, charge.id, customer.id, PaymentState.PIN_REQUIRED, None, now.business
    )
    CHARGES.insert(transaction, charge)
    PAYMENTS.insert(transaction, payment)
    keep_evidence(transaction, payment.id, "pay", command.evidence)
    if wants_pin:
        await_payer(transaction, charge, now, payment)
    else:
        settle(transaction, charge, payment, now, pin_free=True)
    transaction.touch(customer.id)


def _code_view(transaction: Transaction, row: StaticCodeRow, till: Till) -> StaticCode:
    merchant, store = the_merchant(transaction, row.merchant), STORES.get(transaction, till.store)
    assert store is not None, "a till stands in a store"
    code = NativeCode(
        token=row.token,
        amount=None,
        merchant_name=merchant.name,
        city=merchant.city,
        category=merchant.category,
        terminal=short_code(till.id).upper(),
        dynamic=False,
        currency=merchant.currency,
    )
    return StaticCode(
        payload=build(code),
        merchant=merchant.name,
        store=store.name,
        till=till.id,
        currency=merchant.currency,
    )
