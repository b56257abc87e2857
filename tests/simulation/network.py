"""A lossy network between programs and the service."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from random import Random

    from tests.simulation.actors import Actor
    from tests.simulation.core import Core

    Answer = tuple[int, list[tuple[bytes, bytes]], bytes]


@dataclass
class Weather:
    """How often what goes wrong, as a probability for each message; seconds of delay."""

    refused: float = 0.0
    request_lost: float = 0.0
    answer_lost: float = 0.0
    doubled: float = 0.0
    late: float = 0.0
    latest: float = 0.0


CALM = Weather()
#: Seconds that a request may be stuck on the way to a service that its sender is cut off from.
LONGEST_STUCK = 70.0


#: Says what happens to a request by its method and target: one of the weather's, or nothing.
Script = Callable[[str, str], str | None]


class Network:
    """Carries requests to the service, as the weather is; ``cut`` is who is partitioned.

    ``script`` decides before chance does.
    """

    def __init__(self, core: Core, random: Random, trace: Callable[[str], None]) -> None:
        self._core, self._random, self._trace = core, random, trace
        self.weather = CALM
        self.script: Script = lambda _method, _target: None
        self.cut: set[Actor] = set()
        self._travelling: set[asyncio.Task[Any]] = set()

    def transport(self, actor: Actor, name: str) -> httpx.BaseTransport:
        """Give the network as one actor's HTTP client sees it."""
        network = self

        class Transport(httpx.BaseTransport):
            def handle_request(self, request: httpx.Request) -> httpx.Response:
                actor.step()
                try:
                    return actor.hold(network.carry(actor, name, request))
                finally:
                    actor.step()

        return Transport()

    async def carry(self, actor: Actor, name: str, request: httpx.Request) -> httpx.Response:
        """Bring a request to the service and its answer back, or lose either."""
        target: bytes = request.extensions["target"]
        limit: float = request.extensions["timeout"]["read"]
        label = f"{name}: {request.method} {target.decode()[:60]}"
        fate = self.script(request.method, target.decode())
        stuck = actor in self.cut and self._random.random() < 0.5
        if (
            self._core.service is None
            or self._happens("refused", fate)
            or (actor in self.cut and not stuck)
        ):
            self._trace(f"{label} refused")
            raise httpx.ConnectError("refused")
        if self._happens("request_lost", fate):
            self._trace(f"{label} request lost")
            return await self._nothing(limit)
        longest = LONGEST_STUCK if stuck or fate == "stuck" else 0.0
        travel = self._send(request, target, label, longest)
        if self._happens("doubled", fate):
            self._trace(f"{label} doubled")
            self._send(request, target, f"{label} (copy)")
        lost = self._happens("answer_lost", fate)
        try:
            async with asyncio.timeout(limit):
                answer = await asyncio.shield(travel)
        except TimeoutError:
            self._trace(f"{label} timed out")
            raise httpx.ReadTimeout("late") from None
        if answer is None or lost or actor in self.cut:
            self._trace(f"{label} answer lost ({answer[0] if answer else 'crash'})")
            return await self._nothing(limit)
        self._trace(f"{label} -> {answer[0]}")
        status, headers, body = answer
        return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))

    def _send(
        self, request: httpx.Request, target: bytes, label: str, stuck: float = 0.0
    ) -> asyncio.Task[Answer | None]:
        """Let a request travel; it arrives whether or not somebody still waits for the answer."""
        delay = self._random.random() * 0.05
        if stuck or self._happens("late"):
            delay = self._random.random() * (stuck or self.weather.latest)

        async def travel() -> Answer | None:
            await asyncio.sleep(delay)
            answer = await self._core.answer(
                request.method, target, list(request.headers.raw), request.read()
            )
            if delay > 1:
                self._trace(f"{label} arrived after {delay:.1f} s: {answer[0] if answer else '-'}")
            return answer

        task = asyncio.ensure_future(travel())
        self._travelling.add(task)
        task.add_done_callback(self._travelling.discard)
        return task

    async def _nothing(self, limit: float) -> httpx.Response:
        """Have no answer: the connection breaks, or stays silent until the caller gives up."""
        if self._random.random() < 0.5:
            raise httpx.ReadError("broken")
        await asyncio.sleep(limit)
        raise httpx.ReadTimeout("silence")

    def _happens(self, what: str, fate: str | None = None) -> bool:
        if fate is not None:
            return what == fate
        chance: float = getattr(self.weather, what)
        return chance > 0 and self._random.random() < chance

    async def settle(self) -> None:
        """Wait until nothing is on its way any more."""
        await asyncio.gather(*self._travelling, return_exceptions=True)
