"""What an engine needs of a database: transactions, sessions, and two kinds of failure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

Value = str | int | bytes | None
Row = tuple[Any, ...]

#: What a command touches that writes work which is due later.
AGENDA = "agenda"


class WrongKeyError(Exception):
    """The database was made with another key; nothing was changed."""


class DatabaseBusyError(Exception):
    """Another service has this database open; nothing was changed."""


class DatabaseNewerError(Exception):
    """The database was written by a newer version of this program; nothing was changed."""


class DatabaseLostError(Exception):
    """The database cannot be reached any more; what was acknowledged is in it."""


class CommitUnknownError(Exception):
    """A COMMIT failed: whether it took effect is known only after asking on a new session."""


class Transaction(Protocol):
    """One transaction as a use case sees it.

    SQL is the common part of SQLite and PostgreSQL, with ``?`` for each value.
    """

    #: Journal transactions written so far: a refusal is only possible while it stands still.
    journalled: int

    def one(self, sql: str, *values: Value) -> Row | None:
        """Give the first row, or None."""
        ...

    def all(self, sql: str, *values: Value) -> Sequence[Row]:
        """Give every row."""
        ...

    def run(self, sql: str, *values: Value) -> None:
        """Write."""
        ...

    def touch(self, subject: str) -> None:
        """Name an id that changed; who waits for it is woken after COMMIT."""
        ...


class Session(Protocol):
    """One connection, used by one thread."""

    def begin(self) -> Transaction:
        """Start a transaction; a writer's takes the write lock at once."""
        ...

    def commit(self) -> frozenset[str]:
        """Make it durable and give the touched ids. Raises CommitUnknownError."""
        ...

    def rollback(self) -> None:
        """Undo all since begin."""
        ...

    def close(self) -> None:
        """End the connection."""
        ...


class Database(Protocol):
    """A place where the books are kept."""

    def writer(self) -> Session:
        """Open the one session that writes, bringing the schema up to date."""
        ...

    def reader(self) -> Session:
        """Open a session that only reads."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
