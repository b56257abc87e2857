"""Sending webhooks: what is due goes out beside everything else, each webhook on its own.

A receiver that is slow or away holds up nobody but itself. Deliveries of one webhook go out several
at a time, so they may arrive in another order than their events.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING

from wallet_api.contract.error_base import WalletError
from wallet_api.events.deliveries import Attempt, due_webhooks, record, take_due
from wallet_api.events.outbox import OUTBOX
from wallet_api.service.post import Post
from wallet_api.service.targets import is_public

if TYPE_CHECKING:
    from wallet_api.events.deliveries import Outcome
    from wallet_api.service.state import Service
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

log = logging.getLogger(__name__)

#: Deliveries of one webhook on their way at once, and webhooks that are served at once.
AT_ONCE, MOST_WEBHOOKS_AT_ONCE = 8, 64
LONGEST_SLEEP = 60.0
#: How long a webhook, or all of them, is left alone after something went wrong here, in seconds.
PAUSE = 1.0


async def send_webhooks(service: Service) -> None:
    """Send what is due, for ever; to be cancelled at the end."""
    changed = service.waiters.begin(OUTBOX)
    post = Post(public=is_public(service.authorities))
    working: dict[str, asyncio.Task[None]] = {}

    def done(webhook: str, _task: asyncio.Task[None]) -> None:
        del working[webhook]
        changed.set()

    try:
        while True:
            changed.clear()  # Before the look, so that a change during it is not missed.
            seconds = LONGEST_SLEEP
            for webhook, wait in await _due(service):
                if webhook in working or len(working) >= MOST_WEBHOOKS_AT_ONCE:
                    continue
                if wait > 0:
                    seconds = min(seconds, wait)
                    continue
                working[webhook] = asyncio.create_task(_work(service, post, webhook))
                working[webhook].add_done_callback(partial(done, webhook))
            await _wait(changed, seconds)
    finally:
        service.waiters.end(OUTBOX, changed)
        for task in tuple(working.values()):
            task.cancel()
        await post.close()


async def _due(service: Service) -> list[tuple[str, float]]:
    """Give the webhooks with something to send, and in how many seconds."""
    try:
        due = await service.read(due_webhooks)
    except Exception:  # A bug or the disk; the next look may work.
        log.exception("webhooks cannot be looked up")
        await asyncio.sleep(PAUSE)
        return []
    now = service.engine.clock.now().business
    return [(webhook, (at - now) / 1_000) for webhook, at in due]


async def _wait(changed: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await changed.wait()
    except TimeoutError:
        return


async def _work(service: Service, post: Post, webhook: str) -> None:
    """Send what is due to one webhook, some at a time, until nothing is."""
    try:
        while attempts := await service.write(partial(_take, webhook)):
            secret = service.keys.webhook(webhook)
            sent = (post.send(one, secret, service.engine.clock.now().wall) for one in attempts)
            outcomes = await asyncio.gather(*sent)
            await service.write(partial(_record, outcomes))
    except WalletError as refusal:
        log.warning("a webhook has to wait: %s", refusal.code)
        await asyncio.sleep(PAUSE)
    except Exception:  # A bug in one must not stop the others; what was not recorded is sent again.
        log.exception("a webhook failed")
        await asyncio.sleep(PAUSE)


def _take(webhook: str, transaction: Transaction, now: Now) -> list[Attempt]:
    return take_due(transaction, webhook, AT_ONCE, now)


def _record(outcomes: list[Outcome], transaction: Transaction, now: Now) -> None:
    record(transaction, outcomes, now)
