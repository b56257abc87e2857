"""Clients of both kinds against a scripted server, in a time of their own."""

from __future__ import annotations

import asyncio
import inspect
from typing import TYPE_CHECKING, Protocol, cast

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.wallet_api.client.scripted_server import ScriptedServer
from wallet_api.client.aio import AsyncClient
from wallet_api.client.sync import Client
from wallet_api.contract.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DEVICE = new_id()
KEY = Ed25519PrivateKey.generate()
PUBLIC_KEY = KEY.public_key().public_bytes_raw()


class Time:
    """A clock that only sleeping moves; ``events`` happen during the sleep of their number."""

    def __init__(self) -> None:
        self.now_ms = 1_800_000_000_000
        self.sleeps: list[float] = []
        self.events: dict[int, Callable[[], None]] = {}

    def clock(self) -> int:
        return self.now_ms

    def sleep(self, seconds: float) -> None:
        self.now_ms += round(seconds * 1000)
        self.sleeps.append(seconds)
        self.events.get(len(self.sleeps), lambda: None)()

    async def async_sleep(self, seconds: float) -> None:
        self.sleep(seconds)


class Blocking:
    """An asynchronous client whose calls are awaited for the caller."""

    def __init__(self, client: AsyncClient) -> None:
        self._runner = asyncio.Runner()
        self._client = client

    def __getattr__(self, name: str) -> object:
        found = getattr(self._client, name)
        if not inspect.iscoroutinefunction(found):
            return found

        def call(*args: object, **options: object) -> object:
            return self._runner.run(found(*args, **options))

        return call

    def close(self) -> None:
        self._runner.run(self._client.close())
        self._runner.close()


class OpenClient(Protocol):
    def __call__(
        self,
        url: str,
        *,
        device: str | None = DEVICE,
        key: Ed25519PrivateKey | None = KEY,
        patience: float = 8.0,
    ) -> Client: ...


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WALLET_API_CA", raising=False)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    made = ScriptedServer()
    yield made
    made.close()


@pytest.fixture(params=["sync", "async"])
def open_client(request: pytest.FixtureRequest, time: Time) -> Iterator[OpenClient]:
    """Give a function that opens a client that signs, of the kind that this run is about."""
    opened: list[Client] = []

    def make(
        url: str,
        *,
        device: str | None = DEVICE,
        key: Ed25519PrivateKey | None = KEY,
        patience: float = 8.0,
    ) -> Client:
        clock = time.clock
        if request.param == "sync":
            client = Client(url, device, key, clock=clock, sleep=time.sleep, patience=patience)
        else:
            sleep = time.async_sleep
            made = AsyncClient(url, device, key, clock=clock, sleep=sleep, patience=patience)
            client = cast("Client", Blocking(made))
        opened.append(client)
        return client

    yield make
    for client in opened:
        client.close()


@pytest.fixture
def client(open_client: OpenClient, server: ScriptedServer) -> Client:
    return open_client(server.url)
