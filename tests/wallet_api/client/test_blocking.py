"""Threads that call over one client on a loop: the same answers, and nobody is left waiting."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.client.scripted_server import answer, problem
from wallet_api.client.aio import AsyncClient
from wallet_api.client.blocking import BridgedClient
from wallet_api.contract.errors import NotFound
from wallet_api.contract.wire import Health

if TYPE_CHECKING:
    import socket

    from tests.wallet_api.client.scripted_server import ScriptedServer

OK = {"status": "ok"}


def test_calls_of_threads_give_what_the_client_on_the_loop_is_answered(
    server: ScriptedServer,
) -> None:
    async def scenario() -> None:
        server.play(answer(OK), problem(NotFound(what="payment")))
        async with AsyncClient(server.url) as client:
            bridged = BridgedClient(client, asyncio.get_running_loop())
            health = await asyncio.to_thread(bridged.get, "/healthz", answer=Health)
            assert health.value == Health()
            with pytest.raises(NotFound):
                await asyncio.to_thread(bridged.get, "/healthz", answer=Health)
            assert bridged.url == client.url

    asyncio.run(scenario())


def test_a_closed_client_lets_go_of_every_thread_that_waits(server: ScriptedServer) -> None:
    asked, over = threading.Event(), threading.Event()

    def silent(_connection: socket.socket) -> None:
        asked.set()
        over.wait(20)

    async def scenario() -> None:
        server.play(silent)
        async with AsyncClient(server.url) as client:
            bridged = BridgedClient(client, asyncio.get_running_loop())
            waiting = asyncio.create_task(asyncio.to_thread(bridged.get, "/healthz", answer=Health))
            await asyncio.to_thread(asked.wait, 20)
            bridged.close()
            with pytest.raises((CancelledError, asyncio.CancelledError)):
                await waiting
            with pytest.raises((CancelledError, asyncio.CancelledError)):
                await asyncio.to_thread(bridged.get, "/healthz", answer=Health)

    try:
        asyncio.run(scenario())
    finally:
        over.set()
