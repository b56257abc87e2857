"""Books of an earlier version: what their bank has not answered is asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.banking.outbox import due
from wallet_api.store import sqlite
from wallet_api.store.engine import Engine
from wallet_api.store.schema import MIGRATIONS
from wallet_api.store.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.wallet_api.conftest import StandingClock

OLD = (
    "INSERT INTO customers VALUES ('ann', 'Ann', 'CNY', NULL, NULL, 0, 0, 0)",
    "INSERT INTO top_ups VALUES ('open', 'ann', 'CNY', 70, 'pending', 5)",
    "INSERT INTO top_ups VALUES ('over', 'ann', 'CNY', 80, 'succeeded', 5)",
)


def test_a_pending_top_up_becomes_an_order(
    tmp_path: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(sqlite, "MIGRATIONS", MIGRATIONS[:1])
        database = SqliteDatabase(tmp_path / "books.db", bytes(32))
        session = database.writer()
        transaction = session.begin()
        for statement in OLD:
            transaction.run(statement)
        session.commit()
        session.close()
        database.close()
    engine = Engine(SqliteDatabase(tmp_path / "books.db", bytes(32)), clock)
    (order,) = engine.read(due)
    assert (order.id, order.kind, order.purpose) == ("open", "debit", "top_up")
    assert (order.amount, order.currency, order.state) == (70, "CNY", "waiting")
    engine.close()
