"""A receiver of webhooks for trying them out: checks each delivery's signature and prints it."""

from __future__ import annotations

import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import msgspec

from terminal_kit.console import style, write_json, write_lines
from terminal_kit.diagnostics import say
from terminal_kit.following import event_line
from terminal_kit.language import _
from terminal_kit.words import system_reason
from wallet_api.contract.errors import Usage
from wallet_api.contract.events import Event
from wallet_api.contract.text import printable
from wallet_api.contract.webhooks import ID, TIMESTAMP, is_authentic

HOST = "127.0.0.1"
LARGEST_BODY = 1 << 16
#: Seconds in which a sender must bring its request.
PATIENCE = 10


class _Handler(BaseHTTPRequestHandler):
    """Answers one delivery. The class attributes are set for each receiver."""

    protocol_version = "HTTP/1.1"
    timeout = PATIENCE
    secret: ClassVar[bytes | None]
    answer: ClassVar[int]
    json: ClassVar[bool]

    def do_POST(self) -> None:
        """Check a delivery, print it, and answer as told."""
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit() and int(length) <= LARGEST_BODY):
            self._reply(411)
            return
        body = self.rfile.read(int(length))
        headers = {name.lower(): value for name, value in self.headers.items()}
        verified = None
        if self.secret is not None:
            verified = is_authentic(self.secret, headers, body, int(time.time()))
        status = 401 if verified is False else self.answer
        self._reply(status)
        self._show(headers, body, status, verified=verified)

    def _reply(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _show(
        self, headers: dict[str, str], body: bytes, status: int, *, verified: bool | None
    ) -> None:
        delivery = {
            "id": headers.get(ID),
            "timestamp": headers.get(TIMESTAMP),
            "verified": verified,
            "status": status,
            "event": _content(body),
        }
        if self.json:
            write_json(delivery)
            return
        marks = {True: ("✓", "green"), False: ("✗", "red"), None: ("?", "yellow")}
        try:
            line = event_line(msgspec.json.decode(body, type=Event))
        except msgspec.DecodeError:
            line = printable(str(delivery["event"]))
        write_lines([f"{style(*marks[verified])} {line}"])

    def log_message(self, *_: Any) -> None:  # noqa: ANN401 - signature of the base class
        """Say nothing: what arrives is printed already."""


def _content(body: bytes) -> Any:  # noqa: ANN401 - JSON values
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return body.decode("utf-8", "replace")


def receive(port: int, secret: bytes | None, answer: int, *, json: bool) -> None:
    """Receive on a port of this machine (0 picks one) until interrupted. Raises Usage."""
    handler = type("Handler", (_Handler,), {"secret": secret, "answer": answer, "json": json})
    try:
        server = ThreadingHTTPServer((HOST, port), handler)
    except OSError as error:
        reason = _("Port {port} cannot be listened on: {reason}.")
        raise Usage(reason=reason.format(port=port, reason=system_reason(error))) from None
    url = f"http://{HOST}:{server.server_port}/"
    if json:
        write_json({"event": "ready", "url": url})
    else:
        say(_("Receiving at {url} until Ctrl+C.").format(url=url))
    with server:
        server.serve_forever()
