"""Deliveries are written with their event, in its transaction, and sent after it is durable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.contract.events import matches
from wallet_api.contract.ids import derived_id
from wallet_api.events.records import DELIVERIES, WEBHOOKS, DeliveryRow, event_json

if TYPE_CHECKING:
    from wallet_api.events.records import WebhookRow
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Row, Transaction

#: What is touched when a delivery becomes due.
OUTBOX = "webhooks"


def fan_out(transaction: Transaction, merchant: str, event: Row, now: Now) -> None:
    """Write a delivery for each of a merchant's webhooks that wants an event of this kind."""
    for webhook in WEBHOOKS.where(transaction, "merchant = ? AND state = 'active'", merchant):
        if any(matches(pattern, event[1]) for pattern in webhook.kinds.split()):
            add_delivery(transaction, webhook, event, now)


def add_delivery(
    transaction: Transaction, webhook: WebhookRow, event: Row, now: Now, *, manual: bool = False
) -> DeliveryRow:
    """Write down that an event is to be sent to a webhook, at once; its id follows from both."""
    row = DeliveryRow(
        id=derived_id(now.wall, webhook.id, str(event[0])),
        webhook=webhook.id,
        kind=event[1],
        body=event_json(event).decode(),
        state="pending",
        attempts=0,
        manual=int(manual),
        next_at=now.business,
        tried_at=None,
        status=None,
        error=None,
        created_at=now.business,
    )
    DELIVERIES.insert(transaction, row)
    transaction.touch(OUTBOX)
    return row
