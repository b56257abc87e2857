"""A link to the service that loses the answer to a chosen request, after it was carried out.

The service listens on 127.0.0.2 and answers for this machine's names; the link listens at its port
on 127.0.0.1, so that requests are signed for a host which the service accepts.
"""

from __future__ import annotations

import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOST = "127.0.0.1"
BEHIND = "127.0.0.2"
LIMIT_SECONDS = 60
#: Headers of one connection only (RFC 9110 §7.6.1), and those the server here writes itself.
OWN = {"connection", "keep-alive", "transfer-encoding", "date", "server"}


class LosingLink:
    """Passes everything on; ``lose`` names a path whose next answer never arrives."""

    def __init__(self, service_url: str) -> None:
        port = urlsplit(service_url).port
        assert port is not None
        self._port = port
        self._to_lose: set[str] = set()
        self.lost = 0
        server = ThreadingHTTPServer((HOST, port), self._handler())
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.url = f"http://{HOST}:{port}"

    def lose(self, path: str) -> None:
        """Lose the next answer to a POST to this path."""
        self._to_lose.add(path)

    def _handler(link: LosingLink) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - the link
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._pass_on()

            def do_POST(self) -> None:
                self._pass_on()

            def log_message(self, *_: object) -> None:
                """Say nothing: the day tells what happens."""

            def _pass_on(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                upstream = HTTPConnection(BEHIND, link._port, timeout=LIMIT_SECONDS)
                upstream.request(self.command, self.path, body, dict(self.headers))
                answer = upstream.getresponse()
                content = answer.read()
                upstream.close()
                if self.command == "POST" and self.path in link._to_lose:
                    link._to_lose.discard(self.path)
                    link.lost += 1
                    self.close_connection = True
                    return
                self.send_response(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in OWN:
                        self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

        return Handler
