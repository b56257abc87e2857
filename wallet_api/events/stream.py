"""Reading a subject's events in order, from a position on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.events.publish import KEPT, newest
from wallet_api.events.records import EVENT_COLUMNS
from wallet_api.events.retention import LIFE_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wallet_api.store.clock import Now
    from wallet_api.store.database import Row, Transaction


@dataclass(frozen=True, slots=True)
class Start:
    """The number after which a reader goes on; ``lost`` says that events before it are gone."""

    position: int
    lost: bool


def start(transaction: Transaction, subject: str, seen: int | None, now: Now) -> Start:
    """Find where a reader goes on that has seen the events up to a number, or asks for new ones.

    Who is further behind than events are kept, or ahead of them, has to look at everything again
    and then gets all that is kept.
    """
    last = newest(transaction, subject)
    if seen is None or seen == last:
        return Start(last, lost=False)
    row = transaction.one(
        "SELECT number FROM events WHERE subject = ? AND number > ? AND published_at >= ?"
        " AND data IS NOT NULL ORDER BY number LIMIT 1",
        subject,
        last - KEPT,
        now.wall - LIFE_MS,
    )
    before_oldest = last if row is None else int(row[0]) - 1
    if before_oldest <= seen <= last:
        return Start(seen, lost=False)
    return Start(before_oldest, lost=True)


def after(transaction: Transaction, subject: str, position: int, limit: int) -> Sequence[Row]:
    """Give the next events after a position, in order, as EVENT_COLUMNS."""
    return transaction.all(
        f"SELECT {EVENT_COLUMNS} FROM events WHERE subject = ? AND number > ?"  # noqa: S608 - names
        " AND data IS NOT NULL ORDER BY number LIMIT ?",
        subject,
        position,
        limit,
    )
