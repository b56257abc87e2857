"""A service that listens on a real port inside this process, so that a test can hold its parts."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.wallet_api.service.running import PATIENCE
from wallet_api.service.nonces import Nonces
from wallet_api.service.server import Settings, _bind, _config, _Server
from wallet_api.service.simulated_bank import SimulatedBank
from wallet_api.service.state import Service
from wallet_api.store.clock import LabClock
from wallet_api.store.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wallet_api.identity.keys import Keys
    from wallet_api.store.sqlite import SqliteDatabase


@dataclass(frozen=True)
class Live:
    """A service that answers at ``authority``."""

    service: Service
    authority: str


@contextmanager
def live_service(database: SqliteDatabase, keys: Keys, heartbeat: float = 15.0) -> Iterator[Live]:
    """Run a service with a lab's clock on a thread of its own; ``heartbeat`` is in seconds."""
    clock = LabClock()
    engine = Engine(database, clock)
    started = threading.Event()
    settings = Settings("127.0.0.1", 0, open_enrolment=True, lab=True)
    with _bind(settings) as listener:
        authority = f"127.0.0.1:{listener.getsockname()[1]}"
        service = Service(
            engine=engine,
            keys=keys,
            bank=SimulatedBank(clock),
            authorities=frozenset({authority}),
            open_enrolment=True,
            lab=True,
            nonces=Nonces(clock.now().wall),
            heartbeat=heartbeat,
        )
        server = _Server(_config(service, None), service, started.set)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
        thread.start()
        try:
            assert started.wait(PATIENCE)
            yield Live(service, authority)
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
            engine.close()
            assert not thread.is_alive()
