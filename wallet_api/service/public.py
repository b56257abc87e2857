"""What anyone may ask: is the service there, who is it, and can it prove that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.contract.errors import BadRequest
from wallet_api.contract.instants import instant_text
from wallet_api.contract.rules import PIN_FREE_LIMITS
from wallet_api.contract.signatures import challenge_text, encode_bytes
from wallet_api.contract.wire import ChallengeAnswer, ChallengeRequest, ServiceCard
from wallet_api.service.edge import answer, decode, read_message, require_host

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from wallet_api.service.state import Service

SERVICE_NAME = "Terminal Wallet bank"


async def health(service: Service, request: Request) -> Response:
    """Say that the service runs."""
    require_host(service, request)
    return answer(service, {"status": "ok"})


async def service_card(service: Service, request: Request) -> Response:
    """Give the service's public keys, to be pinned at enrolment."""
    require_host(service, request)
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
