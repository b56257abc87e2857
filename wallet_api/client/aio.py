"""The client for many calls at once, on asyncio: the same calls, awaited."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING, Self, TypeVar

import httpx

from wallet_api.client.answers import Reply
from wallet_api.client.call import READ_TIMEOUT, Call, make_call, make_challenge
from wallet_api.client.exchange import Exchange, Miss, Outgoing, Received
from wallet_api.client.following import Following, Notice, no_notice
from wallet_api.client.session import DEFAULT_PATIENCE, Session
from wallet_api.client.transport import Intake, http_request, miss_of, open_async_client
from wallet_api.contract.events import KINDS
from wallet_api.contract.instants import system_ms

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from wallet_api.contract.events import Event

T = TypeVar("T")


class AsyncClient(Session):
    """Calls the service for one device, or unsigned for nobody without one.

    ``patience`` is how many seconds a call is retried in all; ``sleep`` takes seconds.
    Raises ServiceInsecure or Usage for a URL that is refused.
    """

    def __init__(
        self,
        url: str,
        device: str | None = None,
        key: Ed25519PrivateKey | None = None,
        *,
        clock: Callable[[], int] = system_ms,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        patience: float = DEFAULT_PATIENCE,
    ) -> None:
        super().__init__(url, device, key, clock=clock, patience=patience)
        self._sleep = sleep
        self._http = open_async_client(self.url)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def get(
        self,
        path: str,
        *,
        answer: type[T],
        query: Mapping[str, str | int | None] | None = None,
        read_timeout: float = READ_TIMEOUT,
        insist: bool = True,
    ) -> Reply[T]:
        """Read something; ``read_timeout`` is in seconds; a long poll gives more than it waits.

        Without ``insist`` it is asked once, by a caller that asks again by itself.
        Raises ServiceUnreachable, AnswerInvalid, or what the service refused with.
        """
        call = make_call(
            "GET", path, answer=answer, query=query, read_timeout=read_timeout, insist=insist
        )
        return await self._run(call)

    async def send(
        self,
        method: str,
        path: str,
        *,
        answer: type[T],
        body: object = None,
        key: str | None = None,
        query: Mapping[str, str | int | None] | None = None,
        read_timeout: float = READ_TIMEOUT,
        insist: bool = True,
    ) -> Reply[T]:
        """Change something under an idempotency key that the caller keeps.

        Without ``insist`` a lost answer ends the call at once, for a caller that then asks by id.
        Raises OutcomeUnknown when it may have happened, ServiceUnreachable when it was never sent,
        AnswerInvalid, or what the service refused with.
        """
        call = make_call(
            method,
            path,
            answer=answer,
            body=body,
            key=key,
            query=query,
            read_timeout=read_timeout,
            insist=insist,
        )
        return await self._run(call)

    async def prove_service(self, public_key: bytes) -> None:
        """Have the service prove that it holds its pinned Ed25519 key (32 bytes).

        Raises ServiceChanged when it does not.
        """
        nonce, call = make_challenge()
        self.check_proof(nonce, (await self._run(call)).value, public_key)

    def events(
        self,
        seen: int | None = None,
        *,
        follow: bool = True,
        notice: Notice = no_notice,
        greets: bool = False,
    ) -> AsyncGenerator[Event, None]:
        """Give this device's events after the one with the id ``seen``, or from now on.

        Without ``follow`` it ends with the last there is. ``notice`` is told when events do not
        come for now, and with ``greets`` when they do for the first time. Raises AnswerInvalid,
        ServiceUnreachable where events are not followed, or what the service refused with.
        """
        return self._followed(Following(self, seen, follow=follow, notice=notice, greets=greets))

    async def past_events(self, before: int | None, count: int) -> list[Event]:
        """Give at most ``count`` events before the one with the id ``before``, newest first.

        None stands for one that is still to come. Raises as `events` does.
        """
        if before is None:
            newest = Following(self, None, follow=False)
            async for _event in self._followed(newest):
                continue
            before = (newest.seen or 0) + 1
        past: list[Event] = []
        async with aclosing(self.events(max(before - count, 1) - 1, follow=False)) as events:
            async for event in events:
                if event.id >= before:
                    break
                if event.kind in KINDS:
                    past.append(event)
        return past[::-1]

    async def _followed(self, following: Following) -> AsyncGenerator[Event, None]:
        """Give the events that a stream brings, on as many connections as it takes."""
        from httpx_sse import EventSource

        while True:
            outgoing = following.request()
            try:
                async with aclosing(await self._open(outgoing)) as response:
                    if following.opened(response.headers):
                        async with aclosing(EventSource(response).aiter_sse()) as blocks:
                            async for block in blocks:
                                event = following.take(block)
                                if event is not None:
                                    yield event
                        if following.ends:
                            return
                        seconds = following.lost(Miss.LOST)
                    else:
                        seconds = following.refused(await _received(response, outgoing))
            except httpx.TransportError as error:
                seconds = following.lost(miss_of(error))
            await self._sleep(seconds)

    async def _open(self, outgoing: Outgoing) -> httpx.Response:
        """Send a request and give its answer, of which only the head was read."""
        return await self._http.send(http_request(self.url, outgoing), stream=True)

    async def _run(self, call: Call[T]) -> Reply[T]:
        exchange = Exchange(self, call)
        while True:
            step = exchange.heard(await self._transmit(exchange.request()))
            if isinstance(step, Reply):
                return step
            await self._sleep(step.seconds)

    async def _transmit(self, outgoing: Outgoing) -> Received | Miss:
        # Closed between two attempts, as when the service is found at another address.
        if self._http.is_closed:
            return Miss.NOT_SENT
        try:
            async with aclosing(await self._open(outgoing)) as response:
                return await _received(response, outgoing)
        except httpx.TransportError as error:
            return miss_of(error)


async def _received(response: httpx.Response, outgoing: Outgoing) -> Received:
    """Read an answer to its end."""
    intake = Intake(outgoing.read_timeout)
    async for chunk in response.aiter_raw():
        intake.take(chunk)
    return Received(response.status_code, response.headers, intake.body)
