"""The service in one thread: the real application, engine and books, without threads or sockets."""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AsyncExitStack
from threading import local
from typing import TYPE_CHECKING, Any, TypeVar

from wallet_api.contract.errors import Overloaded
from wallet_api.identity.keys import Keys, recognise
from wallet_api.service.app import create_app
from wallet_api.service.bank import BankMovement, BankSilentError, Instruction, Reply
from wallet_api.service.nonces import Nonces
from wallet_api.service.proof import prove
from wallet_api.service.state import Service
from wallet_api.store.engine import Engine, _Command
from wallet_api.store.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from random import Random

    from starlette.types import Message

    from tests.simulation.loop import VirtualClock
    from wallet_api.banking.notices import Notice
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

T = TypeVar("T")

URL = "http://127.0.0.1:8417"
AUTHORITY = URL.removeprefix("http://")
ROOT_KEY = bytes(range(32))
SILENCE = 0.3


class InlineEngine(Engine):
    """The engine's own code, run by the loop instead of a thread: one batch of what has come."""

    def __init__(self, database: SqliteDatabase, clock: VirtualClock) -> None:
        self._database, self._clock = database, clock
        self._queue: deque[_Command[Any]] = deque()
        self._stopping = False
        self._listeners = []
        self._when_lost = None
        self._readers, self._open_readers = local(), []
        self._session = database.writer()

    def submit(self, use_case: Callable[[Transaction, Now], T]) -> Future[T]:
        """Queue a command for the next turn of the loop. Raises Overloaded."""
        if self._stopping:
            raise Overloaded
        command = _Command(use_case)
        if not self._queue:
            asyncio.get_running_loop().call_soon(self._work)
        self._queue.append(command)
        return command.answer

    def _work(self) -> None:
        batch, now = list(self._queue), self._clock.now()
        self._queue.clear()
        if self._stopping:
            return
        if not self._commit(batch, now):
            for command in batch:
                self._commit_alone(command, now)
        for command in batch:
            command.reply()

    def close(self) -> None:
        """Let go of the database, as the end of the process does: what is queued is lost."""
        self._stopping = True
        for session in (*self._open_readers, self._session):
            session.close()
        self._database.close()


class _Inline(ThreadPoolExecutor):
    """Runs what is submitted at once."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:  # noqa: ANN401 - any function
        """Run it now."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 - whoever waits gets it.
            future.set_exception(error)
        return future


class FickleBank:
    """Pays every top-up once, but answers late, or not at all."""

    def __init__(self) -> None:
        self.paid: dict[str, int] = {}
        self.random: Random | None = None

    async def debit(self, instruction: Instruction) -> Reply:
        """Pay once for a key. Raises BankSilentError before or after that."""
        fate = 1.0 if self.random is None else self.random.random()
        if fate < SILENCE / 2:
            raise BankSilentError
        self.paid[instruction.key] = instruction.minor
        if self.random is not None:
            await asyncio.sleep(self.random.random() * 3)
        if fate < SILENCE:
            raise BankSilentError
        return Reply(paid=True)

    async def credit(self, instruction: Instruction) -> Reply:
        """Pay money out, as reliably as it comes in."""
        return await self.debit(instruction)

    async def notices(self) -> Sequence[Notice]:
        """Say nothing by itself."""
        return ()

    async def acknowledge(self, notice: int) -> None:
        """Hear that a notice was heard."""

    async def statement(self, until: int) -> Sequence[BankMovement]:
        """Keep no statement."""
        del until
        return ()


class Core:
    """One service on one database, which can crash and start again."""

    def __init__(self, path: Path, clock: VirtualClock) -> None:
        self.keys = Keys(ROOT_KEY)
        self.bank = FickleBank()
        self._path, self._clock = path, clock
        self._stack = AsyncExitStack()
        self._running: set[asyncio.Task[Any]] = set()
        self.service: Service | None = None

    async def start(self) -> None:
        """Open the books and begin to answer."""
        engine = InlineEngine(SqliteDatabase(self._path, self.keys.database), self._clock)
        self._stack.callback(engine.close)
        recognised = engine.submit(lambda transaction, _now: recognise(transaction, self.keys))
        await asyncio.sleep(0)
        recognised.result()
        self.service = Service(
            engine=engine,
            keys=self.keys,
            bank=self.bank,
            authorities=frozenset({AUTHORITY}),
            open_enrolment=True,
            lab=False,
            nonces=Nonces(self._clock.milliseconds()),
            pool=_Inline(),
        )
        self._app = create_app(self.service)
        await self._stack.enter_async_context(self._app.router.lifespan_context(self._app))

    async def crash(self) -> None:
        """End at once: who waits gets no answer."""
        self.service = None
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await self._stack.aclose()

    async def answer(
        self, method: str, target: bytes, headers: list[tuple[bytes, bytes]], body: bytes
    ) -> tuple[int, list[tuple[bytes, bytes]], bytes] | None:
        """Answer a request; None when the service is down or crashes meanwhile."""
        if self.service is None:
            return None
        task = asyncio.ensure_future(self._call(method, target, headers, body))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        try:
            return await task
        except asyncio.CancelledError:
            return None

    async def _call(
        self, method: str, target: bytes, headers: list[tuple[bytes, bytes]], body: bytes
    ) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        path, _, query = target.partition(b"?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "https",
            "path": path.decode("ascii"),
            "raw_path": path,
            "query_string": query,
            "root_path": "",
            "headers": [(name.lower(), value) for name, value in headers],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 443),
            "app": self._app,
        }
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await self._app(scope, receive, send)
        return sent[0]["status"], sent[0]["headers"], b"".join(m.get("body", b"") for m in sent[1:])

    def findings(self) -> list[str]:
        """Prove the books."""
        assert self.service is not None
        return list(self.service.engine.read(lambda transaction, _now: prove(transaction)).findings)

    def read(self, sql: str, *values: str | int) -> list[tuple[Any, ...]]:
        """Give rows of the books."""
        assert self.service is not None
        return list(
            self.service.engine.read(lambda transaction, _now: transaction.all(sql, *values))
        )
