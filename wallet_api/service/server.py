"""The server: opens the books, binds the socket, runs, drains on SIGTERM and lets go."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uvicorn

from wallet_api.identity.keys import Keys, recognise
from wallet_api.service.app import create_app
from wallet_api.service.bank import SimulatedBank
from wallet_api.service.nonces import Nonces
from wallet_api.service.state import Service
from wallet_api.store.clock import SystemClock
from wallet_api.store.database import DatabaseLostError
from wallet_api.store.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wallet_api.store.clock import Clock
    from wallet_api.store.database import Database

DRAIN_SECONDS = 10
KEEP_ALIVE_SECONDS = 30
BACKLOG = 1_024
LARGEST_CONCURRENCY = 2_000


@dataclass(frozen=True, slots=True)
class Settings:
    """How a service runs; port 0 picks a free one."""

    host: str
    port: int
    open_enrolment: bool
    lab: bool = False


class _Server(uvicorn.Server):
    """A server that says when it is ready and ends long polls before it drains."""

    def __init__(self, config: uvicorn.Config, service: Service, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._service = service
        self._ready = ready
        self.database_lost = False

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Drain at SIGTERM and SIGINT, and let the caller return instead of raising them again."""
        with super().capture_signals():
            yield
            self._captured_signals.clear()

    def end_as_lost(self) -> None:
        """Drain and end, because without a database there is nothing left to serve."""
        self.database_lost = True
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer who waits with the current state, then drain."""
        self._service.waiters.stop()
        await super().shutdown(sockets)


def is_loopback(host: str) -> bool:
    """Say whether only this machine can reach the host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def serve(
    database: Database,
    keys: Keys,
    settings: Settings,
    ready: Callable[[str], None],
    clock: Clock | None = None,
) -> None:
    """Run until SIGTERM or SIGINT. ``ready`` is told the URL once the service answers.

    Raises DatabaseBusyError, WrongKeyError, WrongRootKeyError, DatabaseNewerError,
    DatabaseLostError, and OSError when the port is taken.
    """
    chosen = clock or SystemClock()
    engine = Engine(database, chosen)
    try:
        engine.submit(lambda transaction, _now: recognise(transaction, keys)).result()
        with _bind(settings) as listener:
            port = listener.getsockname()[1]
            service = Service(
                engine=engine,
                keys=keys,
                bank=SimulatedBank(),
                authorities=_authorities(settings.host, port),
                open_enrolment=settings.open_enrolment,
                lab=settings.lab,
                nonces=Nonces(chosen.now().wall),
            )
            url = f"http://{_url_host(settings.host)}:{port}"
            server = _Server(_config(service), service, lambda: ready(url))
            engine.when_lost(server.end_as_lost)
            asyncio.run(server.serve([listener]))
            if server.database_lost:
                raise DatabaseLostError
    finally:
        engine.close()


def _config(service: Service) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(service),
        http="httptools",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=LARGEST_CONCURRENCY,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )


def _bind(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only where the socket names TCP; with it, every answer
    # would wait 40 ms for a delayed acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError:
        listener.close()
        raise
    listener.listen(BACKLOG)
    return listener


def _url_host(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _authorities(host: str, port: int) -> frozenset[str]:
    """Give the Host values to answer for: where it listens, and the loopback names when there."""
    names = {_url_host(host)}
    if is_loopback(host):
        names |= {"localhost", "127.0.0.1", "[::1]"}
    return frozenset(f"{name}:{port}".lower() for name in names)
