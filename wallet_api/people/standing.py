"""Rows as they stand at a moment: what waits too long is over, whether or not a job has run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wallet_api.contract.errors import NotFound, NotYours, RequestOver
from wallet_api.contract.people import GiftState, RequestState, TransferState
from wallet_api.people.records import (
    GIFTS,
    REQUESTS,
    TRANSFERS,
    GiftRow,
    RequestRow,
    TransferRow,
)

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


def transfer_as_of(row: TransferRow, now: Now) -> TransferRow:
    """Give a transfer as it stands; one that waited too long for its PIN has expired."""
    if row.state == TransferState.PIN_REQUIRED and now.business >= row.expires_at:
        return replace(row, state=TransferState.EXPIRED)
    return row


def request_as_of(row: RequestRow, now: Now) -> RequestRow:
    """Give a request as it stands."""
    if row.state == RequestState.OPEN and now.business >= row.expires_at:
        return replace(row, state=RequestState.EXPIRED)
    return row


def gift_as_of(row: GiftRow, now: Now) -> GiftRow:
    """Give a gift as it stands; what nobody took by its end is on its way back to its sender."""
    if row.state == GiftState.PIN_REQUIRED and now.business >= row.confirm_by:
        return replace(row, state=GiftState.EXPIRED)
    if row.state == GiftState.OPEN and now.business >= row.expires_at:
        return replace(row, state=GiftState.RETURNED)
    return row


def own_transfer(transaction: Transaction, transfer: str, sender: str, now: Now) -> TransferRow:
    """Give a sender's own transfer as it stands. Raises NotFound, NotYours."""
    row = TRANSFERS.get(transaction, transfer)
    if row is None:
        raise NotFound(what="transfer")
    if row.sender != sender:
        raise NotYours
    return transfer_as_of(row, now)


def seen_transfer(transaction: Transaction, transfer: str, person: str, now: Now) -> TransferRow:
    """Give a transfer to its sender, or to its receiver once money has moved.

    Raises NotFound, NotYours.
    """
    row = TRANSFERS.get(transaction, transfer)
    if row is not None and row.receiver == person and row.moved_at is not None:
        return row
    return own_transfer(transaction, transfer, person, now)


def the_request(transaction: Transaction, request: str, person: str, now: Now) -> RequestRow:
    """Give a request to one of its two sides as it stands. Raises NotFound, NotYours."""
    row = REQUESTS.get(transaction, request)
    if row is None:
        raise NotFound(what="request")
    if person not in (row.requester, row.payer):
        raise NotYours
    return request_as_of(row, now)


def require_open(row: RequestRow) -> None:
    """Refuse a request that cannot be paid or ended any more. Raises RequestOver."""
    if row.state != RequestState.OPEN:
        raise RequestOver(state=row.state)


def own_gift(transaction: Transaction, gift: str, sender: str, now: Now) -> GiftRow:
    """Give a sender's own gift as it stands. Raises NotFound, NotYours."""
    row = GIFTS.get(transaction, gift)
    if row is None:
        raise NotFound(what="gift")
    if row.sender != sender:
        raise NotYours
    return gift_as_of(row, now)


def seen_gift(transaction: Transaction, gift: str, person: str, now: Now) -> GiftRow:
    """Give a gift to its sender, or to the one it is for once it is paid.

    Raises NotFound, NotYours.
    """
    row = GIFTS.get(transaction, gift)
    if row is not None and row.receiver == person and row.moved_at is not None:
        return gift_as_of(row, now)
    return own_gift(transaction, gift, person, now)
