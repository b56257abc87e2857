"""A merchant's receiver of webhooks on this machine, which behaves as the test wants."""

from __future__ import annotations

import queue
import socket
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

from tests.wallet_api.service.running import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What a receiver may do instead of answering with a status.
SILENT, HANG_UP = -1, -2


@dataclass(frozen=True)
class Received:
    """One delivery as it arrived; header fields by their lower-case names."""

    path: str
    headers: Mapping[str, str]
    body: bytes


class Receiver:
    """Answers each delivery with the next of its statuses, the last of them for ever."""

    def __init__(self, *answers: int, headers: Mapping[str, str] | None = None) -> None:
        self.arrived: queue.Queue[Received] = queue.Queue()
        self._answers = list(answers or (204,))
        self._headers = dict(headers or {})
        self._released = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/events?shop=1"

    def answer(self, *answers: int) -> None:
        """Answer so from now on."""
        self._answers[:] = answers

    def next(self) -> Received:
        """Wait for the next delivery."""
        return self.arrived.get(timeout=PATIENCE)

    def close(self) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _take(self) -> int:
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                fields = {name.lower(): value for name, value in self.headers.items()}
                answer = receiver._take()
                receiver.arrived.put(Received(self.path, fields, body))
                if answer == SILENT:
                    receiver._released.wait(PATIENCE)
                elif answer == HANG_UP:
                    self.connection.shutdown(socket.SHUT_RDWR)
                else:
                    self._answer(answer)

            def _answer(self, status: int) -> None:
                self.send_response(status)
                for name, value in receiver._headers.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler
