"""Results cross from threads to the loop: every one, in one wake-up, also for who has left."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from wallet_api.contract.errors import InsufficientFunds
from wallet_api.service.bridge import Bridge

if TYPE_CHECKING:
    from collections.abc import Callable


def test_every_result_of_many_threads_arrives() -> None:
    async def run() -> list[int]:
        bridge = Bridge()
        with ThreadPoolExecutor(4) as pool:
            return await asyncio.gather(
                *(bridge.result(pool.submit(pow, number, 2)) for number in range(2_000))
            )

    assert asyncio.run(run()) == [number**2 for number in range(2_000)]


def test_what_another_thread_raises_is_raised() -> None:
    def refuse() -> None:
        raise InsufficientFunds

    async def run() -> None:
        with ThreadPoolExecutor(1) as pool:
            await Bridge().result(pool.submit(refuse))

    with pytest.raises(InsufficientFunds):
        asyncio.run(run())


def test_a_batch_of_answers_wakes_the_loop_once(monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[Callable[[], object]] = []

    async def run() -> list[int]:
        loop = asyncio.get_running_loop()
        wake = loop.call_soon_threadsafe

        def counted(callback: Callable[[], object]) -> asyncio.Handle:
            woken.append(callback)
            return wake(callback)

        monkeypatch.setattr(loop, "call_soon_threadsafe", counted)
        bridge = Bridge()
        sources: list[Future[int]] = [Future() for _ in range(64)]
        waiting = asyncio.gather(*(bridge.result(source) for source in sources))
        await asyncio.sleep(0)
        for number, source in enumerate(sources):
            source.set_result(number)
        return await waiting

    assert asyncio.run(run()) == list(range(64))
    assert len(woken) == 1


def test_who_has_left_holds_nobody_up() -> None:
    async def run() -> int:
        bridge = Bridge()
        sources: list[Future[int]] = [Future(), Future()]
        left, stays = (asyncio.create_task(bridge.result(source)) for source in sources)
        await asyncio.sleep(0)
        left.cancel()
        await asyncio.sleep(0)
        for source in sources:
            source.set_result(7)
        return await stays

    assert asyncio.run(run()) == 7


def test_a_result_after_the_loop_has_ended_disturbs_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bridge, source = Bridge(), Future[int]()

    async def run() -> None:
        waiting = asyncio.create_task(bridge.result(source))
        await asyncio.sleep(0)
        waiting.cancel()

    asyncio.run(run())
    source.set_result(7)
    assert caplog.text == ""
