"""Where a transfer moves money: out of its sender's wallet, out of a hold, or back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.checkout.terms import the_customer
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import CurrencyMismatch, ReceiverUnavailable
from wallet_api.contract.people import RequestState, TransferState
from wallet_api.contract.rules import COOLING_OFF
from wallet_api.ledger.accounts import customer_account, held_account
from wallet_api.limits.allowance import require_room
from wallet_api.people.announcements import announce_request, announce_transfer
from wallet_api.people.outgoing import move_held, move_out, require_funds, restore_allowance
from wallet_api.people.records import REQUESTS, TRANSFERS, RequestRow, TransferRow
from wallet_api.people.standing import request_as_of, require_open
from wallet_api.store.database import AGENDA

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


def require_movable(transaction: Transaction, row: TransferRow, now: Now) -> None:
    """Refuse what no PIN would help, on either side.

    Raises RequestOver, WalletFrozen, InsufficientFunds, LimitExceeded, CurrencyMismatch,
    ReceiverUnavailable, ReceiverFull.
    """
    if row.request is not None:
        require_open(request_as_of(_its_request(transaction, row), now))
    require_funds(transaction, the_customer(transaction, row.sender), row.amount, now)
    _require_receivable(transaction, row, now)


def _require_receivable(transaction: Transaction, row: TransferRow, now: Now) -> None:
    receiver = the_customer(transaction, row.receiver)
    if receiver.frozen:
        raise ReceiverUnavailable
    if receiver.currency != row.currency:
        raise CurrencyMismatch(charge=row.currency, wallet=receiver.currency)
    require_room(transaction, receiver, row.amount, now)


def settle(
    transaction: Transaction, row: TransferRow, held_for: str | None, now: Now
) -> TransferRow:
    """Move the money: to the receiver, or into a hold for the reason that is given.

    The caller has checked everything with require_movable before.
    """
    if held_for is None:
        move_out(transaction, "send", row, customer_account(row.receiver), now)
        changed = _change(
            transaction, row, TransferState.SUCCEEDED, None, now, moved_at=now.business
        )
    else:
        move_out(transaction, "hold", row, held_account(row.id), now)
        until = now.business + COOLING_OFF * 1_000
        changed = _change(
            transaction,
            row,
            TransferState.HELD,
            held_for,
            now,
            moved_at=now.business,
            deliver_at=until,
        )
        transaction.touch(AGENDA)
    _end_request(transaction, changed, now)
    return changed


def deliver(transaction: Transaction, row: TransferRow, now: Now) -> TransferRow:
    """Give held money to its receiver, or back to its sender where it cannot be received."""
    assert row.state == TransferState.HELD, "only held money is delivered"
    try:
        _require_receivable(transaction, row, now)
    except WalletError as refusal:
        return take_back(transaction, row, refusal.code, now)
    move_held(transaction, "release", row.id, row, row.receiver, row.amount, now)
    return _change(transaction, row, TransferState.SUCCEEDED, None, now)


def take_back(transaction: Transaction, row: TransferRow, reason: str, now: Now) -> TransferRow:
    """Give held money back to its sender, and open the request again that it was to pay."""
    assert row.state == TransferState.HELD, "only held money comes back"
    move_held(transaction, "send_return", row.id, row, row.sender, row.amount, now)
    restore_allowance(transaction, row, row.amount, now)
    if row.request is not None:
        request = REQUESTS.change(
            transaction,
            _its_request(transaction, row),
            state=RequestState.OPEN,
            transfer=None,
        )
        announce_request(transaction, request, "reopened", now)
        transaction.touch(AGENDA)
    return _change(transaction, row, TransferState.RETURNED, reason, now)


def deliver_due(transaction: Transaction, transfer: str, now: Now) -> None:
    """Deliver a transfer whose cooling-off time is over; a second call changes nothing.

    What a sender sent who is frozen now stays held for as long again.
    """
    row = TRANSFERS.get(transaction, transfer)
    assert row is not None, "the agenda names transfers that exist"
    if row.state != TransferState.HELD or row.deliver_at is None or row.deliver_at > now.business:
        return
    if the_customer(transaction, row.sender).frozen:
        TRANSFERS.change(transaction, row, deliver_at=now.business + COOLING_OFF * 1_000)
    else:
        deliver(transaction, row, now)


def _its_request(transaction: Transaction, row: TransferRow) -> RequestRow:
    assert row.request is not None, "the transfer pays a request"
    request = REQUESTS.get(transaction, row.request)
    assert request is not None, "a transfer names a request that exists"
    return request


def _end_request(transaction: Transaction, row: TransferRow, now: Now) -> None:
    if row.request is None:
        return
    request = REQUESTS.change(
        transaction,
        _its_request(transaction, row),
        state=RequestState.PAID,
        transfer=row.id,
    )
    announce_request(transaction, request, "paid", now)


def _change(
    transaction: Transaction,
    row: TransferRow,
    state: TransferState,
    reason: str | None,
    now: Now,
    **changes: int,
) -> TransferRow:
    """Write a transfer's new state and tell both sides."""
    changed = TRANSFERS.change(transaction, row, state=state, reason=reason, **changes)
    announce_transfer(transaction, changed, now)
    transaction.touch(row.id)
    return changed
