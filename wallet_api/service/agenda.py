"""The agenda: work that is due at a moment of business time, done whether or not anybody asks.

A job names when its next work is due and does what is due. What is due is in the database, so
nothing is lost with the process. A command that writes such work touches ``AGENDA``; moving the
business clock wakes the agenda too.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.contract.error_base import WalletError
from wallet_api.store.database import AGENDA

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from wallet_api.service.state import Service
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

log = logging.getLogger(__name__)

#: However far away the next work is, the agenda looks again after so many seconds.
LONGEST_SLEEP = 60.0
#: How long a job that fails is left alone, in seconds.
PAUSE = 1.0


@dataclass(frozen=True, slots=True)
class Job:
    """Recurring work.

    ``next_due`` gives the business time in milliseconds of the earliest work, or None; ``run``
    does what is due, bounded, and leaves what it could not do due later than now.
    """

    name: str
    next_due: Callable[[Transaction, Now], int | None]
    run: Callable[[Service], Awaitable[None]]


async def keep(service: Service, jobs: Sequence[Job]) -> None:
    """Do what is due, for ever; to be cancelled at the end."""
    changed = service.waiters.begin(AGENDA)
    try:
        while True:
            changed.clear()  # Before the look, so that a change during it is not missed.
            seconds = LONGEST_SLEEP
            for job in jobs:
                seconds = min(seconds, await _attend(service, job))
            try:
                async with asyncio.timeout(seconds):
                    await changed.wait()
            except TimeoutError:
                continue
    finally:
        service.waiters.end(AGENDA, changed)


async def _attend(service: Service, job: Job) -> float:
    """Do one job's due work; give the seconds until it wants to be asked again."""
    try:
        due = await service.read(job.next_due)
        if due is None:
            return LONGEST_SLEEP
        if due <= service.engine.clock.now().business:
            await job.run(service)
            due = await service.read(job.next_due)
    except WalletError as refusal:
        log.warning("%s has to wait: %s", job.name, refusal.code)
        return PAUSE
    except Exception:  # A bug in one job must not stop the others.
        log.exception("%s failed", job.name)
        return PAUSE
    if due is None:
        return LONGEST_SLEEP
    return max((due - service.engine.clock.now().business) / 1_000, 0.01)
