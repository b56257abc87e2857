"""Answers kept in the first schema's encoding are forgotten, their keys are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.conftest import START
from wallet_api.contract.errors import InsufficientFunds
from wallet_api.contract.ids import new_id
from wallet_api.store import sqlite
from wallet_api.store.answers import Answered, Key, once
from wallet_api.store.clock import Now
from wallet_api.store.schema import MIGRATIONS
from wallet_api.store.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from pathlib import Path

    from wallet_api.store.database import Transaction

NOW = Now(START, START)
PAID, REFUSED = (Key(new_id(START), "ann", b"asked") for _ in range(2))


def write_old_answers(transaction: Transaction) -> None:
    """Keep two answers as the first version did."""
    for key, refusal, answer in (
        (PAID, None, b'"paid"'),
        (REFUSED, "insufficient_funds", b"{}"),
    ):
        transaction.run(
            "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?)",
            *(key.id, key.owner, key.fingerprint, START, refusal, answer),
        )


def again(transaction: Transaction, key: Key) -> Answered[str]:
    def act() -> str:
        raise AssertionError("it was done before")

    return once(transaction, NOW, key, str, act, lambda: "paid since")


def test_a_retry_after_an_upgrade_gets_the_current_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, secret = tmp_path / "books.db", bytes(32)
    with monkeypatch.context() as patch:
        patch.setattr(sqlite, "MIGRATIONS", MIGRATIONS[:1])
        old = SqliteDatabase(path, secret)
        session = old.writer()
        write_old_answers(session.begin())
        session.commit()
        session.close()
        old.close()
    database = SqliteDatabase(path, secret)
    session = database.writer()
    transaction = session.begin()
    assert again(transaction, PAID) == Answered("paid since", replayed=True)
    with pytest.raises(InsufficientFunds):
        again(transaction, REFUSED)
    session.rollback()
    session.close()
    database.close()
