"""The rows of events and webhooks. Times are milliseconds of business time unless named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from wallet_api.contract.instants import instant_text
from wallet_api.store.table import Table

if TYPE_CHECKING:
    from wallet_api.store.database import Row


@dataclass(frozen=True, slots=True)
class WebhookRow:
    """Where a merchant is told; ``kinds`` are patterns with spaces between.

    ``state`` is ``active``, ``disabled`` after the last try of a delivery failed, or ``removed``.
    """

    id: str
    merchant: str
    url: str
    kinds: str
    state: str
    created_at: int


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One event on its way to one webhook: ``pending``, ``succeeded`` or ``failed``.

    ``body`` is sent as it is here at every attempt. ``manual`` marks what a person asked for: it is
    tried once. ``status`` is the HTTP status of the last attempt, ``error`` why there was none.
    """

    id: str
    webhook: str
    kind: str
    body: str
    state: str
    attempts: int
    manual: int
    next_at: int
    tried_at: int | None
    status: int | None
    error: str | None
    created_at: int


WEBHOOKS = Table("webhooks", WebhookRow)
DELIVERIES = Table("deliveries", DeliveryRow)

#: The columns that ``event_json`` takes.
EVENT_COLUMNS = "number, kind, happened_at, data"


def event_json(row: Row) -> bytes:
    """Write an event, given as the columns above, as it crosses the wire."""
    number, kind, happened_at, data = row
    return msgspec.json.encode(
        {
            "id": number,
            "kind": kind,
            "at": instant_text(happened_at),
            "data": msgspec.Raw(data.encode()),
        }
    )
