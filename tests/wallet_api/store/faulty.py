"""A database whose sessions count their COMMITs and fail on demand, around a real one."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Literal

from wallet_api.store.database import CommitUnknownError

if TYPE_CHECKING:
    from wallet_api.store.database import Database, Session, Transaction

#: What becomes of a COMMIT: done, done but reported as failed, or not done and failed.
Fate = Literal["done", "done unheard", "not done"]


class FaultyDatabase:
    """Wraps a database. ``fates`` are those of the COMMITs to come; none left means done."""

    def __init__(self, inner: Database) -> None:
        self.inner = inner
        self.fates: deque[Fate] = deque()
        self.commits = 0
        self.writers = 0
        self.lost = False
        self.rollback_fails = False

    def writer(self) -> FaultySession:
        if self.lost:
            raise OSError("the disk is gone")
        self.writers += 1
        return FaultySession(self, self.inner.writer())

    def reader(self) -> Session:
        return self.inner.reader()

    def close(self) -> None:
        self.inner.close()


class FaultySession:
    """The one writing session of a FaultyDatabase."""

    def __init__(self, database: FaultyDatabase, inner: Session) -> None:
        self._database = database
        self._inner = inner

    def begin(self) -> Transaction:
        return self._inner.begin()

    def commit(self) -> frozenset[str]:
        database = self._database
        fate = database.fates.popleft() if database.fates else "done"
        if fate == "not done":
            raise CommitUnknownError("the disk did not answer")
        touched = self._inner.commit()
        database.commits += 1
        if fate == "done unheard":
            raise CommitUnknownError("the disk did not answer")
        return touched

    def rollback(self) -> None:
        if self._database.rollback_fails:
            self._database.rollback_fails = False
            raise OSError("the disk did not answer")
        self._inner.rollback()

    def close(self) -> None:
        self._inner.close()
