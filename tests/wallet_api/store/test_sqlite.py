"""SQLite: durable, encrypted, held by one process, and append-only where money is written."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import apsw
import pytest

from tests.wallet_api.store.conftest import PATIENCE, TopUp
from wallet_api.store.database import DatabaseBusyError, DatabaseNewerError, WrongKeyError
from wallet_api.store.engine import Engine
from wallet_api.store.sqlite import SqliteDatabase, SqliteSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.wallet_api.conftest import StandingClock

CLEAR_TEXT = "王小明 pays in clear text"
OTHER_KEY = bytes(32)
HOLD = """
import sys
from pathlib import Path
from wallet_api.store.database import DatabaseBusyError
from wallet_api.store.sqlite import SqliteDatabase
try:
    SqliteDatabase(Path(sys.argv[1]), bytes(range(32))).hold()
except DatabaseBusyError:
    sys.exit(42)
"""


@pytest.fixture
def session(database: SqliteDatabase) -> Iterator[SqliteSession]:
    made = database.writer()
    yield made
    made.close()
    database.close()


@pytest.fixture
def engine(database: SqliteDatabase, clock: StandingClock) -> Iterator[Engine]:
    made = Engine(database, clock)
    yield made
    made.close()


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def write_clear_text(session: SqliteSession) -> None:
    transaction = session.begin()
    transaction.run("INSERT INTO meta (name, value) VALUES (?, x'00')", CLEAR_TEXT)
    session.commit()


def test_a_commit_reaches_the_disk(session: SqliteSession) -> None:
    connection = session._connection
    assert connection.pragma("journal_mode") == "wal"
    assert connection.pragma("synchronous") == 2  # FULL
    assert connection.pragma("foreign_keys") == 1


def test_who_writes_has_the_write_lock_at_once(
    session: SqliteSession, database: SqliteDatabase, tmp_path: Path
) -> None:
    session.begin()
    other = SqliteSession(tmp_path / "books.db", database._key, writes=True)
    other._connection.set_busy_timeout(0)
    with pytest.raises(apsw.BusyError):
        other.begin()
    session.rollback()
    other.begin()
    other.close()


def test_no_file_holds_clear_text(session: SqliteSession, tmp_path: Path) -> None:
    write_clear_text(session)
    in_log = files(tmp_path)
    session._connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    write_clear_text_free = files(tmp_path)
    assert len(in_log["books.db-wal"]) > 0 == len(write_clear_text_free["books.db-wal"])
    for content in (*in_log.values(), *write_clear_text_free.values()):
        assert CLEAR_TEXT.encode() not in content
        assert b"SQLite format 3" not in content
        assert b"CREATE TABLE" not in content


def test_a_wrong_key_changes_nothing(
    session: SqliteSession, database: SqliteDatabase, clock: StandingClock, tmp_path: Path
) -> None:
    write_clear_text(session)
    session.close()
    database.close()
    before = files(tmp_path)["books.db"]
    stranger = SqliteDatabase(tmp_path / "books.db", OTHER_KEY)
    with pytest.raises(WrongKeyError):
        Engine(stranger, clock)
    with pytest.raises(WrongKeyError):
        stranger.reader()
    assert files(tmp_path)["books.db"] == before
    again = database.writer()  # Who failed to open the database does not hold it.
    row = again.begin().one("SELECT name FROM meta")
    again.rollback()
    again.close()
    assert row == (CLEAR_TEXT,)


def test_a_newer_database_is_left_alone(
    session: SqliteSession, database: SqliteDatabase, tmp_path: Path
) -> None:
    session._connection.pragma("user_version", 1_000)
    session.close()
    before = files(tmp_path)["books.db"]
    with pytest.raises(DatabaseNewerError):
        database.writer()
    assert files(tmp_path)["books.db"] == before


def test_one_process_holds_the_database(session: SqliteSession, tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path / "books.db")]
    assert subprocess.run(command, timeout=PATIENCE, check=False).returncode == 42
    with pytest.raises(DatabaseBusyError):
        SqliteDatabase(tmp_path / "books.db", bytes(range(32))).writer()


def test_the_next_process_may_have_it(
    database: SqliteDatabase, session: SqliteSession, tmp_path: Path
) -> None:
    session.close()
    database.close()
    command = [sys.executable, "-c", HOLD, str(tmp_path / "books.db")]
    assert subprocess.run(command, timeout=PATIENCE, check=False).returncode == 0


def test_only_the_owner_may_read_the_files(tmp_path: Path) -> None:
    with umask(0):
        database = SqliteDatabase(tmp_path / "new" / "books.db", bytes(32))
        session = database.writer()
        write_clear_text(session)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "new").iterdir()}
    session.close()
    database.close()
    assert set(modes) == {"books.db", "books.db-wal", "books.db-shm", "books.db.lock"}
    assert set(modes.values()) == {0o600}
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE journal SET kind = 'payment'",
        "DELETE FROM journal",
        "UPDATE postings SET amount = amount * 2",
        "DELETE FROM postings",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal",
        "INSERT OR REPLACE INTO postings SELECT * FROM postings",
    ],
)
def test_what_is_journalled_stays(
    engine: Engine, database: SqliteDatabase, tmp_path: Path, change: str
) -> None:
    engine.submit(TopUp()).result(PATIENCE)
    session = SqliteSession(tmp_path / "books.db", database._key, writes=True)
    with pytest.raises(apsw.ConstraintError):
        session.begin().run(change)
    session.rollback()
    session.close()


def test_a_reader_cannot_write(engine: Engine) -> None:
    with pytest.raises(apsw.ReadOnlyError):
        engine.read(lambda tx, _now: tx.run("INSERT INTO meta VALUES ('a', x'00')"))


def test_a_reader_makes_no_database(tmp_path: Path) -> None:
    with pytest.raises(apsw.CantOpenError):
        SqliteDatabase(tmp_path / "absent.db", OTHER_KEY).reader()
    assert files(tmp_path) == {}
