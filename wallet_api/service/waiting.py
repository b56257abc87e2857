"""Waiting for a charge: a long poll that ends at a change, at expiry, or when the time is over."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from wallet_api.checkout import queries
from wallet_api.contract.errors import BadRequest
from wallet_api.contract.instants import instant_ms
from wallet_api.contract.rules import LONGEST_WAIT
from wallet_api.identity.devices import device_stream, require_active
from wallet_api.identity.records import DEVICES
from wallet_api.service.authentication import authenticate
from wallet_api.service.edge import answer, read_message
from wallet_api.service.routes.table import path_id

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from wallet_api.contract.wire import Charge
    from wallet_api.identity.records import Till
    from wallet_api.service.authentication import Call
    from wallet_api.service.state import Service
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


async def charge(service: Service, request: Request) -> Response:
    """Give a till's charge; with ``?wait=S`` once it is done, or after S seconds as it is then."""
    message = await read_message(service, request)
    call = await authenticate(service, request, message)
    charge_id, seconds = path_id(call), _wait_of(call)
    query = partial(_view, charge_id, call.till)
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    changed = service.waiters.begin(charge_id)
    service.waiters.join(device_stream(call.device.id), changed)
    try:
        while True:
            changed.clear()  # Before the look, so that a change during it is not missed.
            current = await service.read(query)
            left = until - loop.time()
            if not current.state.is_open or left <= 0 or service.waiters.stopping:
                return answer(service, current)
            await _wait(changed, min(left, _life_left(service, current)))
    finally:
        service.waiters.end(charge_id, changed)
        service.waiters.end(device_stream(call.device.id), changed)


def _view(charge_id: str, till: Till, transaction: Transaction, now: Now) -> Charge:
    require_active(DEVICES.get(transaction, till.id), now)  # It may be shut out while it waits.
    return queries.charge(transaction, charge_id, till.merchant, now)


def _wait_of(call: Call) -> int:
    text = call.query.get("wait", "0")
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        raise BadRequest(reason="wait is a whole number of seconds")
    return min(int(text), LONGEST_WAIT)


def _life_left(service: Service, current: Charge) -> float:
    """Give the seconds until a charge expires, and a little, so that the next look sees it."""
    assert current.expires_at is not None, "an open charge expires"
    left = instant_ms(current.expires_at) - service.engine.clock.now().business
    return max(left, 0) / 1_000 + 0.01


async def _wait(changed: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await changed.wait()
    except TimeoutError:
        return
