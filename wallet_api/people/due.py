"""What is due: held transfers to deliver, gifts to return, requests to end."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from wallet_api.people.delivery import deliver_due
from wallet_api.people.gifts import return_rest
from wallet_api.people.requests import expire_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

    Act = Callable[[Transaction, Now], None]

#: How much is done at one go.
MOST_AT_ONCE = 100

_WORK = (
    (deliver_due, "FROM transfers WHERE state = 'held'", "deliver_at"),
    (return_rest, "FROM gifts WHERE state = 'open'", "expires_at"),
    (expire_request, "FROM requests WHERE state = 'open'", "expires_at"),
)


def next_due(transaction: Transaction, _now: Now) -> int | None:
    """Give the business time in milliseconds of the earliest work, or None."""
    times = []
    for _, rows, column in _WORK:
        found = transaction.one(f"SELECT MIN({column}) {rows}")
        if found is not None and found[0] is not None:
            times.append(int(found[0]))
    return min(times, default=None)


def due(transaction: Transaction, now: Now) -> list[Act]:
    """Give what is due as commands, each of which does nothing the second time."""
    acts: list[Act] = []
    for act, rows, column in _WORK:
        found = transaction.all(
            f"SELECT id {rows} AND {column} <= ? ORDER BY {column} LIMIT ?",
            now.business,
            MOST_AT_ONCE,
        )
        acts += [partial(_run, act, row[0]) for row in found]
    return acts


def _run(
    act: Callable[[Transaction, str, Now], None], subject: str, transaction: Transaction, now: Now
) -> None:
    act(transaction, subject, now)
