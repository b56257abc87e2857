"""The edge of HTTP: bodies with limits, hosts, problem documents and answer headers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from wallet_api.contract.errors import (
    BadRequest,
    BodyTooLarge,
    HostRefused,
    KeyMissing,
    MediaType,
    OriginRefused,
)
from wallet_api.contract.ids import is_id
from wallet_api.contract.instants import instant_text
from wallet_api.contract.rules import LARGEST_BODY
from wallet_api.contract.signatures import Message

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.requests import Request

    from wallet_api.contract.error_base import WalletError
    from wallet_api.service.state import Service

T = TypeVar("T")


#: Fields that must not come twice, because each reader might take another one.
SINGLE = frozenset(
    {
        b"content-digest",
        b"content-type",
        b"host",
        b"idempotency-key",
        b"last-event-id",
        b"signature",
        b"signature-input",
    }
)


def require_plain(request: Request, parameters: Collection[str]) -> None:
    """Check that a request can be read in one way only.

    Raises BadRequest for a field or a parameter that comes twice, or a parameter that the route
    does not have.
    """
    names = [name for name, _ in request.scope["headers"] if name in SINGLE]
    if len(names) != len(set(names)):
        raise BadRequest(reason="a header field came twice")
    if request.scope["query_string"]:
        asked = [name for name, _ in request.query_params.multi_items()]
        if len(asked) != len(set(asked)):
            raise BadRequest(reason="a parameter came twice")
        if not set(asked) <= set(parameters):
            raise BadRequest(reason="the query has a parameter that does not exist here")


def require_host(service: Service, request: Request) -> str:
    """Give the authority that was asked for, never a forwarded one.

    Raises HostRefused for one this service does not have, and OriginRefused for web pages: both
    keep DNS rebinding out.
    """
    authority = request.headers.get("host", "").lower()
    if authority not in service.authorities:
        raise HostRefused
    if "origin" in request.headers:
        raise OriginRefused
    return authority


async def read_message(service: Service, request: Request) -> Message:
    """Read a request as what a signature covers.

    Raises HostRefused, OriginRefused, BodyTooLarge, BadRequest, MediaType.
    """
    authority = require_host(service, request)
    body = await _read_body(request)
    message = Message(
        method=request.method,
        authority=authority,
        path=request.scope["raw_path"].decode("latin-1"),
        query=request.scope["query_string"].decode("latin-1"),
        body=body,
        idempotency_key=request.headers.get("idempotency-key"),
    )
    if not message.is_read:
        media = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if media != "application/json":
            raise MediaType
    return message


async def _read_body(request: Request) -> bytes:
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST_BODY:
                raise BodyTooLarge(limit=LARGEST_BODY)
    except ClientDisconnect:
        raise BadRequest(reason="the body ended early") from None
    return body


def require_key(message: Message) -> str:
    """Give the idempotency key. Raises KeyMissing unless it is a UUIDv7."""
    key = message.idempotency_key or ""
    if not is_id(key):
        raise KeyMissing
    return key


def decode(body: bytes, kind: type[T]) -> T:
    """Read a JSON body. Raises BadRequest with the place that is wrong, never with its content."""
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise BadRequest(reason=str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadRequest(reason="the body is not JSON") from None


def answer(
    service: Service, value: object, status: int = 200, *, replayed: bool = False
) -> Response:
    """Write an answer with the business time."""
    headers = standard_headers(service)
    if replayed:
        headers["Idempotent-Replay"] = "true"
    return Response(msgspec.json.encode(value), status, headers, media_type="application/json")


def problem(service: Service, error: WalletError) -> Response:
    """Write a problem document (RFC 9457)."""
    headers = standard_headers(service)
    if error.replayed:
        headers["Idempotent-Replay"] = "true"
    if error.status in {429, 503}:
        headers["Retry-After"] = str(error.details.get("retry_after", 1))
    content: dict[str, Any] = error.problem()
    return Response(
        msgspec.json.encode(content), error.status, headers, media_type="application/problem+json"
    )


def standard_headers(service: Service) -> dict[str, str]:
    """Give the header fields of every answer."""
    return {
        "Wallet-Time": instant_text(service.engine.clock.now().business),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
