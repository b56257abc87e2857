"""A tiny HTTP server that does on each connection what its script says, however rude."""

from __future__ import annotations

import json
import select
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl

    from wallet_api.contract.error_base import WalletError

Act = Callable[[socket.socket], None]


@dataclass(frozen=True)
class Seen:
    """A request as it came over the wire; header names are in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


def raw(data: bytes) -> Act:
    return lambda connection: connection.sendall(data)


def http(status: int, body: bytes, **headers: str) -> Act:
    fields = {"Content-Type": "application/json", "Content-Length": str(len(body))}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in fields.items())]
    return raw("\r\n".join([*lines, "Connection: close", "", ""]).encode() + body)


def answer(value: object, **headers: str) -> Act:
    return http(200, json.dumps(value).encode(), **headers)


def problem(error: WalletError, **headers: str) -> Act:
    document = json.dumps(error.problem()).encode()
    return http(error.status, document, Content_Type="application/problem+json", **headers)


def truncated(connection: socket.socket) -> None:
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"id": "1')


def hang_up(connection: socket.socket) -> None:
    """Say nothing: the connection is closed after every act."""


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def silent(connection: socket.socket) -> None:
    """Wait until the client gives up."""
    connection.recv(1)


def drip(connection: socket.socket) -> None:
    """Send a long answer in tiny parts, each of them in good time, until the client gives up."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    while not select.select([connection], [], [], 0.02)[0]:
        connection.sendall(b" ")


class ScriptedServer:
    """Holds a port of its own; ``play`` answers one connection an act, then refuses all others."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.seen: list[Seen] = []
        self._tls = tls
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        self._thread: threading.Thread | None = None
        self.port: int = self._listener.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"

    def play(self, *acts: Act) -> None:
        self._listener.listen(16)
        self._listener.settimeout(10)
        self._thread = threading.Thread(target=self._perform, args=(acts,), daemon=True)
        self._thread.start()

    def _perform(self, acts: tuple[Act, ...]) -> None:
        for number, act in enumerate(acts, 1):
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            if number == len(acts):
                self._listener.close()
            self._serve(connection, act)

    def _serve(self, connection: socket.socket, act: Act) -> None:
        connection.settimeout(10)
        try:
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
            self.seen.append(_read_request(connection))
            act(connection)
        except OSError:
            # The client refused the certificate, or left in the middle of an act.
            pass
        finally:
            connection.close()

    def close(self) -> None:
        """Stop; a script that was not played to its end is cut off."""
        # On Linux only a shutdown wakes a thread that waits in accept().
        if self._listener.fileno() >= 0 and self._thread is not None:
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        if self._thread is not None:
            self._thread.join(10)


def _read_request(connection: socket.socket) -> Seen:
    stream = connection.makefile("rb")
    with stream:
        method, target, _ = stream.readline().decode("ascii").split(" ")
        headers: dict[str, str] = {}
        while line := stream.readline().decode("ascii").rstrip("\r\n"):
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        body = stream.read(int(headers.get("content-length", 0)))
    return Seen(method, target, headers, body)
