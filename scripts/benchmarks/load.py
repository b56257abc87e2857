"""Load: requests signed in advance, sent over raw connections as fast as answers come back.

The bytes are those of the real client; only httpx is left out, which costs several times what
the service does and would measure itself.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wallet_api.client.exchange import Outgoing

HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length: "


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer, and the seconds from sending its request to having all of it."""

    status: int
    body: bytes
    seconds: float


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of requests brought, and how many seconds it took in all."""

    answers: list[Answered]
    seconds: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.answers) / self.seconds

    def milliseconds(self, percent: int) -> float:
        """Give the time that so many per cent of the answers took at most."""
        times = sorted(answer.seconds for answer in self.answers)
        return times[min(len(times) * percent // 100, len(times) - 1)] * 1_000


def wire_bytes(outgoing: Outgoing) -> bytes:
    """Write a request of the client as HTTP/1.1."""
    headers = {**outgoing.headers, "Content-Length": str(len(outgoing.body))}
    lines = [f"{outgoing.method} {outgoing.target} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode("ascii") + HEAD_END + outgoing.body


class _Connection(asyncio.Protocol):
    """Sends the next request as soon as the answer to the last is complete, until a moment."""

    def __init__(self, requests: Iterator[bytes], answers: list[Answered], until: float) -> None:
        self._requests = requests
        self._answers = answers
        self._until = until
        self._received = b""
        self._sent_at = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def send_next(self) -> None:
        """Send one request, or be done when none is left or the time is over."""
        request = next(self._requests, None) if time.perf_counter() < self._until else None
        if request is None:
            self.done.set_result(None)
            self._transport.close()
            return
        self._sent_at = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, separator, body = self._received.partition(HEAD_END)
        if not separator:
            return
        start = head.lower().index(LENGTH) + len(LENGTH)
        if len(body) < int(head[start:].split(b"\r\n", 1)[0]):
            return
        took = time.perf_counter() - self._sent_at
        self._answers.append(Answered(int(head[9:12]), body, took))
        self._received = b""
        self.send_next()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("the service hung up"))


async def send_all(
    url: str, requests: Sequence[bytes], connections: int, most_seconds: float
) -> Run:
    """Send the requests over so many connections and give the answers, in no order.

    What is left after ``most_seconds`` is not sent.
    """
    host, _, port = url.rpartition("//")[2].partition(":")
    answers: list[Answered] = []
    waiting, until = iter(requests), time.perf_counter() + most_seconds

    def make() -> _Connection:
        return _Connection(waiting, answers, until)

    loop = asyncio.get_running_loop()
    opened = [(await loop.create_connection(make, host, int(port)))[1] for _ in range(connections)]
    start = time.perf_counter()
    for connection in opened:
        connection.send_next()
    await asyncio.gather(*(connection.done for connection in opened))
    return Run(answers, time.perf_counter() - start)
