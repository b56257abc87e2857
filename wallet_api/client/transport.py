"""The trimmed httpx clients, and what they send and hear in the exchange's terms."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import httpx

from wallet_api.client.exchange import Miss, Outgoing
from wallet_api.contract.errors import ServiceUntrusted, Usage

if TYPE_CHECKING:
    import ssl

CONNECT_TIMEOUT = 2.0
LARGEST_ANSWER = 1 << 20
LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=20)


class AnswerTooLarge(httpx.ProtocolError):
    """The answer is larger than any of this service's."""


def open_client(url: str, transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """Make the HTTP client for a service. Raises Usage when WALLET_API_CA is unreadable."""
    return httpx.Client(verify=_trust(url), trust_env=False, limits=LIMITS, transport=transport)


def open_async_client(url: str) -> httpx.AsyncClient:
    """Make the asynchronous HTTP client for a service. Raises Usage as ``open_client`` does."""
    return httpx.AsyncClient(verify=_trust(url), trust_env=False, limits=LIMITS)


def _trust(url: str) -> ssl.SSLContext | bool:
    """Choose whom to trust; plain http loads no certificates, which costs 160 ms."""
    if url.startswith("http://"):
        return False
    bundle = os.environ.get("WALLET_API_CA")
    if not bundle:
        return True
    import ssl

    try:
        return ssl.create_default_context(cafile=bundle)
    except OSError:
        raise Usage(reason=f"WALLET_API_CA names no file of certificates: {bundle}") from None


def http_request(url: str, outgoing: Outgoing) -> httpx.Request:
    """Build the request byte for byte as it was signed; no header or cookie is added to it.

    A free connection is waited for without a limit: those in use have their own.
    """
    timeout = httpx.Timeout(outgoing.read_timeout, connect=CONNECT_TIMEOUT, pool=None)
    return httpx.Request(
        outgoing.method,
        url,
        headers=outgoing.headers,
        content=outgoing.body or None,
        extensions={"timeout": timeout.as_dict(), "target": outgoing.target.encode("ascii")},
    )


def miss_of(error: httpx.TransportError) -> Miss:
    """Say what a failed attempt means: only a connection that was never made sent nothing.

    Raises ServiceUntrusted when the service's certificate is why it was not made.
    """
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        reason = _certificate_fault(error)
        if reason is not None:
            raise ServiceUntrusted(reason=reason) from error
        return Miss.NOT_SENT
    return Miss.NONSENSE if isinstance(error, AnswerTooLarge) else Miss.LOST


def _certificate_fault(error: BaseException | None) -> str | None:
    """Give what is wrong with a certificate, where that is the cause of an error."""
    while error is not None:
        fault = getattr(error, "verify_message", None)  # Of ssl.SSLCertVerificationError alone.
        if isinstance(fault, str):
            return fault.rstrip(".")
        error = error.__cause__ or error.__context__
    return None


class Intake:
    """Collects an answer's body, bounded in size and in the seconds it may take from now on."""

    def __init__(self, timeout: float) -> None:
        self._deadline = time.monotonic() + timeout
        self._body = bytearray()

    @property
    def body(self) -> bytes:
        """Give what was collected."""
        return bytes(self._body)

    def take(self, chunk: bytes) -> None:
        """Add a part. Raises AnswerTooLarge or httpx.ReadTimeout beyond a bound."""
        self._body += chunk
        if len(self._body) > LARGEST_ANSWER:
            raise AnswerTooLarge("the answer is too large")
        if time.monotonic() > self._deadline:
            raise httpx.ReadTimeout("the answer takes too long")
