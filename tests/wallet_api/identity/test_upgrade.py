"""Books of the first schema, with people in them, are brought up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.store import sqlite
from wallet_api.store.schema import MIGRATIONS
from wallet_api.store.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PEOPLE = """
INSERT INTO customers VALUES ('ann', 'Ann', 'CNY', NULL, NULL, 0, 0, 1000);
INSERT INTO merchants VALUES ('tea', 'Tea House', 'Shanghai', '5812', 'CNY', 60, 0, 2000);
INSERT INTO stores VALUES ('main', 'tea', 'Main store');
INSERT INTO tills VALUES ('till', 'main', 'tea');
INSERT INTO devices VALUES ('phone', 'ann', NULL, x'01', x'02', 0, NULL);
INSERT INTO devices VALUES ('till', NULL, 'till', x'03', NULL, 0, NULL);
"""


def test_devices_that_were_there_are_as_old_as_their_owners(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = tmp_path / "books.db", bytes(32)
    with monkeypatch.context() as patch:
        patch.setattr(sqlite, "MIGRATIONS", MIGRATIONS[:1])
        old = SqliteDatabase(path, key)
        session = old.writer()
        transaction = session.begin()
        for statement in PEOPLE.strip().splitlines():
            transaction.run(statement)
        session.commit()
        session.close()
        old.close()
    database = SqliteDatabase(path, key)
    session = database.writer()
    rows = session.begin().all(
        "SELECT id, added_at, pending_until, revoked_at FROM devices ORDER BY id"
    )
    session.close()
    database.close()
    assert rows == [("phone", 1000, None, None), ("till", 2000, None, None)]
