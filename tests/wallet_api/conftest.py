"""Books for one test: keys, two clocks that stand still, an encrypted file, an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wallet_api.identity.keys import Keys
from wallet_api.store.clock import Now
from wallet_api.store.engine import Engine
from wallet_api.store.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: 2027-01-15, 08:00 UTC, the first moment of a step of payer codes, in milliseconds.
START = 1_800_000_000_000


class StandingClock:
    """Two clocks that only a test moves, in milliseconds."""

    def __init__(self) -> None:
        self.wall = self.business = START

    def now(self) -> Now:
        return Now(self.wall, self.business)

    def advance(self, seconds: float) -> None:
        """Move both clocks."""
        self.wall += round(seconds * 1_000)
        self.business += round(seconds * 1_000)


@pytest.fixture(scope="session")
def keys() -> Keys:
    return Keys(bytes(range(32)))


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def database(tmp_path: Path, keys: Keys) -> SqliteDatabase:
    return SqliteDatabase(tmp_path / "books.db", keys.database)


@pytest.fixture
def engine(database: SqliteDatabase, clock: StandingClock) -> Iterator[Engine]:
    made = Engine(database, clock)
    yield made
    made.close()
