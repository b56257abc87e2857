"""What only the asynchronous client can do: many calls at once, and calls that are cancelled."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import TYPE_CHECKING, Any

import pytest

from tests.wallet_api.client.conftest import DEVICE, KEY
from tests.wallet_api.client.scripted_server import answer
from wallet_api.client.aio import AsyncClient
from wallet_api.contract.ids import new_id

if TYPE_CHECKING:
    import socket

    from tests.wallet_api.client.scripted_server import ScriptedServer

Card = dict[str, Any]


def test_calls_at_once_get_each_their_own_answer(server: ScriptedServer) -> None:
    def echo(connection: socket.socket) -> None:
        answer({"n": json.loads(server.seen[-1].body)["n"]})(connection)

    async def call(client: AsyncClient, number: int) -> Card:
        reply = await client.send("POST", "/v1/x", body={"n": number}, key=new_id(), answer=Card)
        return reply.value

    async def run() -> list[Card]:
        async with AsyncClient(server.url, DEVICE, KEY) as client:
            return await asyncio.gather(*(call(client, number) for number in range(10)))

    server.play(*[echo] * 10)
    assert asyncio.run(run()) == [{"n": number} for number in range(10)]


def test_a_cancelled_call_lets_go_of_its_connection(server: ScriptedServer) -> None:
    asked, left = threading.Event(), threading.Event()

    def wait_for_the_end(connection: socket.socket) -> None:
        asked.set()
        if connection.recv(1) == b"":
            left.set()

    async def run() -> None:
        async with AsyncClient(server.url, DEVICE, KEY) as client:
            call = asyncio.create_task(client.get("/v1/wallet", answer=Card))
            await asyncio.to_thread(asked.wait, 10)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            assert await asyncio.to_thread(left.wait, 10)

    server.play(wait_for_the_end)
    asyncio.run(run())
