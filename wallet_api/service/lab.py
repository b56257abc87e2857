"""What exists under ``--lab`` only: moving the business clock ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.contract.errors import BadRequest
from wallet_api.contract.instants import instant_text
from wallet_api.contract.rules import LONGEST_LAB_STEP
from wallet_api.contract.wire import LabAdvance, LabTime
from wallet_api.service.edge import answer, decode, read_message
from wallet_api.store.clock import LabClock

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from wallet_api.service.state import Service


async def advance(service: Service, request: Request) -> Response:
    """Move the business clock ahead by seconds and wake who waits. Raises BadRequest."""
    message = await read_message(service, request)
    seconds = decode(message.body, LabAdvance).seconds
    if not 0 <= seconds <= LONGEST_LAB_STEP:
        raise BadRequest(reason=f"seconds is 0 to {LONGEST_LAB_STEP}")
    clock = service.engine.clock
    assert isinstance(clock, LabClock), "this route exists with a lab's clock only"
    clock.advance(seconds * 1_000)
    service.waiters.wake_all()
    return answer(service, LabTime(time=instant_text(clock.now().business)))
