"""Top-ups over HTTP: write the request down, ask the bank, write down its answer."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from wallet_api.checkout.records import TOP_UPS, TopUpRow
from wallet_api.checkout.top_ups import (
    RequestTopUp,
    SettleTopUp,
    pending_top_ups,
    request_top_up,
    settle_top_up,
    view_top_up,
)
from wallet_api.contract.errors import Overloaded
from wallet_api.contract.wire import TopUp, TopUpRequest
from wallet_api.service.authentication import authenticate
from wallet_api.service.bank import BankSilentError
from wallet_api.service.edge import answer, decode, read_message
from wallet_api.service.routes.table import bind

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from wallet_api.service.state import Service
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

log = logging.getLogger(__name__)


async def top_up(service: Service, request: Request) -> Response:
    """Bring money from the bank; the answer says whether it has arrived."""
    message = await read_message(service, request)
    call = await authenticate(service, request, message)
    body = decode(message.body, TopUpRequest)
    key = call.key(body)
    requested = await service.write(bind(request_top_up, RequestTopUp(key, call.customer, body)))
    await _ask_bank(service, requested.value.id)

    def view(transaction: Transaction, _now: Now) -> TopUp:
        return view_top_up(transaction, key.id, call.customer)

    return answer(service, await service.read(view), 201, replayed=requested.replayed)


async def ask_again(service: Service) -> None:
    """Ask the bank for every top-up that an earlier run of the service left without an answer."""
    for top_up_id in await service.read(pending_top_ups):
        await _ask_bank(service, top_up_id)


async def _ask_bank(service: Service, top_up_id: str) -> None:
    """Ask and write down the answer; without one the top-up stays pending and is asked again."""
    row = await service.read(partial(_pending, top_up_id))
    if row is None:
        return
    try:
        paid = await service.bank.debit(row.id, row.amount, row.currency)
        await service.write(bind(settle_top_up, SettleTopUp(row.id, paid)))
    except (BankSilentError, Overloaded):
        log.warning("a top-up stays pending: the bank is silent, or its answer had to wait")


def _pending(top_up_id: str, transaction: Transaction, _now: Now) -> TopUpRow | None:
    row = TOP_UPS.get(transaction, top_up_id)
    return row if row is not None and row.state == "pending" else None
