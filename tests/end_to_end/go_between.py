"""A go-between before a real service, that a test tells what to lose, delay or forge.

It listens where the service answers for but does not listen: on 127.0.0.1 at the port of a
service on 127.0.0.2. So requests are signed for a host that the service accepts.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from tests.end_to_end.services import Service

#: The options of a service that a go-between can stand before.
BEHIND = ("--host", "127.0.0.2")
PASSED_ON = ("Content-Type", "Wallet-Time", "Idempotent-Replay", "Retry-After")
LIMIT_SECONDS = 30


@dataclass(frozen=True)
class Request:
    """What came; ``target`` is path and query."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


@dataclass(frozen=True)
class Answer:
    """What goes back."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})


Forward = Callable[[], Answer]
#: Decides on a request: forward it or not, and what to answer; None hangs up.
Act = Callable[[Request, Forward], Answer | None]


class GoBetween:
    """Answers at ``url`` as ``act`` says, and keeps the paths of what was sent in ``seen``."""

    def __init__(self, service: Service, act: Act) -> None:
        upstream = urlsplit(service.url)
        assert upstream.hostname is not None
        assert upstream.port is not None
        self._upstream = (upstream.hostname, upstream.port)
        self._act = act
        self._condition = threading.Condition()
        self.seen: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", upstream.port), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{upstream.port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def wait_for(self, path: str, times: int = 1) -> None:
        """Wait until a path was asked for so often."""
        with self._condition:
            assert self._condition.wait_for(
                lambda: self.seen.count(path) >= times, LIMIT_SECONDS
            ), self.seen

    def answer_to(self, request: Request) -> Answer | None:
        """Note a request and act on it."""
        with self._condition:
            self.seen.append(request.path)
            self._condition.notify_all()
        return self._act(request, lambda: self._forward(request))

    def _forward(self, request: Request) -> Answer:
        connection = HTTPConnection(*self._upstream, timeout=LIMIT_SECONDS)
        try:
            connection.request(request.method, request.target, request.body, request.headers)
            response = connection.getresponse()
            headers = {
                name: response.headers[name] for name in PASSED_ON if name in response.headers
            }
            return Answer(response.read(), response.status, headers)
        finally:
            connection.close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        between = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                request = Request(self.command, self.path, dict(self.headers), body)
                answer = between.answer_to(request)
                self.close_connection = answer is None
                if answer is not None:
                    self.send_response_only(answer.status)
                    for name, value in answer.headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(answer.body)))
                    self.end_headers()
                    self.wfile.write(answer.body)

            do_GET = do_POST = handle_any  # noqa: N815 - the names that the base class calls

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Say nothing: the names are the base class's."""

        return Handler

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
