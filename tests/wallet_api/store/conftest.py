"""An engine over a database that fails on demand, and commands with a countable effect."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.wallet_api.conftest import START
from tests.wallet_api.store.faulty import FaultyDatabase
from wallet_api.contract.errors import InsufficientFunds
from wallet_api.contract.ids import new_id
from wallet_api.ledger.accounts import BANK_SAFEGUARDED, customer_account
from wallet_api.ledger.journal import credit, debit, post
from wallet_api.store.answers import Answered, Key, once
from wallet_api.store.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from tests.wallet_api.conftest import StandingClock
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction
    from wallet_api.store.sqlite import SqliteDatabase

OWNER = "anna"
PATIENCE = 10


class TopUp:
    """A command that moves one minor unit, once for its key, and answers with the number."""

    def __init__(self, key: str | None = None) -> None:
        self.key = Key(key or new_id(START), OWNER, b"the same request")

    def __call__(self, transaction: Transaction, now: Now) -> Answered[int]:
        def act() -> int:
            transaction.touch(self.key.id)
            lines = [debit(BANK_SAFEGUARDED, "CNY", 1), credit(customer_account(OWNER), "CNY", 1)]
            return post(transaction, "top_up", self.key.id, lines, now)

        return once(transaction, now, self.key, int, act, act)


def journal(engine: Engine) -> list[str]:
    """Give the subjects of all entries."""
    return engine.read(
        lambda tx, _: [row[0] for row in tx.all("SELECT subject FROM journal ORDER BY number")]
    )


def submit(engine: Engine, count: int) -> list[Future[Any]]:
    """Queue top-ups of one minor unit each."""
    return [engine.submit(TopUp()) for _ in range(count)]


def note(name: str) -> Callable[[Transaction, Now], str]:
    """A command that writes down a name."""

    def write(transaction: Transaction, _now: Now) -> str:
        transaction.run("INSERT INTO meta (name, value) VALUES (?, x'00')", name)
        return name

    return write


def notes(engine: Engine) -> set[str]:
    """Give the names that are written down."""
    return engine.read(lambda tx, _: {row[0] for row in tx.all("SELECT name FROM meta")})


def broken(transaction: Transaction, now: Now) -> None:
    """A command that writes and then meets its bug."""
    note("broken")(transaction, now)
    raise ZeroDivisionError


def refused(transaction: Transaction, now: Now) -> None:
    """A command that must remember something of the refused try."""
    note("refused")(transaction, now)
    raise InsufficientFunds


@contextmanager
def held(engine: Engine) -> Iterator[None]:
    """Keep the writer busy with one command, so that what is submitted meanwhile waits."""
    busy, free = threading.Event(), threading.Event()

    def wait(_transaction: Transaction, _now: Now) -> None:
        busy.set()
        assert free.wait(PATIENCE)

    first = engine.submit(wait)
    assert busy.wait(PATIENCE)
    try:
        yield
    finally:
        free.set()
        first.result(PATIENCE)


@pytest.fixture
def faulty(database: SqliteDatabase) -> FaultyDatabase:
    return FaultyDatabase(database)


@pytest.fixture
def engine(faulty: FaultyDatabase, clock: StandingClock) -> Iterator[Engine]:
    made = Engine(faulty, clock)
    yield made
    made.close()
