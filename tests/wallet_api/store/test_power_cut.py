"""Acknowledged means durable: the power fails at many moments, and nothing acknowledged is lost."""

from __future__ import annotations

import shutil
import uuid
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

import apsw
import pytest

from tests.wallet_api.conftest import START, StandingClock
from tests.wallet_api.store.conftest import OWNER, PATIENCE, TopUp, held, journal
from tests.wallet_api.store.power import CIPHER_VFS, DISK
from wallet_api.ledger.accounts import customer_account, owed_to
from wallet_api.ledger.verify import verify_journal
from wallet_api.store.engine import Engine
from wallet_api.store.sqlite import SqliteDatabase, SqliteSession

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

    from wallet_api.identity.keys import Keys
    from wallet_api.store.answers import Answered

SEEDS = (1, 2)
BATCHES = 120
LARGEST_BATCH = 6
LIKELIHOOD = 0.05
CHECKPOINT_PAGES = 60


class CarelessDatabase(SqliteDatabase):
    """A database that does not wait for the disk: what the test must notice."""

    def writer(self) -> SqliteSession:
        session = super().writer()
        session._connection.pragma("synchronous", "normal")
        return session


@dataclass
class Cut:
    """The disk after a cut, and the keys of the commands that were acknowledged before it."""

    folder: Path
    acknowledged: set[str]


@dataclass
class Run:
    """Commands on their way, and cuts at random writes while they are."""

    folder: Path
    random: Random
    answers: dict[str, Future[Answered[int]]] = field(default_factory=dict)
    cuts: list[Cut] = field(default_factory=list)
    likelihood: float = 0.0

    def __post_init__(self) -> None:
        DISK.begin(self.maybe_cut)

    def maybe_cut(self) -> None:
        """Note how the disk looks if the power fails at this write; the run itself goes on.

        Writes happen on the writer's thread, so no command is acknowledged meanwhile.
        """
        if self.random.random() >= self.likelihood:
            return
        done = {key for key, answer in tuple(self.answers.items()) if answer.done()}
        cut = Cut(self.folder / f"cut {len(self.cuts)}", done)
        DISK.after_cut(cut.folder, self.random)
        self.cuts.append(cut)

    def commands(self, engine: Engine) -> None:
        """Submit batches of commands, each after the one before was answered."""
        for _ in range(BATCHES):
            with held(engine):
                for _ in range(self.random.randint(1, LARGEST_BATCH)):
                    key = numbered_id(len(self.answers))
                    self.answers[key] = last = engine.submit(TopUp(key))
            last.result(PATIENCE)


def numbered_id(number: int) -> str:
    """Make a UUIDv7 that every run with the same seed makes."""
    return str(uuid.UUID(int=START << 80 | 0x7 << 76 | 0b10 << 62 | number))


def live_through(folder: Path, seed: int, kind: type[SqliteDatabase], keys: Keys) -> Run:
    """Run commands on a disk whose power may fail at any write, and give the cuts."""
    run = Run(folder, Random(seed))
    database = kind(folder / "live" / "books.db", keys.database, CIPHER_VFS)
    engine = Engine(database, StandingClock())
    engine._session._connection.wal_autocheckpoint(CHECKPOINT_PAGES)  # type: ignore[attr-defined]
    run.likelihood = LIKELIHOOD
    run.commands(engine)
    run.likelihood = 0.0
    engine.close()
    assert len(run.cuts) > 50, "the power failed often"
    assert DISK.media["books.db"].syncs > 10, "also during checkpoints"
    return run


def lost_after(cut: Cut, keys: Keys) -> set[str]:
    """Open the books that a cut left, prove them, and give what was acknowledged and is gone."""
    database = SqliteDatabase(cut.folder / "books.db", keys.database)
    session = database.writer()
    transaction = session.begin()
    try:
        report = verify_journal(transaction)
        assert report.findings == []
        assert owed_to(transaction, customer_account(OWNER), "CNY") == report.entries
        answered = {row[0] for row in transaction.all("SELECT key FROM answers")}
        journalled = {row[0] for row in transaction.all("SELECT subject FROM journal")}
        assert answered == journalled
        return cut.acknowledged - journalled
    finally:
        session.rollback()
        session.close()
        database.close()
        shutil.rmtree(cut.folder)


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_acknowledged_is_lost(tmp_path: Path, keys: Keys, seed: int) -> None:
    run = live_through(tmp_path, seed, SqliteDatabase, keys)
    assert any(cut.acknowledged for cut in run.cuts)
    assert [lost_after(cut, keys) for cut in run.cuts] == [set()] * len(run.cuts)


def test_without_waiting_for_the_disk_something_is_lost(tmp_path: Path, keys: Keys) -> None:
    """The books stay whole, but acknowledged commands are gone: the test above has teeth."""
    run = live_through(tmp_path, SEEDS[0], CarelessDatabase, keys)
    lost = [lost_after(cut, keys) for cut in run.cuts]
    assert sum(map(bool, lost)) > len(lost) / 4


def test_a_disk_that_fails_at_times_costs_no_command(
    tmp_path: Path, keys: Keys, caplog: pytest.LogCaptureFixture
) -> None:
    """A COMMIT fails before, between or after its writes: its command still has one effect."""
    random, failures, armed = Random(SEEDS[0]), 0, False

    def fail_once() -> None:
        nonlocal armed, failures
        if armed and random.random() < LIKELIHOOD:
            armed, failures = False, failures + 1
            raise apsw.IOError

    DISK.begin(fail_once)
    database = SqliteDatabase(tmp_path / "books.db", keys.database, CIPHER_VFS)
    engine = Engine(database, StandingClock())
    commands = [TopUp(numbered_id(number)) for number in range(200)]
    for command in commands:
        armed = True
        engine.submit(command).result(PATIENCE)
        armed = False
    assert journal(engine) == [command.key.id for command in commands]
    assert failures > 20
    assert caplog.text.count("COMMIT failed, reconnecting") == failures
    engine.close()


def test_the_disk_sees_no_clear_text(tmp_path: Path, keys: Keys) -> None:
    """A layer beneath the cipher must not pass it by."""
    run = live_through(tmp_path, SEEDS[0], SqliteDatabase, keys)
    written = [path.read_bytes() for cut in run.cuts for path in cut.folder.iterdir()]
    assert len(written) > len(run.cuts), "databases and their logs"
    for content in written:
        assert b"SQLite format 3" not in content
        assert OWNER.encode() not in content
        assert TopUp().key.fingerprint not in content
