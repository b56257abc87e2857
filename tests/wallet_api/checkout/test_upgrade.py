"""Books of the second schema are brought up to date: a charge can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.store import sqlite
from wallet_api.store.schema import MIGRATIONS
from wallet_api.store.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_charges_of_before_are_unseen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, key = tmp_path / "books.db", bytes(32)
    with monkeypatch.context() as patch:
        patch.setattr(sqlite, "MIGRATIONS", MIGRATIONS[:2])
        SqliteDatabase(path, key).close()
    database = SqliteDatabase(path, key)
    session = database.writer()
    assert session.begin().all("SELECT id FROM charges WHERE seen_at IS NOT NULL") == []
    session.close()
    database.close()
