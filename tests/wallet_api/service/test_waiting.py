"""Waiting for a charge: the answer comes at a change, at its expiry, or when the time is over."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.wallet_api.service.caller import read, refused, write
from tests.wallet_api.service.desk import AUTHORITY, LONG, Desk, WatchedService, open_desk
from wallet_api.events.outbox import OUTBOX
from wallet_api.store.database import AGENDA

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from wallet_api.identity.keys import Keys
    from wallet_api.store.sqlite import SqliteDatabase


@pytest.fixture
def play(database: SqliteDatabase, keys: Keys) -> Callable[..., None]:
    """Run a scene at a till."""

    def run(scene: Callable[[Desk], Awaitable[None]]) -> None:
        async def main() -> None:
            async with open_desk(database, keys) as desk:
                await desk.open_merchant()
                await scene(desk)

        asyncio.run(main())

    return run


def test_a_change_ends_the_wait(play: Callable[..., None]) -> None:
    async def scene(desk: Desk) -> None:
        charge = await desk.charge()
        waiting = await desk.waiting(charge)
        await desk.close(charge)
        assert (await waiting)["state"] == "closed"

    play(scene)


def test_a_till_that_is_shut_out_waits_no_longer(play: Callable[..., None]) -> None:
    async def scene(desk: Desk) -> None:
        charge = await desk.charge()
        call = read(AUTHORITY, f"/v1/charges/{charge}?wait={LONG}")
        began = desk.service.waiters.began  # type: ignore[attr-defined]
        began.clear()
        waiting = asyncio.create_task(desk.send(call))
        await began.wait()
        revoke = write(AUTHORITY, f"/v1/tills/{desk.device.id}/revoke", {"itself": True})
        assert (await desk.send(revoke)).json()["state"] == "revoked"
        assert refused(await waiting) == "device_unknown"

    play(scene)


def test_everybody_who_waits_is_told(play: Callable[..., None]) -> None:
    async def scene(desk: Desk) -> None:
        charge = await desk.charge()
        waits = [await desk.waiting(charge) for _ in range(5)]
        await desk.close(charge)
        assert [answer["state"] for answer in await asyncio.gather(*waits)] == ["closed"] * 5
        assert set(desk.service.waiters._events) == {AGENDA, OUTBOX}  # Nobody else waits.

    play(scene)


def test_a_change_while_the_charge_is_read_is_not_missed(play: Callable[..., None]) -> None:
    """The read saw the charge open; by the time its answer is here, it is closed."""

    async def scene(desk: Desk) -> None:
        charge = await desk.charge()

        async def close() -> None:
            await desk.close(charge)
            await asyncio.sleep(0)

        WatchedService.after_read = staticmethod(close)
        assert (await desk.wait(charge, LONG))["state"] == "closed"

    play(scene)


def test_another_charge_does_not_end_the_wait(play: Callable[..., None]) -> None:
    async def scene(desk: Desk) -> None:
        charge, other = await desk.charge(), await desk.charge()
        waiting = await desk.waiting(charge)
        await desk.close(other)
        assert not waiting.done()
        await desk.close(charge)
        await waiting

    play(scene)


def test_a_wait_ends_when_its_time_is_over(play: Callable[..., None]) -> None:
    async def scene(desk: Desk) -> None:
        charge = await desk.charge()
        assert (await desk.wait(charge, 1))["state"] == "created"
        assert set(desk.service.waiters._events) == {AGENDA, OUTBOX}  # Nobody else waits.

    play(scene)


def test_expiry_ends_the_wait(play: Callable[..., None]) -> None:
    async def scene(desk: Desk) -> None:
        answer = await desk.wait(await desk.charge(expires_in=1), LONG)
        assert (answer["state"], answer["reason"]) == ("closed", "expired")

    play(scene)


def test_moved_business_time_ends_the_wait(play: Callable[..., None]) -> None:
    async def scene(desk: Desk) -> None:
        waiting = await desk.waiting(await desk.charge(expires_in=3_600))
        await desk.advance(3_599)
        await asyncio.sleep(0)
        assert not waiting.done()
        await desk.advance(1)
        assert (await waiting)["state"] == "closed"

    play(scene)


def test_a_service_that_stops_answers_with_the_current_state(play: Callable[..., None]) -> None:
    async def scene(desk: Desk) -> None:
        charge = await desk.charge()
        waiting = await desk.waiting(charge)
        desk.service.waiters.stop()
        assert (await waiting)["state"] == "created"
        assert (await desk.wait(charge, LONG))["state"] == "created"

    play(scene)


def test_what_is_done_is_not_waited_for(play: Callable[..., None]) -> None:
    async def scene(desk: Desk) -> None:
        charge = await desk.charge()
        await desk.close(charge)
        assert (await desk.wait(charge, LONG))["state"] == "closed"

    play(scene)


@pytest.mark.parametrize("wait", ["-1", "1.5", "x", "9999", "", "１"])
def test_a_wait_that_is_no_number(play: Callable[..., None], wait: str) -> None:
    async def scene(desk: Desk) -> None:
        call = read(AUTHORITY, f"/v1/charges/{await desk.charge()}")
        query = httpx.QueryParams(wait=wait)
        call = read(AUTHORITY, f"{call.target}?{query}")
        assert refused(await desk.send(call)) == "bad_request"

    play(scene)
