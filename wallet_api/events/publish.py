"""Publishing: an event is a row of the very transaction that made it happen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from wallet_api.contract.events import KINDS, TEST
from wallet_api.events.outbox import fan_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

#: How many events of a subject are kept, at least; a stream that is further behind is reset.
KEPT = 10_000
#: After how many events those that are too many are deleted.
TRIMMED_EVERY = 100


def stream_of(subject: str) -> str:
    """Name what is touched when a customer or merchant has a new event."""
    return f"events:{subject}"


def publish(
    transaction: Transaction,
    subject: str,
    kind: str,
    data: Mapping[str, object],
    now: Now,
) -> int:
    """Write down an event of a customer or merchant and give its gapless number, from 1.

    ``kind`` is dotted, such as ``charge.succeeded``, and in the table of ``contract.events``, which
    also gives the keys of ``data``: ids, states and Amounts, never a name, a note or a code.
    """
    row = KINDS.get(kind)
    assert row is not None, f"add {kind} to KINDS of wallet_api.contract.events"
    assert data.keys() == row.keys, f"the data of {kind} has the keys {sorted(row.keys)}"
    number = newest(transaction, subject) + 1
    text = msgspec.json.encode(data).decode()
    transaction.run(
        "INSERT INTO events (subject, number, kind, happened_at, published_at, data)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        subject,
        number,
        kind,
        now.business,
        now.wall,
        text,
    )
    if number > KEPT and number % TRIMMED_EVERY == 0:
        transaction.run(
            "DELETE FROM events WHERE subject = ? AND number <= ?", subject, number - KEPT
        )
    transaction.touch(stream_of(subject))
    if row.audience != "customer" and kind != TEST:
        fan_out(transaction, subject, (number, kind, now.business, text), now)
    return number


def newest(transaction: Transaction, subject: str) -> int:
    """Give the number of a subject's last event, 0 before the first."""
    row = transaction.one("SELECT MAX(number) FROM events WHERE subject = ?", subject)
    return 0 if row is None or row[0] is None else int(row[0])
