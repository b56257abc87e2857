"""What the running service holds: its engine, its keys and its partners."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from wallet_api.service.bridge import Bridge
from wallet_api.service.enrolments import Enrolments
from wallet_api.service.requests import Requests
from wallet_api.service.streaming import HEARTBEAT_SECONDS, Streams
from wallet_api.service.verifier import SimulatedVerifier
from wallet_api.service.waiters import Waiters

if TYPE_CHECKING:
    from collections.abc import Callable

    from wallet_api.identity.keys import Keys
    from wallet_api.service.bank import Bank
    from wallet_api.service.nonces import Nonces
    from wallet_api.service.verifier import Verifier
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction
    from wallet_api.store.engine import Engine

T = TypeVar("T")

CHECKING_THREADS = 2


@dataclass(frozen=True, slots=True)
class Service:
    """One running service. ``authorities`` are the Host values that it answers for.

    ``heartbeat`` is how many seconds a stream of events is silent at most.
    """

    engine: Engine
    keys: Keys
    bank: Bank
    authorities: frozenset[str]
    open_enrolment: bool
    lab: bool
    nonces: Nonces
    enrolments: Enrolments = field(default_factory=Enrolments)
    verifier: Verifier = field(default_factory=SimulatedVerifier)
    waiters: Waiters = field(default_factory=Waiters)
    requests: Requests = field(default_factory=Requests)
    streams: Streams = field(default_factory=Streams)
    heartbeat: float = HEARTBEAT_SECONDS
    bridge: Bridge = field(default_factory=Bridge)
    pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(CHECKING_THREADS, "check")
    )

    async def write(self, use_case: Callable[[Transaction, Now], T]) -> T:
        """Queue a command and wait for its answer, which comes after COMMIT."""
        return await self.bridge.result(self.engine.submit(use_case))

    async def read(self, query: Callable[[Transaction, Now], T]) -> T:
        """Run a query beside the event loop."""
        return await self.bridge.result(self.pool.submit(self.engine.read, query))
