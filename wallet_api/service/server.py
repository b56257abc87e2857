"""The server: opens the books, binds the socket, runs, drains on SIGTERM and lets go."""

from __future__ import annotations

import asyncio
import socket
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uvicorn

from wallet_api.identity.administration import Admin, recognise_admin
from wallet_api.identity.keys import Keys, recognise
from wallet_api.ledger.journal import head
from wallet_api.service.app import create_app
from wallet_api.service.authorities import authorities, service_url
from wallet_api.service.connection import connections_of
from wallet_api.service.enrolments import DEFAULT_RATE, EnrolmentRate, Enrolments
from wallet_api.service.nonces import Nonces
from wallet_api.service.policy import DEFAULT_POLICY, Policy, adopt
from wallet_api.service.routes.table import bind
from wallet_api.service.simulated_bank import SimulatedBank
from wallet_api.service.state import Service
from wallet_api.service.verifier import SimulatedVerifier
from wallet_api.store.clock import LabClock, SystemClock
from wallet_api.store.database import DatabaseLostError
from wallet_api.store.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from wallet_api.store.clock import Clock
    from wallet_api.store.database import Database

DRAIN_SECONDS = 10
KEEP_ALIVE_SECONDS = 30
BACKLOG = 1_024


@dataclass(frozen=True, slots=True)
class Tls:
    """The files of the service's certificate, with its chain, and of the key that belongs to it."""

    certificate: str
    key: str


@dataclass(frozen=True, slots=True)
class Settings:
    """How a service runs; port 0 picks a free one. Without an admin nobody administers it.

    ``authorities`` are names by which it is known, with a port where that is not its own.
    Without a ``bank_file`` the simulated bank forgets everything with the process.
    """

    host: str
    port: int
    open_enrolment: bool
    lab: bool = False
    enrolment_rate: EnrolmentRate = DEFAULT_RATE
    admin: Admin | None = None
    authorities: tuple[str, ...] = ()
    tls: Tls | None = None
    policy: Policy = DEFAULT_POLICY
    bank_file: Path | None = None

    @property
    def scheme(self) -> str:
        """What the service's URL begins with."""
        return "http" if self.tls is None else "https"


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


def serve(
    database: Database,
    keys: Keys,
    settings: Settings,
    ready: Callable[[str], None],
    clock: Clock | None = None,
) -> None:
    """Run until SIGTERM or SIGINT. ``ready`` is told the URL once the service answers.

    Raises DatabaseBusyError, WrongKeyError, WrongRootKeyError, WrongAdminKeyError, WrongZoneError,
    DatabaseNewerError, DatabaseLostError, and OSError when the port is taken.
    """
    chosen = clock or SystemClock()
    engine = Engine(database, chosen)
    try:
        engine.submit(lambda transaction, _now: recognise(transaction, keys)).result()
        adopt(engine, settings.policy)
        if isinstance(chosen, LabClock):
            booked = engine.submit(lambda transaction, _now: head(transaction).booked_at)
            chosen.catch_up(booked.result())
        if settings.admin is not None:
            engine.submit(bind(recognise_admin, settings.admin)).result()
        simulated = SimulatedBank(chosen, settings.bank_file)
        with closing(simulated) as bank, _bind(settings) as listener:
            port = listener.getsockname()[1]
            service = Service(
                engine=engine,
                keys=keys,
                bank=bank,
                authorities=authorities(settings, port),
                open_enrolment=settings.open_enrolment,
                lab=settings.lab,
                nonces=Nonces(chosen.now().wall),
                enrolments=Enrolments(settings.enrolment_rate),
                verifier=SimulatedVerifier(lab=settings.lab),
            )
            url = service_url(settings, port)
            server = _Server(_config(service, settings.tls), service, lambda: ready(url))
            engine.when_lost(server.end_as_lost)
            asyncio.run(server.serve([listener]))
            if server.database_lost:
                raise DatabaseLostError
    finally:
        engine.close()


def _config(service: Service, tls: Tls | None) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(service),
        http=connections_of(service),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=DRAIN_SECONDS,
        ssl_certfile=tls.certificate if tls else None,
        ssl_keyfile=tls.key if tls else None,
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
