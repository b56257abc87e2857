"""A wallet that has scanned a till's code: what it stands for, and the till hears that it was seen.

That is told a moment later, beside the answer: a wallet that pays at once never waits behind it in
the writer's queue, and of a charge that is paid by then it says nothing. Nothing hangs on it, so an
overloaded writer leaves it out.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from payment_codes.native import is_token
from wallet_api.checkout import queries
from wallet_api.checkout.seeing import SeeCharge, see_charge
from wallet_api.contract.errors import NotFound, Overloaded
from wallet_api.service.authentication import authenticate
from wallet_api.service.edge import answer, read_message
from wallet_api.service.routes.table import bind

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from wallet_api.service.state import Service

#: How long after a scan the till hears of it: longer than a program takes to pay, and far shorter
#: than a person does.
SEEN_SECONDS = 0.2


async def offer(service: Service, request: Request) -> Response:
    """Give what a scanned code stands for. Raises NotFound."""
    message = await read_message(service, request)
    call = await authenticate(service, request, message)
    call.require("wallet")
    token = call.path["token"]
    if not is_token(token):
        raise NotFound(what="code")
    scanned, unseen = await service.read(lambda tx, now: queries.offer(tx, token, now))
    if unseen:
        asyncio.get_running_loop().call_later(SEEN_SECONDS, _tell, service, scanned.charge)
    return answer(service, scanned)


def _tell(service: Service, charge: str) -> None:
    with suppress(Overloaded):
        service.engine.submit(bind(see_charge, SeeCharge(charge)))
