"""Exactly once: the stored answer of every idempotency key.

A key is a UUIDv7 made by the client. Same key and request: the stored answer, marked as a replay.
Same key, other request: KeyReused. Answers are kept 8 days of wall time, keys for ever: after
pruning a retry gets the current state or the bare refusal, never a second effect. They are kept as
MessagePack, which is shorter than JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from wallet_api.contract.error_base import TABLE, WalletError
from wallet_api.contract.errors import KeyExpired, KeyReused, NotYours
from wallet_api.contract.ids import id_milliseconds
from wallet_api.contract.rules import ANSWER_LIFE

if TYPE_CHECKING:
    from collections.abc import Callable

    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

T = TypeVar("T")

LARGEST_ANSWER = 1_024
PRUNED_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Key:
    """An idempotency key, its owner's id, and the SHA-256 of what was asked, without PIN."""

    id: str
    owner: str
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class Answered(Generic[T]):
    """An answer, and whether it is a replay of one given before."""

    value: T
    replayed: bool


def once(
    transaction: Transaction,
    now: Now,
    key: Key,
    answer: type[T],
    act: Callable[[], T],
    current: Callable[[], T],
) -> Answered[T]:
    """Run ``act`` for a new key and keep its answer, or replay; ``current`` serves pruned keys.

    Raises NotYours, KeyReused, KeyExpired, and whatever refusal ``act`` raises or raised.
    """
    row = transaction.one(
        "SELECT owner, fingerprint, refusal, answer FROM answers WHERE key = ?", key.id
    )
    if row is not None:
        return Answered(_replay(key, answer, current, *row), replayed=True)
    if id_milliseconds(key.id) < now.wall - ANSWER_LIFE * 1_000:
        raise KeyExpired
    _prune(transaction, now)
    try:
        value = act()
    except WalletError as refusal:
        if refusal.stored:
            _keep(transaction, now, key, refusal.code, refusal.details)
        raise
    _keep(transaction, now, key, None, value)
    return Answered(value, replayed=False)


def _replay(
    key: Key,
    answer: type[T],
    current: Callable[[], T],
    owner: str,
    fingerprint: bytes,
    refusal_code: str | None,
    stored: bytes | None,
) -> T:
    if owner != key.owner:
        raise NotYours
    if fingerprint != key.fingerprint:
        raise KeyReused
    if refusal_code is not None:
        refusal = TABLE[refusal_code](**({} if stored is None else msgspec.msgpack.decode(stored)))
        refusal.replayed = True
        raise refusal
    if stored is None:
        return current()
    return msgspec.msgpack.decode(stored, type=answer)


def _keep(
    transaction: Transaction, now: Now, key: Key, refusal_code: str | None, answer: object
) -> None:
    stored = msgspec.msgpack.encode(answer)
    assert len(stored) <= LARGEST_ANSWER, f"an answer of {len(stored)} bytes"
    transaction.run(
        "INSERT INTO answers (key, owner, fingerprint, answered_at, refusal, answer)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        key.id,
        key.owner,
        key.fingerprint,
        now.wall,
        refusal_code,
        stored,
    )


def _prune(transaction: Transaction, now: Now) -> None:
    """Forget a few answers that are past their life; ids stay, so work is spread over requests."""
    transaction.run(
        "UPDATE answers SET answer = NULL WHERE key IN (SELECT key FROM answers"
        " WHERE answer IS NOT NULL AND answered_at < ? ORDER BY answered_at LIMIT ?)",
        now.wall - ANSWER_LIFE * 1_000,
        PRUNED_AT_ONCE,
    )
