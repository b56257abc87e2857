"""Publishing: an event is a row of the very transaction that made it happen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


def stream_of(subject: str) -> str:
    """Name what is touched when a customer or merchant has a new event."""
    return f"events:{subject}"


def publish(
    transaction: Transaction,
    subject: str,
    kind: str,
    data: Mapping[str, str | int | None],
    now: Now,
) -> int:
    """Write down an event of a customer or merchant and give its gapless number, from 1.

    ``kind`` is dotted, such as ``charge.succeeded``; ``data`` holds ids, states and amounts and
    never a name, a note or a code.
    """
    row = transaction.one("SELECT MAX(number) FROM events WHERE subject = ?", subject)
    number = 1 if row is None or row[0] is None else int(row[0]) + 1
    transaction.run(
        "INSERT INTO events (subject, number, kind, happened_at, data) VALUES (?, ?, ?, ?, ?)",
        subject,
        number,
        kind,
        now.business,
        msgspec.json.encode(data).decode(),
    )
    transaction.touch(stream_of(subject))
    return number
