"""Server-sent events: a customer's or merchant's events in order, as they happen (HTML 9.2).

What is sent was read from the database after COMMIT, a page at a time, and only when the reader has
taken the page before: a slow reader costs no memory. One that is cut off goes on by the id of the
last event that it has.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from starlette.responses import Response

from wallet_api.contract.errors import BadRequest, DeviceUnknown, Overloaded, TooManyStreams
from wallet_api.contract.events import RESET, STATE
from wallet_api.contract.instants import instant_text
from wallet_api.events.publish import stream_of
from wallet_api.events.records import event_json
from wallet_api.events.stream import after, start
from wallet_api.identity.cards import merchant_card, wallet_card
from wallet_api.identity.devices import device_stream, require_active
from wallet_api.identity.records import DEVICES
from wallet_api.service.authentication import authenticate
from wallet_api.service.edge import read_message, standard_headers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from wallet_api.contract.wire import MerchantCard, WalletCard
    from wallet_api.events.stream import Start
    from wallet_api.service.authentication import Call
    from wallet_api.service.state import Service
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Row, Transaction

MEDIA = "text/event-stream"
STREAMS_OF_A_DEVICE, MOST_STREAMS = 4, 1_000
PAGE = 100
#: What a reader is told to wait before it comes again, in milliseconds.
RETRY_MS = 1_000
HEARTBEAT = b":\n\n"
HEARTBEAT_SECONDS = 15.0


class Streams:
    """The streams that are open, and how many may be."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    @property
    def count(self) -> int:
        """How many are open."""
        return self._open.total()

    def enter(self, device: str) -> None:
        """Take a place for a device's stream. Raises TooManyStreams, Overloaded."""
        if self._open[device] >= STREAMS_OF_A_DEVICE:
            raise TooManyStreams(limit=STREAMS_OF_A_DEVICE)
        if self.count >= MOST_STREAMS:
            raise Overloaded
        self._open[device] += 1

    def leave(self, device: str) -> None:
        """Give a place back."""
        self._open -= Counter([device])


async def events(service: Service, request: Request) -> Response:
    """Follow one's own events from ``Last-Event-ID`` on, or from now; with follow=0 to the last."""
    message = await read_message(service, request)
    call = await authenticate(service, request, message)
    call.require("device")
    seen = _seen(request.headers.get("last-event-id"))
    follow = call.query.get("follow", "1")
    if follow not in {"0", "1"}:
        raise BadRequest(reason="follow is 0 or 1")
    service.streams.enter(call.device.id)
    return EventStream(service, call, seen, follow=follow == "1")


def _seen(text: str | None) -> int | None:
    """Read a position: it is not signed, since a wrong one costs only who sent it."""
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise BadRequest(reason="Last-Event-ID is the id of an event, or 0")
    return int(text)


class EventStream(Response):
    """The answer that goes on: until its reader leaves, its device is revoked, or the service ends.

    ``seen`` is the id of the last event that the reader has, or None for new ones only.
    """

    media_type = MEDIA

    def __init__(self, service: Service, call: Call, seen: int | None, *, follow: bool) -> None:
        super().__init__(headers=standard_headers(service))
        del self.headers["content-length"]  # Nobody knows yet.
        self._service = service
        self._call = call
        self._subject = call.device.customer or call.till.merchant
        self._seen = seen
        self._follow = follow
        self._left = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send what there is and what comes."""
        waiters, device = self._service.waiters, self._call.device.id
        subjects = (stream_of(self._subject), device_stream(device))
        changed = waiters.begin(subjects[0])
        waiters.join(subjects[1], changed)
        leaving = asyncio.create_task(self._await_leaving(receive, changed))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            with suppress(DeviceUnknown):  # It may not have them any more.
                await self._run(send, changed)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            leaving.cancel()
            for subject in subjects:
                waiters.end(subject, changed)
            self._service.streams.leave(device)

    async def _await_leaving(self, receive: Receive, changed: asyncio.Event) -> None:
        while (await receive())["type"] != "http.disconnect":
            continue
        self._left = True
        changed.set()

    async def _run(self, send: Send, changed: asyncio.Event) -> None:
        service = self._service
        at = await service.read(partial(_start, self._subject, self._seen))
        position = at.position
        # The id alone is no event, but where to go on from, should none come on this connection.
        await _put(send, f"id: {position}\nretry: {RETRY_MS}\n\n".encode())
        if at.lost:
            await _put(send, self._notice(RESET, position, {}))
        while not self._left:
            changed.clear()  # Before the look, so that a change during it is not missed.
            rows = await service.read(partial(self._look, position))
            if rows:
                if rows[0][0] != position + 1:
                    await _put(send, self._notice(RESET, rows[0][0] - 1, {}))
                position = rows[-1][0]
                await _put(send, b"".join(map(_event, rows)))
            if len(rows) == PAGE:
                continue
            if service.waiters.stopping:
                state = await service.read(self._state)
                await _put(send, self._notice(STATE, position, state))
            if service.waiters.stopping or not self._follow:
                return
            await self._wait(send, changed)

    async def _wait(self, send: Send, changed: asyncio.Event) -> None:
        try:
            async with asyncio.timeout(self._service.heartbeat):
                await changed.wait()
        except TimeoutError:
            await _put(send, HEARTBEAT)

    def _look(self, position: int, transaction: Transaction, now: Now) -> Sequence[Row]:
        """Give the next events. Raises DeviceUnknown once the device is shut out."""
        require_active(DEVICES.get(transaction, self._call.device.id), now)
        return after(transaction, self._subject, position, PAGE)

    def _state(self, transaction: Transaction, _now: Now) -> WalletCard | MerchantCard:
        device = self._call.device
        if device.customer is not None:
            return wallet_card(transaction, device.customer, device.id)
        return merchant_card(transaction, self._call.till)

    def _notice(self, kind: str, position: int, data: object) -> bytes:
        """Write what is no event of the subject; its id is where the stream stands."""
        at = instant_text(self._service.engine.clock.now().business)
        content = {"id": position, "kind": kind, "at": at, "data": data}
        return _block(position, kind, msgspec.json.encode(content))


def _start(subject: str, seen: int | None, transaction: Transaction, now: Now) -> Start:
    return start(transaction, subject, seen, now)


def _event(row: Row) -> bytes:
    return _block(row[0], row[1], event_json(row))


def _block(number: int, kind: str, data: bytes) -> bytes:
    return f"id: {number}\nevent: {kind}\ndata: ".encode() + data + b"\n\n"


async def _put(send: Send, content: bytes) -> None:
    """Send a part; this waits while the reader is behind."""
    await send({"type": "http.response.body", "body": content, "more_body": True})
