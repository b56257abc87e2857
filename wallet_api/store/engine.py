"""The engine: a queue of commands, one writer thread, one COMMIT for whatever waits.

The writer takes all that is waiting, bounded, applies it in one transaction, commits once and then
answers all. There is no timer: a lone command never waits for company. A refusal (WalletError) is
a result and commits with the batch. Any other exception is a bug or the disk: the batch is rolled
back and its commands run again one by one, so one bad command never fails its neighbours. After a
COMMIT that errors the writer reconnects and runs each command again: a command is idempotent by
its key, so one that did take effect answers with its stored answer.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import OutcomeUnknown, Overloaded
from wallet_api.store.database import CommitUnknownError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wallet_api.store.clock import Clock, Now
    from wallet_api.store.database import Database, Session, Transaction

T = TypeVar("T")
log = logging.getLogger(__name__)

QUEUE_LIMIT = 4_096
BATCH_LIMIT = 1_000


class _LostDatabaseError(Exception):
    """The writer cannot reconnect."""


class _Command(Generic[T]):
    """A use case with its arguments, and where its answer goes."""

    def __init__(self, use_case: Callable[[Transaction, Now], T]) -> None:
        self.use_case = use_case
        self.answer: Future[T] = Future()
        self.result: T | None = None
        self.error: Exception | None = None

    def apply(self, transaction: Transaction, now: Now) -> None:
        """Run the use case; a refusal is kept as the answer."""
        self.result, self.error = None, None
        before = transaction.journalled
        try:
            self.result = self.use_case(transaction, now)
        except WalletError as refusal:
            if transaction.journalled != before:
                raise RuntimeError(f"{refusal.code} was refused after a posting") from refusal
            self.error = refusal

    def reply(self) -> None:
        """Hand the answer to whoever still waits; from here on nobody can cancel."""
        if not self.answer.set_running_or_notify_cancel():
            return
        if self.error is not None:
            self.answer.set_exception(self.error)
        else:
            self.answer.set_result(self.result)  # type: ignore[arg-type]


class Engine:
    """The only writer of a database, and readers beside it."""

    def __init__(self, database: Database, clock: Clock, *, queue_limit: int = QUEUE_LIMIT) -> None:
        self._database = database
        self._clock = clock
        self._queue_limit = queue_limit
        self._queue: deque[_Command[Any]] = deque()
        #: How many batches were applied since the start, and commands in them.
        self.batches = self.commands = 0
        self._latest = 0
        self._wake = threading.Condition()
        self._stopping = False
        self._listeners: list[Callable[[frozenset[str]], None]] = []
        self._when_lost: Callable[[], None] | None = None
        self._readers = threading.local()
        self._open_readers: list[Session] = []
        with ExitStack() as stack:
            stack.callback(database.close)
            self._session = database.writer()
            stack.pop_all()  # It is open, so it stays so.
        self._thread = threading.Thread(target=self._write, name="writer", daemon=True)
        self._thread.start()

    @property
    def clock(self) -> Clock:
        """The clocks that commands are decided by."""
        return self._clock

    @property
    def queued(self) -> int:
        """How many commands wait for the writer."""
        return len(self._queue)

    def listen(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Call ``listener`` with the touched ids after each COMMIT, on the writer's thread."""
        self._listeners.append(listener)

    def when_lost(self, callback: Callable[[], None]) -> None:
        """Call ``callback``, on the writer's thread, if the database cannot be reached again."""
        self._when_lost = callback

    def submit(self, use_case: Callable[[Transaction, Now], T]) -> Future[T]:
        """Queue a command; its future gets the result or the refusal after COMMIT.

        Raises Overloaded when the queue is full or the engine is stopping; nothing happened then.
        """
        command = _Command(use_case)
        with self._wake:
            if self._stopping or len(self._queue) >= self._queue_limit:
                raise Overloaded
            self._queue.append(command)
            self._wake.notify()
        return command.answer

    def read(self, query: Callable[[Transaction, Now], T]) -> T:
        """Run a query on this thread's own reading session, on a snapshot of committed data."""
        session = self._reader()
        transaction = session.begin()
        try:
            return query(transaction, self._clock.now())
        finally:
            session.rollback()

    def _reader(self) -> Session:
        session: Session | None = getattr(self._readers, "session", None)
        if session is None:
            session = self._database.reader()
            self._readers.session = session
            self._open_readers.append(session)
        return session

    def close(self) -> None:
        """Finish what is queued, then let go of the database."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        self._thread.join()
        for session in (*self._open_readers, self._session):
            session.close()
        self._database.close()

    def _write(self) -> None:
        while batch := self._take():
            now = self._moment()
            try:
                if not self._commit(batch, now):
                    for command in batch:
                        self._commit_alone(command, now)
            except _LostDatabaseError:
                self._give_up(batch)
                return
            self.batches += 1
            self.commands += len(batch)
            for command in batch:
                command.reply()

    def _moment(self) -> Now:
        """Read the clocks; business time never decreases, whatever the machine's clock does."""
        now = self._clock.now()
        self._latest = max(self._latest, now.business)
        return now if now.business == self._latest else replace(now, business=self._latest)

    def _take(self) -> list[_Command[Any]]:
        with self._wake:
            while not self._queue and not self._stopping:
                self._wake.wait()
            count = min(len(self._queue), BATCH_LIMIT)
            return [self._queue.popleft() for _ in range(count)]

    def _commit(self, batch: Sequence[_Command[Any]], now: Now) -> bool:
        """Apply and commit a batch; False when it failed and is undone or unknown."""
        try:
            transaction = self._session.begin()
            for command in batch:
                command.apply(transaction, now)
            touched = self._session.commit()
        except CommitUnknownError:
            log.exception("COMMIT failed, reconnecting")
            self._reconnect()
            return False
        except Exception:  # noqa: BLE001 - a bug in one command must not fail its neighbours.
            self._undo()
            if len(batch) > 1:
                log.warning("a batch of %d failed and runs again one by one", len(batch))
            return False
        self._publish(touched)
        return True

    def _commit_alone(self, command: _Command[Any], now: Now) -> None:
        try:
            transaction = self._session.begin()
            command.apply(transaction, now)
            touched = self._session.commit()
        except CommitUnknownError:
            log.exception("COMMIT failed again")
            self._reconnect()
            command.error = OutcomeUnknown()
        except Exception as error:  # The caller gets it; the writer must live on.
            log.exception("a command failed")
            self._undo()
            command.error = error
        else:
            self._publish(touched)

    def _publish(self, touched: frozenset[str]) -> None:
        """Tell the listeners what is committed; none of them can stop the writer."""
        for listener in self._listeners if touched else ():
            try:
                listener(touched)
            except Exception:  # The commit is done, whatever a listener makes of it.
                log.exception("a listener failed")

    def _undo(self) -> None:
        """Roll back; a session that cannot even do that is replaced."""
        try:
            self._session.rollback()
        except Exception:  # Each database raises its own; a new session undoes as well.
            log.exception("ROLLBACK failed, reconnecting")
            self._reconnect()

    def _reconnect(self) -> None:
        try:
            self._session.close()
            self._session = self._database.writer()
        except Exception as error:  # Each database raises its own.
            raise _LostDatabaseError from error

    def _give_up(self, batch: Sequence[_Command[Any]]) -> None:
        """Answer all that waits: the batch has an unknown outcome, the queue was not begun."""
        log.critical("the database is lost; no more commands are taken")
        with self._wake:
            self._stopping = True
            waiting = list(self._queue)
            self._queue.clear()
        for command in batch:
            command.error = OutcomeUnknown()
        for command in waiting:
            command.error = Overloaded()
        for command in (*batch, *waiting):
            command.reply()
        if self._when_lost is not None:
            self._when_lost()
