"""A merchant's webhooks: add, list, remove, test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from wallet_api.contract.errors import BadRequest, NotFound, NotYours, TooManyWebhooks
from wallet_api.contract.events import TEST, is_pattern
from wallet_api.contract.instants import instant_text
from wallet_api.contract.webhooks import (
    MOST_PATTERNS,
    MOST_WEBHOOKS,
    Delivery,
    Webhook,
    secret_text,
)
from wallet_api.contract.wire import Page
from wallet_api.events.outbox import add_delivery
from wallet_api.events.publish import publish
from wallet_api.events.records import (
    EVENT_COLUMNS,
    WEBHOOKS,
    DeliveryRow,
    WebhookRow,
)
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.contract.webhooks import WebhookRequest
    from wallet_api.identity.keys import Keys
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


@dataclass(frozen=True, slots=True)
class AddWebhook:
    """Have a merchant's events sent to a URL, which was checked; the key's id is the webhook's."""

    key: Key
    request: WebhookRequest
    keys: Keys


@dataclass(frozen=True, slots=True)
class OnWebhook:
    """Something done to a webhook by its merchant, the key's owner."""

    key: Key
    webhook: str


def add_webhook(transaction: Transaction, command: AddWebhook, now: Now) -> Answered[Webhook]:
    """Add a webhook and give it with its secret, in this answer and its replays only.

    The secret follows from the service's root key and the webhook's id, so neither the database nor
    the stored answer holds it. Raises BadRequest, TooManyWebhooks.
    """
    merchant = command.key.owner

    def act() -> Webhook:
        kinds = command.request.kinds
        if not 1 <= len(kinds) <= MOST_PATTERNS or not all(is_pattern(kind) for kind in kinds):
            raise BadRequest(reason="kinds are 1 to 10 patterns of kinds such as charge.*")
        if len(_of_merchant(transaction, merchant)) >= MOST_WEBHOOKS:
            raise TooManyWebhooks(limit=MOST_WEBHOOKS)
        row = WebhookRow(
            id=command.key.id,
            merchant=merchant,
            url=command.request.url,
            kinds=" ".join(kinds),
            state="active",
            created_at=now.business,
        )
        WEBHOOKS.insert(transaction, row)
        return webhook_view(row)

    def current() -> Webhook:
        return webhook_view(own_webhook(transaction, command.key.id, merchant))

    answered = once(transaction, now, command.key, Webhook, act, current)
    secret = secret_text(command.keys.webhook(command.key.id))
    return Answered(msgspec.structs.replace(answered.value, secret=secret), answered.replayed)


def remove_webhook(transaction: Transaction, command: OnWebhook, now: Now) -> Answered[Webhook]:
    """Send nothing more to a webhook. Raises NotFound, NotYours."""

    def current() -> Webhook:
        return webhook_view(own_webhook(transaction, command.webhook, command.key.owner))

    def act() -> Webhook:
        row = own_webhook(transaction, command.webhook, command.key.owner)
        WEBHOOKS.change(transaction, row, state="removed")
        return current()

    return once(transaction, now, command.key, Webhook, act, current)


def probe_webhook(transaction: Transaction, command: OnWebhook, now: Now) -> Answered[Delivery]:
    """Send a test event to one webhook; where it arrives, a disabled one is active again.

    Raises NotFound, NotYours.
    """

    def act() -> Delivery:
        row = _present(transaction, command)
        number = publish(transaction, row.merchant, TEST, {"webhook": row.id}, now)
        event = transaction.one(
            f"SELECT {EVENT_COLUMNS} FROM events WHERE subject = ? AND number = ?",  # noqa: S608
            row.merchant,
            number,
        )
        assert event is not None, "the event was just written"
        return delivery_view(add_delivery(transaction, row, event, now, manual=True))

    def current() -> Delivery:
        raise NotFound(what="delivery")

    return once(transaction, now, command.key, Delivery, act, current)


def _present(transaction: Transaction, command: OnWebhook) -> WebhookRow:
    row = own_webhook(transaction, command.webhook, command.key.owner)
    if row.state == "removed":
        raise NotFound(what="webhook")
    return row


def own_webhook(transaction: Transaction, webhook: str, merchant: str) -> WebhookRow:
    """Give a merchant's own webhook, also a removed one. Raises NotFound, NotYours."""
    row = WEBHOOKS.get(transaction, webhook)
    if row is None:
        raise NotFound(what="webhook")
    if row.merchant != merchant:
        raise NotYours
    return row


def list_webhooks(transaction: Transaction, merchant: str) -> Page[Webhook]:
    """Give a merchant's webhooks, newest first."""
    rows = _of_merchant(transaction, merchant)
    return Page(items=[webhook_view(row) for row in rows])


def _of_merchant(transaction: Transaction, merchant: str) -> list[WebhookRow]:
    return WEBHOOKS.where(
        transaction, "merchant = ? AND state <> 'removed' ORDER BY id DESC", merchant
    )


def webhook_view(row: WebhookRow) -> Webhook:
    """Give a webhook as its merchant sees it."""
    return Webhook(
        id=row.id,
        url=row.url,
        kinds=row.kinds.split(),
        state=row.state,  # type: ignore[arg-type]
        created_at=instant_text(row.created_at),
    )


def delivery_view(row: DeliveryRow) -> Delivery:
    """Give a delivery as its merchant sees it."""
    return Delivery(
        id=row.id,
        webhook=row.webhook,
        kind=row.kind,
        state=row.state,  # type: ignore[arg-type]
        attempts=row.attempts,
        created_at=instant_text(row.created_at),
        next_at=instant_text(row.next_at) if row.state == "pending" else None,
        tried_at=None if row.tried_at is None else instant_text(row.tried_at),
        status=row.status,
        error=row.error,
    )
