"""Transfers: money from one person to another, at once, after the PIN, or after a cooling-off time.

A refused send leaves nothing behind. What the rules of risk find unusual is held: it is delivered
later by the agenda or by the bank, and until then its sender can take it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.checkout.approval import Terms
from wallet_api.checkout.settlement import keep_evidence
from wallet_api.checkout.terms import Evidence, require_amount, the_customer
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import NotFound, PinWrong, RiskRefused, TransferOver
from wallet_api.contract.people import SendRequest, Transfer, TransferState
from wallet_api.contract.risk import Outcome
from wallet_api.contract.rules import TRANSFER_LIFE
from wallet_api.limits.allowance import needs_pin
from wallet_api.people.delivery import deliver, require_movable, settle, take_back
from wallet_api.people.outgoing import (
    Confirm,
    cleaned_note,
    other_person,
    proven,
    require_pin,
)
from wallet_api.people.records import TRANSFERS, TransferRow
from wallet_api.people.standing import own_transfer, seen_transfer
from wallet_api.people.views import transfer_view
from wallet_api.risk.assess import Decision, assess
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.identity.records import Customer, Device
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Send:
    """A wallet sends money; the key's id is the transfer's."""

    key: Key
    customer: str
    device: Device
    request: SendRequest
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class CancelTransfer:
    """A wallet takes back a transfer that waits for its PIN or is held."""

    key: Key
    customer: str
    transfer: str


@dataclass(frozen=True, slots=True)
class DeliverTransfer:
    """The bank delivers a held transfer before its time."""

    key: Key
    transfer: str


def send(transaction: Transaction, command: Send, now: Now) -> Answered[Transfer]:
    """Send money to a person, hold it, or leave it waiting for the PIN.

    Raises NotFound, ToOneself, AmountInvalid, CurrencyMismatch, TextInvalid, PinNotSet, PinLocked,
    and what require_movable raises.
    """

    def act() -> Transfer:
        request = command.request
        sender = the_customer(transaction, command.customer)
        row = new_transfer(
            command.key.id,
            sender,
            other_person(transaction, sender.id, request.to).id,
            require_amount(request.amount, sender.currency),
            cleaned_note(request.note),
            now,
        )
        begin(transaction, row, command.device, command.evidence, now)
        return current()

    def current() -> Transfer:
        return view_transfer(transaction, command.key.id, command.customer, now)

    return once(transaction, now, command.key, Transfer, act, current)


def confirm_transfer(transaction: Transaction, command: Confirm, now: Now) -> Answered[Transfer]:
    """Confirm a waiting transfer with the PIN.

    Raises NotFound, NotYours, TransferOver, PinWrong, PinLocked, SignatureInvalid for an approval
    of other terms, and what require_movable raises, which fails the transfer.
    """

    def act() -> Transfer:
        row = own_transfer(transaction, command.subject, command.customer, now)
        _require_waiting(row)
        evidence = proven(
            command, Terms(row.id, row.receiver, row.amount, row.currency, row.expires_at)
        )
        try:
            require_movable(transaction, row, now)
            decision = _decide(transaction, row, command.device, now, pin_given=True)
            require_pin(transaction, command)
        except PinWrong:
            raise
        except WalletError as refusal:
            TRANSFERS.change(transaction, row, state=TransferState.FAILED, reason=refusal.code)
            raise
        keep_evidence(transaction, row.id, "confirm", evidence)
        settle(transaction, row, _held_for(decision), now)
        return current()

    def current() -> Transfer:
        return view_transfer(transaction, command.subject, command.customer, now)

    return once(transaction, now, command.key, Transfer, act, current)


def cancel_transfer(
    transaction: Transaction, command: CancelTransfer, now: Now
) -> Answered[Transfer]:
    """Give up a transfer that waits for its PIN, or take back a held one.

    Raises NotFound, NotYours, TransferOver.
    """

    def act() -> Transfer:
        row = own_transfer(transaction, command.transfer, command.customer, now)
        if row.state == TransferState.HELD:
            take_back(transaction, row, CANCELLED, now)
        elif row.state not in {TransferState.CANCELLED, TransferState.RETURNED}:
            _require_waiting(row)
            TRANSFERS.change(transaction, row, state=TransferState.CANCELLED)
        return current()

    def current() -> Transfer:
        return view_transfer(transaction, command.transfer, command.customer, now)

    return once(transaction, now, command.key, Transfer, act, current)


def deliver_transfer(
    transaction: Transaction, command: DeliverTransfer, now: Now
) -> Answered[Transfer]:
    """Deliver a held transfer now. Raises NotFound, TransferOver."""

    def row() -> TransferRow:
        found = TRANSFERS.get(transaction, command.transfer)
        if found is None:
            raise NotFound(what="transfer")
        return found

    def act() -> Transfer:
        if row().state != TransferState.HELD:
            raise TransferOver(state=row().state)
        deliver(transaction, row(), now)
        return current()

    def current() -> Transfer:
        return transfer_view(transaction, row(), now)

    return once(transaction, now, command.key, Transfer, act, current)


def view_transfer(transaction: Transaction, transfer: str, person: str, now: Now) -> Transfer:
    """Give a transfer to one of its two sides. Raises NotFound, NotYours."""
    return transfer_view(transaction, seen_transfer(transaction, transfer, person, now), now)


def new_transfer(
    transfer: str,
    sender: Customer,
    receiver: str,
    amount: int,
    note: str | None,
    now: Now,
    request: str | None = None,
) -> TransferRow:
    """Lay out a transfer, not yet written."""
    return TransferRow(
        id=transfer,
        sender=sender.id,
        receiver=receiver,
        currency=sender.currency,
        amount=amount,
        note=note,
        state=TransferState.PIN_REQUIRED,
        reason=None,
        request=request,
        deliver_at=None,
        created_at=now.business,
        expires_at=now.business + TRANSFER_LIFE * 1_000,
        moved_at=None,
    )


def begin(
    transaction: Transaction, row: TransferRow, device: Device, evidence: Evidence, now: Now
) -> None:
    """Write a transfer once nothing refuses it, and move its money unless a PIN is due."""
    require_movable(transaction, row, now)
    sender = the_customer(transaction, row.sender)
    decision = _decide(transaction, row, device, now)
    step_up = decision.outcome is Outcome.STEP_UP
    wants_pin = needs_pin(transaction, sender, row.amount, now, step_up=step_up)
    TRANSFERS.insert(transaction, row)
    keep_evidence(transaction, row.id, "send", evidence)
    if not wants_pin:
        settle(transaction, row, _held_for(decision), now)


def _decide(
    transaction: Transaction,
    row: TransferRow,
    device: Device,
    now: Now,
    *,
    pin_given: bool = False,
) -> Decision:
    """Give what the rules of risk say of a transfer. Raises RiskRefused."""
    sender = the_customer(transaction, row.sender)
    decision = assess(
        transaction, sender, device.id, row.amount, row.receiver, now, pin_given=pin_given
    )
    if decision.outcome is Outcome.REFUSE:
        raise RiskRefused(
            rule=decision.rule,
            seen=decision.seen,
            threshold=decision.threshold,
            reason=decision.explanation,
        )
    return decision


def _held_for(decision: Decision) -> str | None:
    """Name the rule that holds a transfer, if one does."""
    return decision.rule if decision.outcome is Outcome.HOLD else None


def _require_waiting(row: TransferRow) -> None:
    if row.state != TransferState.PIN_REQUIRED:
        raise TransferOver(state=row.state)
