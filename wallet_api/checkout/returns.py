"""Money back: refunds of a paid charge, and reversals that undo or prevent one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from payment_codes.amount import Amount, amount_text
from wallet_api.checkout.announcements import announce_charge, announce_refund
from wallet_api.checkout.records import CHARGES, PAYMENTS, REFUNDS, ChargeRow, RefundRow
from wallet_api.checkout.settlement import has_evidence
from wallet_api.checkout.shifts import open_shift
from wallet_api.checkout.terms import (
    TOMBSTONE,
    change_charge,
    change_payment,
    load_own_charge,
    require_amount,
    the_customer,
    the_merchant,
)
from wallet_api.checkout.views import refund_view
from wallet_api.contract.errors import (
    ChargeReversed,
    HasRefunds,
    MerchantFundsShort,
    NotFound,
    NotPaid,
    RefundTooLarge,
    RefundWindowPassed,
    ReversalWindowPassed,
)
from wallet_api.contract.rules import REFUND_WINDOW, REVERSAL_WINDOW
from wallet_api.contract.text import clean_text
from wallet_api.contract.wire import (
    ChargeState,
    PaymentState,
    Refund,
    RefundRequest,
    Reversal,
)
from wallet_api.ledger.accounts import FEES_UNSWEPT, customer_account, merchant_account, owed_to
from wallet_api.ledger.journal import credit, debit, post
from wallet_api.limits.allowance import give_back
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.identity.records import Till
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


@dataclass(frozen=True, slots=True)
class RefundCharge:
    """A till gives back part of a charge, or the rest; the key's id is the refund's."""

    key: Key
    till: Till
    charge: str
    request: RefundRequest


@dataclass(frozen=True, slots=True)
class ReverseCharge:
    """A till undoes a charge, or prevents one that the service has not seen."""

    key: Key
    till: Till
    charge: str


def refund(transaction: Transaction, command: RefundCharge, now: Now) -> Answered[Refund]:
    """Give money back; the fee returns in proportion, cumulatively rounded.

    Raises NotFound, NotYours, NotPaid, ChargeReversed, RefundTooLarge, RefundWindowPassed,
    MerchantFundsShort, AmountInvalid, CurrencyMismatch, TextInvalid.
    """

    def act() -> Refund:
        charge = load_own_charge(transaction, command.charge, command.till.merchant, now)
        amount = _refundable(charge, command.request, now)
        reason = command.request.reason
        row = RefundRow(
            command.key.id,
            charge.id,
            amount,
            None if reason is None else clean_text(reason, "reason"),
            now.business,
            open_shift(transaction, command.till.id),
        )
        _give_back(transaction, charge, row, now)
        return refund_view(row, charge.currency)

    def current() -> Refund:
        return view_refund(transaction, command.key.id, command.till.merchant, now)

    return once(transaction, now, command.key, Refund, act, current)


def reverse(transaction: Transaction, command: ReverseCharge, now: Now) -> Answered[Reversal]:
    """Undo a charge whatever became of it; an unknown id is closed for ever by a tombstone.

    Raises NotYours, HasRefunds, ReversalWindowPassed, MerchantFundsShort.
    """

    def answer(charge: ChargeRow) -> Reversal:
        state = ChargeState(charge.state)
        return Reversal(id=command.key.id, charge=charge.id, state=state, action=_action(state))

    def act() -> Reversal:
        charge = CHARGES.get(transaction, command.charge)
        if charge is None:
            return answer(_tombstone(transaction, command, now))
        charge = load_own_charge(transaction, command.charge, command.till.merchant, now)
        state = ChargeState(charge.state)
        if state.is_open:
            charge = change_charge(
                transaction, charge, now, state=ChargeState.CLOSED, reason="reversed"
            )
        elif state is ChargeState.SUCCEEDED:
            charge = _take_back(transaction, charge, command.till.id, now)
        elif state in {ChargeState.PARTIALLY_REFUNDED, ChargeState.REFUNDED}:
            raise HasRefunds
        return answer(charge)

    def current() -> Reversal:
        return answer(load_own_charge(transaction, command.charge, command.till.merchant, now))

    return once(transaction, now, command.key, Reversal, act, current)


def view_refund(transaction: Transaction, refund_id: str, merchant: str, now: Now) -> Refund:
    """Give a merchant's own refund. Raises NotFound, NotYours."""
    row = REFUNDS.get(transaction, refund_id)
    if row is None:
        raise NotFound(what="refund")
    charge = load_own_charge(transaction, row.charge, merchant, now)
    return refund_view(row, charge.currency)


def _action(state: ChargeState) -> Literal["returned", "closed", "none"]:
    if state is ChargeState.REVERSED:
        return "returned"
    return "closed" if state is ChargeState.CLOSED else "none"


def _refundable(charge: ChargeRow, request: RefundRequest, now: Now) -> int:
    """Give the minor units to refund, by the row "refund" of the charge table."""
    state = ChargeState(charge.state)
    if state is ChargeState.REVERSED:
        raise ChargeReversed
    if charge.paid_at is None:
        raise NotPaid
    rest = charge.amount - charge.refunded
    amount = rest if request.amount is None else require_amount(request.amount, charge.currency)
    if amount > rest or rest == 0:
        raise RefundTooLarge(left=amount_text(Amount(rest, charge.currency)))
    if now.business >= charge.paid_at + REFUND_WINDOW * 1_000:
        raise RefundWindowPassed
    return amount


def _give_back(transaction: Transaction, charge: ChargeRow, row: RefundRow, now: Now) -> None:
    refunded = charge.refunded + row.amount
    fee_returned = charge.fee * refunded // charge.amount
    _return_money(
        transaction, "refund", row.id, charge, row.amount, fee_returned - charge.fee_returned, now
    )
    REFUNDS.insert(transaction, row)
    announce_refund(transaction, charge, row, now)
    whole = refunded == charge.amount
    change_charge(
        transaction,
        charge,
        now,
        state=ChargeState.REFUNDED if whole else ChargeState.PARTIALLY_REFUNDED,
        refunded=refunded,
        fee_returned=fee_returned,
    )


def _take_back(transaction: Transaction, charge: ChargeRow, till: str, now: Now) -> ChargeRow:
    """Reverse a paid charge: the payment's exact opposite."""
    assert charge.paid_at is not None, "a succeeded charge was paid"
    if now.business >= charge.paid_at + REVERSAL_WINDOW * 1_000:
        raise ReversalWindowPassed
    paid = PAYMENTS.where(
        transaction, "charge = ? AND state = ?", charge.id, PaymentState.SUCCEEDED
    )
    assert len(paid) == 1, "one payment paid the charge"
    _return_money(transaction, "reversal", paid[0].id, charge, charge.amount, charge.fee, now)
    give_back(
        transaction,
        the_customer(transaction, paid[0].customer),
        charge.amount,
        charge.paid_at,
        now,
        static_code=charge.static_code is not None,
        pin_free=not has_evidence(transaction, paid[0].id, "confirm"),
    )
    change_payment(transaction, charge, paid[0], now, PaymentState.REVERSED)
    return change_charge(
        transaction,
        charge,
        now,
        state=ChargeState.REVERSED,
        fee_returned=charge.fee,
        reversed_in=open_shift(transaction, till),
    )


def _return_money(
    transaction: Transaction,
    kind: Literal["refund", "reversal"],
    subject: str,
    charge: ChargeRow,
    amount: int,
    fee: int,
    now: Now,
) -> None:
    """Post merchant r - g, fees g; customer r. Raises MerchantFundsShort before it posts."""
    assert charge.customer is not None, "a paid charge has a payer"
    account = merchant_account(charge.merchant)
    if owed_to(transaction, account, charge.currency) < amount - fee:
        raise MerchantFundsShort
    post(
        transaction,
        kind,
        subject,
        [
            debit(account, charge.currency, amount - fee),
            debit(FEES_UNSWEPT, charge.currency, fee),
            credit(customer_account(charge.customer), charge.currency, amount),
        ],
        now,
        corrects=charge.journal,
    )
    transaction.touch(charge.customer)


def _tombstone(transaction: Transaction, command: ReverseCharge, now: Now) -> ChargeRow:
    """Close an id that the service has not seen, so that a late create cannot take money."""
    row = ChargeRow(
        id=command.charge,
        token=None,
        merchant=command.till.merchant,
        till=command.till.id,
        customer=None,
        currency=the_merchant(transaction, command.till.merchant).currency,
        amount=0,
        tip=0,
        note=None,
        reference=None,
        state=ChargeState.CLOSED,
        reason=TOMBSTONE,
        fee=0,
        refunded=0,
        fee_returned=0,
        created_at=now.business,
        expires_at=now.business,
        paid_at=None,
        journal=None,
    )
    CHARGES.insert(transaction, row)
    announce_charge(transaction, row, now)
    return row
