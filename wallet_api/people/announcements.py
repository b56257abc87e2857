"""What both sides are told of money between them: ids, states and amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from wallet_api.events.publish import publish

if TYPE_CHECKING:
    from wallet_api.people.records import ClaimRow, GiftRow, RequestRow, TransferRow
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


def announce_transfer(transaction: Transaction, row: TransferRow, now: Now) -> None:
    """Tell both sides the state of a transfer whose money has moved."""
    data = {
        "transfer": row.id,
        "sender": row.sender,
        "receiver": row.receiver,
        "request": row.request,
        "state": row.state,
        "reason": row.reason,
        "amount": Amount(row.amount, row.currency),
    }
    for person in (row.sender, row.receiver):
        publish(transaction, person, f"transfer.{row.state}", data, now)


def announce_request(transaction: Transaction, row: RequestRow, what: str, now: Now) -> None:
    """Tell both sides what became of a request for money."""
    data = {
        "request": row.id,
        "requester": row.requester,
        "payer": row.payer,
        "transfer": row.transfer,
        "state": row.state,
        "amount": Amount(row.amount, row.currency),
    }
    for person in (row.requester, row.payer):
        publish(transaction, person, f"request.{what}", data, now)


def announce_gift(transaction: Transaction, row: GiftRow, what: str, amount: int, now: Now) -> None:
    """Tell a gift's sender, and the one it is for, that its money is held or came back."""
    data = {
        "gift": row.id,
        "sender": row.sender,
        "receiver": row.receiver,
        "state": row.state,
        "amount": Amount(amount, row.currency),
    }
    for person in filter(None, (row.sender, row.receiver)):
        publish(transaction, person, f"gift.{what}", data, now)


def announce_claim(transaction: Transaction, gift: GiftRow, row: ClaimRow, now: Now) -> None:
    """Tell a gift's sender, and whoever took a share, of the share."""
    data = {
        "gift": gift.id,
        "claim": row.id,
        "sender": gift.sender,
        "claimer": row.customer,
        "amount": Amount(row.amount, gift.currency),
    }
    for person in (gift.sender, row.customer):
        publish(transaction, person, "gift.claimed", data, now)
