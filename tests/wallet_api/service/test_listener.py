"""A small answer leaves at once: no algorithm of TCP holds any part of it back."""

from __future__ import annotations

import asyncio
import socket

import pytest

from wallet_api.service.server import Settings, _bind


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_an_accepted_connection_does_not_wait_for_acknowledgements(host: str) -> None:
    """asyncio turns Nagle's algorithm off only where the listening socket names TCP."""

    async def accepted() -> int:
        loop = asyncio.get_running_loop()
        option: asyncio.Future[int] = loop.create_future()

        class Taker(asyncio.Protocol):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                taken = transport.get_extra_info("socket")
                option.set_result(taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

        listener = _bind(Settings(host, 0, open_enrolment=True))
        server = await loop.create_server(Taker, sock=listener)
        _, writer = await asyncio.open_connection(*listener.getsockname()[:2])
        found = await option
        writer.close()
        await writer.wait_closed()
        server.close()
        return found

    assert asyncio.run(accepted()) == 1
