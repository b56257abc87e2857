"""How long events are kept: 7 days of wall time, and the last 10,000 of each subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.contract.ids import first_id
from wallet_api.contract.rules import EVENT_LIFE
from wallet_api.events.publish import newest

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

LIFE_MS = EVENT_LIFE * 1_000
#: How much longer rows may stay, so that they are deleted many at a time.
SLACK_MS = 3_600_000
DELETED_AT_ONCE = 500


def pruned_next(transaction: Transaction, now: Now) -> int | None:
    """Give when events are to be deleted next, in milliseconds of business time."""
    row = transaction.one("SELECT MIN(published_at) FROM events WHERE data IS NOT NULL")
    if row is None or row[0] is None:
        return None
    # Retention goes by wall time, of which the agenda knows only how far away it is.
    return now.business + max(0, int(row[0]) + LIFE_MS + SLACK_MS - now.wall)


def prune(transaction: Transaction, now: Now) -> bool:
    """Delete some events and deliveries past their life; say whether there may be more.

    The last number of a subject stays, so that its next event has the next one.
    """
    oldest = now.wall - LIFE_MS
    rows = transaction.all(
        "SELECT subject, MAX(number) FROM (SELECT subject, number FROM events"
        " WHERE data IS NOT NULL AND published_at < ? ORDER BY published_at LIMIT ?) AS old"
        " GROUP BY subject",
        oldest,
        DELETED_AT_ONCE,
    )
    for subject, number in rows:
        last = newest(transaction, subject)
        transaction.run(
            "DELETE FROM events WHERE subject = ? AND number <= ? AND number < ?",
            subject,
            number,
            last,
        )
        if number == last:
            transaction.run(
                "UPDATE events SET data = NULL WHERE subject = ? AND number = ?", subject, number
            )
    transaction.run(
        "DELETE FROM deliveries WHERE id IN"
        " (SELECT id FROM deliveries WHERE id < ? ORDER BY id LIMIT ?)",
        first_id(oldest),
        DELETED_AT_ONCE,
    )
    return bool(rows)
