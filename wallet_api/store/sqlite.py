"""SQLite as the database: encrypted at rest, WAL, synchronous=FULL, one process at a time.

The cipher is ChaCha20-Poly1305 of SQLite3 Multiple Ciphers with a 256-bit key; it covers the
database, its write-ahead log and its rollback journal.
"""

from __future__ import annotations

import fcntl
import os
import time
from typing import TYPE_CHECKING

import apsw

from wallet_api.store.database import (
    CommitUnknownError,
    DatabaseBusyError,
    DatabaseNewerError,
    WrongKeyError,
)
from wallet_api.store.schema import MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wallet_api.store.database import Row, Value

BUSY_TIMEOUT_MS = 5_000
LOCK_TRIES = 10
LOCK_PAUSE_SECONDS = 0.01
STATEMENT_CACHE = 200


class SqliteTransaction:
    """A transaction on one apsw connection."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._execute = connection.execute
        self.journalled = 0
        self.touched: set[str] = set()

    def one(self, sql: str, *values: Value) -> Row | None:
        """Give the first row, or None."""
        row: Row | None = self._execute(sql, values).fetchone()
        return row

    def all(self, sql: str, *values: Value) -> Sequence[Row]:
        """Give every row."""
        rows: list[Row] = self._execute(sql, values).fetchall()
        return rows

    def run(self, sql: str, *values: Value) -> None:
        """Write."""
        self._execute(sql, values)

    def touch(self, subject: str) -> None:
        """Name an id that changed."""
        self.touched.add(subject)


class SqliteSession:
    """One connection; a writer begins IMMEDIATE, a reader DEFERRED."""

    def __init__(self, path: Path, key: bytes, vfs: str | None = None, *, writes: bool) -> None:
        flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if writes else 0)
        self._connection = apsw.Connection(
            str(path), flags, vfs, statementcachesize=STATEMENT_CACHE
        )
        self._begin = "BEGIN IMMEDIATE" if writes else "BEGIN"
        self._transaction: SqliteTransaction | None = None
        try:
            self._prepare(key, writes=writes)
        except apsw.NotADBError:
            self._connection.close()
            raise WrongKeyError(path.name) from None

    def _prepare(self, key: bytes, *, writes: bool) -> None:
        connection = self._connection
        connection.set_busy_timeout(BUSY_TIMEOUT_MS)
        connection.pragma("key", f"raw:{key.hex()}")  # A random key needs no stretching.
        if writes:
            connection.pragma("journal_mode", "wal")
            connection.pragma("synchronous", "full")
            connection.pragma("foreign_keys", value=True)
            connection.pragma("recursive_triggers", value=True)  # INSERT OR REPLACE deletes too.
            self._migrate()
        else:
            connection.pragma("query_only", value=True)
            connection.execute("SELECT 1 FROM sqlite_schema").fetchall()

    def _migrate(self) -> None:
        version = self._connection.pragma("user_version")
        assert isinstance(version, int)
        if version > len(MIGRATIONS):
            raise DatabaseNewerError
        for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute(script)
            self._connection.pragma("user_version", number)
            self._connection.execute("COMMIT")

    def begin(self) -> SqliteTransaction:
        """Start a transaction."""
        self._connection.execute(self._begin)
        self._transaction = SqliteTransaction(self._connection)
        return self._transaction

    def commit(self) -> frozenset[str]:
        """Make it durable. Raises CommitUnknownError."""
        assert self._transaction is not None, "commit without begin"
        try:
            self._connection.execute("COMMIT")
        except apsw.Error as error:
            raise CommitUnknownError(str(error)) from error
        touched = frozenset(self._transaction.touched)
        self._transaction = None
        return touched

    def rollback(self) -> None:
        """Undo all since begin; a transaction that SQLite itself undid is over already."""
        self._transaction = None
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """End the connection."""
        self._connection.close(force=True)


def _locked(descriptor: int) -> bool:
    """Take the lock; whoever only looks whether it is taken holds it for a moment too."""
    for _ in range(LOCK_TRIES):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(LOCK_PAUSE_SECONDS)
        else:
            return True
    return False


class SqliteDatabase:
    """One encrypted file, held by one service at a time through a lock file beside it.

    ``vfs`` names the layer of SQLite that reaches the disk; only one whose name begins with
    ``multipleciphers-`` encrypts.
    """

    def __init__(self, path: Path, key: bytes, vfs: str | None = None) -> None:
        assert len(key) == 32, "the database key has 32 bytes"
        self._path = path
        self._key = key
        self._vfs = vfs
        self._lock: int | None = None

    def hold(self) -> None:
        """Take the database for this process. Raises DatabaseBusyError."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(f"{self._path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not _locked(lock):
            os.close(lock)
            raise DatabaseBusyError(self._path.name)
        os.ftruncate(lock, 0)
        os.write(lock, str(os.getpid()).encode())
        self._lock = lock
        # The log and its index take the mode of the database's file.
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))

    def writer(self) -> SqliteSession:
        """Open the one session that writes. Raises DatabaseBusyError, WrongKeyError."""
        if self._lock is None:
            self.hold()
        return SqliteSession(self._path, self._key, self._vfs, writes=True)

    def reader(self) -> SqliteSession:
        """Open a session that only reads. Raises WrongKeyError."""
        return SqliteSession(self._path, self._key, self._vfs, writes=False)

    def close(self) -> None:
        """Let go of the file."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
