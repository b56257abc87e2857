"""What anyone may ask: is the service there, who is it, and can it prove that."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from wallet_api.contract.errors import BadRequest, Overloaded
from wallet_api.contract.instants import instant_text
from wallet_api.contract.rules import PIN_FREE_LIMITS
from wallet_api.contract.signatures import challenge_text, encode_bytes
from wallet_api.contract.wire import ChallengeAnswer, ChallengeRequest, Health, ServiceCard
from wallet_api.service.edge import answer, decode, read_message

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from wallet_api.service.state import Service

SERVICE_NAME = "Terminal Wallet bank"
#: A writer that needs longer for nothing at all does not work.
WRITER_SECONDS = 5


async def health(service: Service, _request: Request) -> Response:
    """Say that the service runs, and that its writer takes commands. Raises Overloaded."""
    try:
        async with asyncio.timeout(WRITER_SECONDS):
            await service.write(lambda _transaction, _now: None)
    except TimeoutError:
        raise Overloaded from None
    return answer(service, Health())


async def service_card(service: Service, _request: Request) -> Response:
    """Give the service's public keys, to be pinned at enrolment."""
    card = ServiceCard(
        name=SERVICE_NAME,
        signing_key=encode_bytes(service.keys.signing_public),
        code_key=encode_bytes(service.keys.code_public),
        currencies=sorted(PIN_FREE_LIMITS),
        enrolment="open" if service.open_enrolment else "invite",
        lab=service.lab,
        time=instant_text(service.engine.clock.now().wall),
    )
    return answer(service, card)


async def challenge(service: Service, request: Request) -> Response:
    """Sign a client's nonce together with the authority it asked at. Raises BadRequest."""
    message = await read_message(service, request)
    nonce = decode(message.body, ChallengeRequest).nonce
    if not 16 <= len(nonce) <= 64 or not nonce.isascii() or not nonce.isprintable():
        raise BadRequest(reason="a nonce has 16 to 64 ASCII characters")
    signature = service.keys.signing.sign(challenge_text(nonce, message.authority))
    return answer(service, ChallengeAnswer(signature=encode_bytes(signature)))
