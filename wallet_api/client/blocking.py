"""Blocking calls as an interface: of a client of their own, or of one on an event loop."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from wallet_api.client.call import READ_TIMEOUT

if TYPE_CHECKING:
    import concurrent.futures
    from collections.abc import Coroutine, Mapping

    from wallet_api.client.aio import AsyncClient
    from wallet_api.client.answers import Reply
    from wallet_api.contract.events import Event

T = TypeVar("T")


class BlockingCalls(Protocol):
    """What the behaviour of wallets and tills needs of a client; `sync.Client` has it."""

    @property
    def url(self) -> str:
        """The service's address."""

    @property
    def business_offset_ms(self) -> int:
        """The service's business clock minus this machine's, as it was last heard."""

    def get(
        self,
        path: str,
        *,
        answer: type[T],
        query: Mapping[str, str | int | None] | None = None,
        read_timeout: float = READ_TIMEOUT,
        insist: bool = True,
    ) -> Reply[T]:
        """Read something, as `sync.Client.get` does."""

    def send(
        self,
        method: str,
        path: str,
        *,
        answer: type[T],
        body: object = None,
        key: str | None = None,
        query: Mapping[str, str | int | None] | None = None,
        read_timeout: float = READ_TIMEOUT,
        insist: bool = True,
    ) -> Reply[T]:
        """Change something, as `sync.Client.send` does."""

    def prove_service(self, public_key: bytes) -> None:
        """Have the service prove its pinned key, as `sync.Client.prove_service` does."""

    def close(self) -> None:
        """Close the connections."""


class BridgedClient:
    """The calls of one `AsyncClient` for threads beside its loop: all share its connections.

    After ``close`` every call that still waits, and every new one, raises
    `concurrent.futures.CancelledError`: what was sent has an unknown outcome, as after a crash.
    """

    def __init__(self, client: AsyncClient, loop: asyncio.AbstractEventLoop) -> None:
        self._client = client
        self._loop = loop
        self._waiting: set[concurrent.futures.Future[Any]] = set()
        self._closed = threading.Event()

    @property
    def url(self) -> str:
        """The service's address."""
        return self._client.url

    @property
    def business_offset_ms(self) -> int:
        """The service's business clock minus this machine's, as it was last heard."""
        return self._client.business_offset_ms

    def get(self, path: str, **options: Any) -> Reply[Any]:  # noqa: ANN401 - of BlockingCalls
        """Read something, as `AsyncClient.get` does."""
        return self._wait(self._client.get(path, **options))

    def send(self, method: str, path: str, **options: Any) -> Reply[Any]:  # noqa: ANN401 - as above
        """Change something, as `AsyncClient.send` does."""
        return self._wait(self._client.send(method, path, **options))

    def prove_service(self, public_key: bytes) -> None:
        """Have the service prove its pinned key, as `AsyncClient.prove_service` does."""
        self._wait(self._client.prove_service(public_key))

    def past_events(self, before: int | None, count: int) -> list[Event]:
        """Give earlier events, as `AsyncClient.past_events` does."""
        return self._wait(self._client.past_events(before, count))

    def close(self) -> None:
        """Let go of every thread that waits; whoever owns the client closes its connections."""
        self._closed.set()
        for future in tuple(self._waiting):
            future.cancel()

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        if self._closed.is_set():
            # The loop may have ended, and would never begin it.
            work.close()
            raise CancelledError
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        self._waiting.add(future)
        try:
            if self._closed.is_set():
                future.cancel()
            return future.result()
        finally:
            self._waiting.discard(future)
