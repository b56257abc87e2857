"""One connection: how long and how large a request may be on its way, and when one is too many.

The server under the application bounds neither the time nor the size of a request's head, so both
are bounded here. Whoever oversteps is told so by a problem document, like everybody else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from wallet_api.contract.errors import BadRequest, HeadTooLarge, Overloaded, RequestTimeout
from wallet_api.contract.rules import LARGEST_HEAD, LONGEST_REQUEST
from wallet_api.service.edge import problem

if TYPE_CHECKING:
    import asyncio

    from starlette.types import Receive, Scope, Send

    from wallet_api.contract.error_base import WalletError
    from wallet_api.service.state import Service

LARGEST_CONCURRENCY = 2_000
#: Connections beyond this number are dropped unheard: those up to it are still told why not.
MOST_CONNECTIONS = 2 * LARGEST_CONCURRENCY
VERSIONS = frozenset({"1.0", "1.1"})
#: How long an answer may wait for its reader, in seconds.
LONGEST_STALL = 30
#: Bytes of a header field beside its name and value: a colon, a space and the end of the line.
FIELD_OVERHEAD = 4


class Connection(HttpToolsProtocol):
    """A client's connection. A timer runs from each request's first byte to its last."""

    service: Service

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - the server's own
        super().__init__(*arguments, **named)
        self._arriving: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None
        self._begun = False
        self._in_head = True
        self._head_size = self._field_size = 0
        self._refusal: WalletError = BadRequest(reason="it is not plain HTTP/1.1")

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, and wait for its first request."""
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.abort()
        self._await_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of a connection."""
        self._stop_timers()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes; a head that is large already is not read on."""
        if self._in_head and self._head_size > LARGEST_HEAD:
            self._refuse(HeadTooLarge(limit=LARGEST_HEAD))
            return
        self._head_size += len(data) if self._in_head else 0
        if self._arriving is None:
            self._await_request()
        super().data_received(data)

    def on_message_begin(self) -> None:
        """Start the time of a request."""
        super().on_message_begin()
        self._begun, self._in_head, self._field_size = True, True, 0
        self._await_request()

    def on_url(self, url: bytes) -> None:
        """Take a part of the target."""
        super().on_url(url)
        self._count(len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header field."""
        super().on_header(name, value)
        self._count(len(name) + len(value) + FIELD_OVERHEAD)

    def on_headers_complete(self) -> None:
        """Begin to answer, or say that there are too many to be answered."""
        if not self.url.startswith(b"/"):
            self._refusal = BadRequest(reason="the target is not a path")
            raise ValueError
        if self.parser.should_upgrade() or self.parser.get_http_version() not in VERSIONS:
            raise ValueError
        self._in_head, self._head_size = False, 0
        crowded = len(self.connections) > LARGEST_CONCURRENCY
        self.app = self._turn_away if crowded else self.config.loaded_app
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """End the time of a request."""
        self._begun, self._in_head = False, True
        self._stop_arriving()
        super().on_message_complete()

    def pause_writing(self) -> None:
        """Wait for a slow reader, but not for ever."""
        super().pause_writing()
        self._stalled = self.loop.call_later(LONGEST_STALL, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on: the reader has caught up."""
        super().resume_writing()
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - the server's own words
        """Refuse what is no request of ours."""
        self._refuse(self._refusal)

    def _count(self, size: int) -> None:
        """Count what a head's fields take, however they arrive. Raises ValueError for too many."""
        self._field_size += size
        if self._field_size > LARGEST_HEAD:
            self._refusal = HeadTooLarge(limit=LARGEST_HEAD)
            raise ValueError

    def _await_request(self) -> None:
        self._stop_arriving()
        self._arriving = self.loop.call_later(LONGEST_REQUEST, self._too_slow)

    def _too_slow(self) -> None:
        if self.flow.read_paused:  # It is this side that makes it wait.
            self._await_request()
        elif self._begun:
            self._refuse(RequestTimeout(seconds=LONGEST_REQUEST))
        else:
            self.transport.close()

    def _refuse(self, error: WalletError) -> None:
        """Answer the request that arrives now instead of the application, and hang up."""
        if self._may_answer():
            response = problem(self.service, error)
            head = b"".join(name + b": " + value + b"\r\n" for name, value in response.raw_headers)
            end = b"connection: close\r\n\r\n"
            line = STATUS_LINE[response.status_code]
            self.transport.write(line + head + end + bytes(response.body))
        self.transport.close()

    def _may_answer(self) -> bool:
        """Say whether an answer now is taken for this request's; the application then gives none.

        While an earlier request of the connection is open, the next bytes belong to that one.
        """
        if self._in_head:
            return self.cycle is None or self.cycle.response_complete
        if self.pipeline or self.cycle.response_started:
            return False
        self.cycle.disconnected = True
        self.cycle.message_event.set()
        return True

    async def _turn_away(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = problem(self.service, Overloaded())
        response.headers["Connection"] = "close"
        await response(scope, receive, send)

    def _stop_arriving(self) -> None:
        if self._arriving is not None:
            self._arriving.cancel()
            self._arriving = None

    def _stop_timers(self) -> None:
        self._stop_arriving()
        if self._stalled is not None:
            self._stalled.cancel()


def connections_of(service: Service) -> type[Connection]:
    """Give the kind of connection that one service answers on."""
    return type("ServiceConnection", (Connection,), {"service": service})
