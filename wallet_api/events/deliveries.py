"""Deliveries on their way: what is due, what became of an attempt, and trying again by hand.

A delivery is rescheduled in the same step that hands it out, so nothing is lost with the process:
one whose attempt was never recorded is tried again at the next moment of the schedule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.contract.errors import BadRequest, NotFound
from wallet_api.contract.ids import is_id
from wallet_api.contract.webhooks import SCHEDULE, Delivery
from wallet_api.contract.wire import Page
from wallet_api.events.outbox import OUTBOX
from wallet_api.events.publish import publish
from wallet_api.events.records import DELIVERIES, WEBHOOKS, DeliveryRow, WebhookRow
from wallet_api.events.webhooks import delivery_view, own_webhook
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

GONE = 410
NEWEST = "z"


@dataclass(frozen=True, slots=True)
class Resend:
    """A merchant, the key's owner, has a delivery tried again now."""

    key: Key
    delivery: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """What is to be sent now."""

    delivery: str
    url: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an attempt brought: an HTTP status, or why there was none."""

    delivery: str
    status: int | None
    error: str | None

    @property
    def delivered(self) -> bool:
        """Say whether the receiver took it."""
        return self.status is not None and 200 <= self.status < 300


def due_webhooks(transaction: Transaction, _now: Now) -> list[tuple[str, int]]:
    """Give the webhooks with something to send, and when, in milliseconds of business time.

    To a disabled one only what a person asked for is sent.
    """
    rows = transaction.all(
        "SELECT id, (SELECT MIN(next_at) FROM deliveries WHERE webhook = webhooks.id"
        " AND state = 'pending' AND manual = 1),"
        " CASE WHEN state = 'active' THEN (SELECT MIN(next_at) FROM deliveries"
        " WHERE webhook = webhooks.id AND state = 'pending' AND manual = 0) END"
        " FROM webhooks WHERE state <> 'removed'"
    )
    due = ((webhook, [at for at in moments if at is not None]) for webhook, *moments in rows)
    return [(webhook, min(moments)) for webhook, moments in due if moments]


def take_due(transaction: Transaction, webhook: str, limit: int, now: Now) -> list[Attempt]:
    """Hand out a webhook's deliveries that are due, oldest first, and schedule their next try."""
    row = WEBHOOKS.get(transaction, webhook)
    assert row is not None, "deliveries name webhooks that exist"
    if row.state == "removed":
        return []
    due_rows = _due(transaction, webhook, 1, limit, now)
    if row.state == "active":
        due_rows += _due(transaction, webhook, 0, limit - len(due_rows), now)
    for due in due_rows:
        attempts = due.attempts + 1
        pause = SCHEDULE[min(attempts, len(SCHEDULE) - 1)] * 1_000
        DELIVERIES.change(
            transaction,
            due,
            attempts=attempts,
            tried_at=now.business,
            next_at=now.business + pause,
            status=None,
            error=None,
        )
    return [Attempt(due.id, row.url, due.body.encode()) for due in due_rows]


def _due(
    transaction: Transaction, webhook: str, manual: int, limit: int, now: Now
) -> list[DeliveryRow]:
    return DELIVERIES.where(
        transaction,
        "webhook = ? AND manual = ? AND state = 'pending' AND next_at <= ?"
        " ORDER BY next_at LIMIT ?",
        webhook,
        manual,
        now.business,
        limit,
    )


def record(transaction: Transaction, outcomes: list[Outcome], now: Now) -> None:
    """Write down what attempts brought; a webhook is disabled when one of its deliveries fails."""
    for outcome in outcomes:
        row = DELIVERIES.get(transaction, outcome.delivery)
        if row is not None and row.state == "pending":
            _record(transaction, row, outcome, now)
    transaction.touch(OUTBOX)


def _record(transaction: Transaction, row: DeliveryRow, outcome: Outcome, now: Now) -> None:
    webhook = WEBHOOKS.get(transaction, row.webhook)
    assert webhook is not None, "deliveries name webhooks that exist"
    over = row.manual or row.attempts >= len(SCHEDULE) or outcome.status == GONE
    state = "succeeded" if outcome.delivered else "failed" if over else "pending"
    DELIVERIES.change(
        transaction, row, state=state, manual=0, status=outcome.status, error=outcome.error
    )
    transaction.touch(row.id)
    if outcome.delivered and webhook.state == "disabled":
        _switch(transaction, webhook, "active", "webhook.enabled", now)
    elif state == "failed" and not row.manual and webhook.state == "active":
        _switch(transaction, webhook, "disabled", "webhook.disabled", now)


def _switch(transaction: Transaction, webhook: WebhookRow, state: str, kind: str, now: Now) -> None:
    WEBHOOKS.change(transaction, webhook, state=state)
    publish(transaction, webhook.merchant, kind, {"webhook": webhook.id}, now)


def resend(transaction: Transaction, command: Resend, now: Now) -> Answered[Delivery]:
    """Try a delivery once more at once, whatever became of it. Raises NotFound, NotYours."""

    def current() -> Delivery:
        return view_delivery(transaction, command.delivery, command.key.owner)

    def act() -> Delivery:
        row = _own_delivery(transaction, command.delivery, command.key.owner)
        # One that is still being retried goes on with its schedule after this try.
        manual = row.manual if row.state == "pending" else 1
        DELIVERIES.change(
            transaction,
            row,
            state="pending",
            manual=manual,
            next_at=now.business,
            status=None,
            error=None,
        )
        transaction.touch(OUTBOX)
        return current()

    return once(transaction, now, command.key, Delivery, act, current)


def view_delivery(transaction: Transaction, delivery: str, merchant: str) -> Delivery:
    """Give a merchant's own delivery. Raises NotFound, NotYours."""
    return delivery_view(_own_delivery(transaction, delivery, merchant))


def _own_delivery(transaction: Transaction, delivery: str, merchant: str) -> DeliveryRow:
    row = DELIVERIES.get(transaction, delivery)
    if row is None:
        raise NotFound(what="delivery")
    own_webhook(transaction, row.webhook, merchant)
    return row


def list_deliveries(
    transaction: Transaction, webhook: str, merchant: str, cursor: str | None, limit: int
) -> Page[Delivery]:
    """Give a webhook's deliveries, newest first. Raises NotFound, NotYours, BadRequest."""
    own_webhook(transaction, webhook, merchant)
    if cursor is not None and not is_id(cursor):
        raise BadRequest(reason="no such cursor")
    rows = DELIVERIES.where(
        transaction,
        "webhook = ? AND id < ? ORDER BY id DESC LIMIT ?",
        webhook,
        cursor or NEWEST,
        limit + 1,
    )
    items = [delivery_view(row) for row in rows[:limit]]
    return Page(items=items, next=items[-1].id if len(rows) > limit else None)
