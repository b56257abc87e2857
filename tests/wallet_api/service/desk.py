"""A service inside the test's own event loop, where a test can act at the worst moment."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import httpx

from tests.wallet_api.service.caller import (
    JSON,
    Call,
    Device,
    cny,
    done,
    merchant_body,
    read,
    write,
)
from tests.wallet_api.service.running import PATIENCE
from wallet_api.service.app import create_app
from wallet_api.service.nonces import Nonces
from wallet_api.service.simulated_bank import SimulatedBank
from wallet_api.service.state import Service
from wallet_api.service.waiters import Waiters
from wallet_api.store.clock import LabClock
from wallet_api.store.engine import Engine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from wallet_api.identity.keys import Keys
    from wallet_api.service.bank import Bank
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction
    from wallet_api.store.sqlite import SqliteDatabase

T = TypeVar("T")
AUTHORITY = "127.0.0.1:8417"
LONG = 25


class WatchedWaiters(Waiters):
    """Tells when somebody begins to wait."""

    def __init__(self) -> None:
        super().__init__()
        self.began = asyncio.Event()

    def begin(self, subject: str) -> asyncio.Event:
        event = super().begin(subject)
        self.began.set()
        return event


class WatchedService(Service):
    """Lets a test act at the worst moment: when a read is done and its answer on the way."""

    after_read: Callable[[], Awaitable[None]] | None = None

    async def read(self, query: Callable[[Transaction, Now], T]) -> T:
        value = await super().read(query)
        if self.waiters.began.is_set() and self.after_read is not None:  # type: ignore[attr-defined]
            act, type(self).after_read = self.after_read, None
            await act()
        return value


class Desk:
    """A device at a service of this process."""

    def __init__(self, service: WatchedService, client: httpx.AsyncClient) -> None:
        self.service = service
        self.client = client
        self.device = Device()

    async def send(self, call: Call) -> httpx.Response:
        return await self.client.send(call.signed(self.device).request())

    async def open_merchant(self) -> None:
        done(await self.send(write(AUTHORITY, "/v1/merchants", merchant_body(self.device))))

    async def charge(self, **fields: object) -> str:
        call = write(AUTHORITY, "/v1/charges", {"amount": cny(100)} | fields)
        return str(done(await self.send(call))["id"])

    async def wait(self, charge: str, seconds: int) -> dict[str, Any]:
        return done(await self.send(read(AUTHORITY, f"/v1/charges/{charge}?wait={seconds}")))

    async def waiting(self, charge: str, seconds: int = LONG) -> asyncio.Task[dict[str, Any]]:
        """Give a wait that has begun."""
        task = asyncio.create_task(self.wait(charge, seconds))
        await self.service.waiters.began.wait()  # type: ignore[attr-defined]
        return task

    async def close(self, charge: str) -> None:
        done(await self.send(write(AUTHORITY, f"/v1/charges/{charge}/close", {})))

    async def advance(self, seconds: int) -> None:
        """Move the business clock, as only a lab can."""
        call = Call(AUTHORITY, "POST", "/v1/lab/clock", b'{"seconds": %d}' % seconds, headers=JSON)
        done(await self.client.send(call.request()))


@asynccontextmanager
async def open_desk(
    database: SqliteDatabase, keys: Keys, bank: Bank | None = None, queue_limit: int = 100
) -> AsyncIterator[Desk]:
    """Run a service inside the test's own event loop."""
    clock = LabClock()
    engine = Engine(database, clock, queue_limit=queue_limit)
    service = WatchedService(
        engine=engine,
        keys=keys,
        bank=bank or SimulatedBank(clock),
        authorities=frozenset({AUTHORITY}),
        open_enrolment=True,
        lab=True,
        nonces=Nonces(clock.now().wall),
        waiters=WatchedWaiters(),
    )
    app = create_app(service)
    transport = httpx.ASGITransport(app)
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport) as client:
        async with asyncio.timeout(PATIENCE):
            yield Desk(service, client)
    engine.close()
