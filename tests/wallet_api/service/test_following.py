"""The clients follow events of a real service, through restarts, without loss or duplicate."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, closing
from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.service.caller import Caller, Device
from tests.wallet_api.service.running import PATIENCE
from wallet_api.client.aio import AsyncClient
from wallet_api.client.sync import Client
from wallet_api.contract.errors import DeviceUnknown, ServiceUnreachable, TooManyStreams
from wallet_api.service.streaming import STREAMS_OF_A_DEVICE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.wallet_api.service.running import Running
    from wallet_api.contract.error_base import WalletError
    from wallet_api.contract.events import Event


def client_of(caller: Caller) -> Client:
    return Client(f"http://{caller.authority}", caller.device.id, caller.device.key)


def ids(events: list[Event]) -> list[int]:
    return [event.id for event in events]


def test_what_is_kept_comes_and_ends(till: Caller) -> None:
    for _ in range(3):
        till.charge(100)
    with client_of(till) as client:
        assert ids(list(client.events(0, follow=False))) == [1, 2, 3]
        assert ids(list(client.events(2, follow=False))) == [3]
        assert list(client.events(None, follow=False)) == []
        [event] = client.events(2, follow=False)
        assert (event.kind, event.data["state"]) == ("charge.created", "created")
        reset = next(iter(client.events(9, follow=False)))
        assert (reset.kind, reset.id) == ("reset", 0)


@pytest.mark.parametrize("crash", [True, False])
def test_a_restart_loses_nothing_and_doubles_nothing(
    own_service: Callable[..., Running],
    open_caller: Callable[[Running], Caller],
    *,
    crash: bool,
) -> None:
    running = own_service()
    till = open_caller(running)
    till.open_merchant()
    told: list[WalletError | None] = []
    with client_of(till) as client, closing(client.events(0, notice=told.append)) as events:
        for restart in range(2):
            made = [till.charge(100)["id"] for _ in range(2)]
            assert [_next(events).data["charge"] for _ in made] == made
            till.charge(100)
            if crash:
                running.kill()
            else:
                assert running.stop() == 0
            running = own_service("--port", str(running.port))
            assert _next(events).id == 4 * restart + 3
            till.charge(100)  # It can only come over a new connection.
            assert _next(events).id == 4 * restart + 4
    assert [error is None for error in told] == [False, True] * 2
    assert {error.code for error in told if error is not None} == {ServiceUnreachable.code}


def _next(events: Iterator[Event]) -> Event:
    """Give the next event; how things stand when the service stops is none."""
    return next(event for event in events if event.kind != "state")


def test_many_tasks_follow_at_once(
    own_service: Callable[..., Running], open_caller: Callable[[Running], Caller]
) -> None:
    running = own_service()
    till = open_caller(running)
    till.open_merchant()

    async def follow(count: int) -> list[int]:
        url, device = f"http://{till.authority}", till.device
        async with (
            AsyncClient(url, device.id, device.key) as client,
            aclosing(client.events(0)) as events,
        ):
            return [(await anext(events)).id for _ in range(count)]

    async def main() -> None:
        async with asyncio.timeout(PATIENCE):
            following = [asyncio.create_task(follow(10)) for _ in range(STREAMS_OF_A_DEVICE)]
            for number in range(10):
                await asyncio.to_thread(till.charge, 100)
                if number == 5:
                    running.kill()
                    await asyncio.to_thread(own_service, "--port", str(running.port))
            for task in following:
                assert await task == list(range(1, 11))

    asyncio.run(main())


def test_who_is_refused_hears_why(till: Caller) -> None:
    stranger = Device()
    url = f"http://{till.authority}"
    with Client(url, stranger.id, stranger.key) as client, pytest.raises(DeviceUnknown):
        next(client.events())
    till.charge(100)
    with client_of(till) as client:
        streams = [client.events(0) for _ in range(STREAMS_OF_A_DEVICE)]
        assert [next(stream).id for stream in streams] == [1] * STREAMS_OF_A_DEVICE
        with pytest.raises(TooManyStreams):
            next(client.events(0))
        for stream in streams:
            stream.close()


def test_a_service_that_is_away_is_not_waited_for_by_who_only_looks() -> None:
    device = Device()
    url = "http://127.0.0.1:1"
    with Client(url, device.id, device.key) as client, pytest.raises(ServiceUnreachable):
        list(client.events(0, follow=False))
