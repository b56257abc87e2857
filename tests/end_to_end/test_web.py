"""`--web`: who may open the page that can pay, and how it starts and ends."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession, WSMsgType, WSServerHandshakeError

from terminal_kit.fronts import Wish
from terminal_kit.session import Chosen
from terminal_kit.web.serving import serve
from tests.end_to_end.programs import LIMIT_SECONDS, one_object
from wallet_api.contract.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end_to_end.programs import Programs, Running


@contextmanager
def served(programs: Programs, *words: str) -> Iterator[tuple[Running, str]]:
    """Start a program's page and give its address; end it by SIGTERM unless it has ended."""
    running = programs.start(*(words or ("wallet",)), "--web", "--json")
    assert running.process.stdout is not None
    ready = one_object(running.process.stdout.readline().decode())
    assert ready["event"] == "ready"
    yield running, ready["url"]
    if running.process.poll() is None:
        running.process.terminate()
        assert running.finish().out == ""


def ask(url: str, path: str | None = None, **headers: str) -> tuple[int, str, dict[str, str]]:
    """Ask for a path of the page's server; headers win over the usual ones."""
    address = urlsplit(url)
    connection = HTTPConnection(address.netloc, timeout=LIMIT_SECONDS)
    connection.request("GET", address.path if path is None else path, headers=headers)
    answer = connection.getresponse()
    told = answer.status, answer.read().decode(), dict(answer.headers)
    connection.close()
    return told


async def stream(url: str, **headers: str) -> bytes:
    """Open the terminal's web socket and read what comes first."""
    async with (
        ClientSession() as session,
        session.ws_connect(f"{url.replace('http', 'ws', 1)}ws", headers=headers) as socket,
    ):
        message = await socket.receive(LIMIT_SECONDS)
        assert message.type is WSMsgType.BINARY
        return bytes(message.data)


def test_the_page_is_there_for_who_knows_its_address(shop: Programs) -> None:
    with served(shop) as (running, url):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{43}/", url)
        assert url in running.said()
        status, text, headers = ask(url)
        assert status == 200
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert (headers["Referrer-Policy"], headers["Cache-Control"]) == ("no-referrer", "no-store")
        # Nothing is fetched from anywhere else.
        addresses = re.findall(r'(?:src|href|url)\s*[=(]\s*"([^"]+)"', text)
        assert addresses[-1] == f"{url.replace('http', 'ws', 1)}ws"
        assert len(addresses) == 6
        assert all(one.startswith(("static/", "page.js", "data:,")) for one in addresses[:-1])
        assert ask(url, Host=urlsplit(url).netloc.replace("127.0.0.1", "localhost"))[0] == 200


def test_everybody_else_is_refused(shop: Programs) -> None:
    with served(shop) as (_running, url):
        address = urlsplit(url)
        origin = f"http://{address.netloc}"
        evil = f"http://evil.example:{address.port}"
        assert ask(url, Host=f"evil.example:{address.port}")[0] == 421
        assert ask(url, Host="127.0.0.1")[0] == 421
        assert ask(url, Origin=evil)[0] == 403
        assert ask(url, Origin="null")[0] == 403
        for path in ("/", "/ws", "/static/js/textual.js", f"{address.path[:-2]}/", "/%C3%A9/"):
            assert ask(url, path)[0] in {403, 404}
        for headers in ({}, {"Origin": evil}, {"Origin": origin, "Host": "evil.example"}):
            with pytest.raises(WSServerHandshakeError, match=r"403|421"):
                asyncio.run(stream(url, **headers))
        wrong = url.replace(address.path, f"/{'A' * 43}/")
        with pytest.raises(WSServerHandshakeError, match="404"):
            asyncio.run(stream(wrong, Origin=origin))
        assert b"\x1b[" in asyncio.run(stream(url, Origin=origin))


def test_the_page_speaks_the_chosen_language(shop: Programs) -> None:
    with served(shop, "pos", "--lang", "zh") as (_running, url):
        assert '<html lang="zh-CN">' in ask(url)[1]


def test_it_ends_at_ctrl_c_with_its_programs(shop: Programs) -> None:
    with served(shop) as (running, url):

        async def interrupted() -> None:
            origin = {"Origin": f"http://{urlsplit(url).netloc}"}
            async with (
                ClientSession() as session,
                session.ws_connect(f"{url.replace('http', 'ws', 1)}ws", headers=origin) as socket,
            ):
                await socket.receive(LIMIT_SECONDS)
                running.process.send_signal(signal.SIGINT)
                async for _message in socket:
                    pass

        asyncio.run(interrupted())
        assert '"code":"interrupted"' in running.finish(130).out


def test_a_port_that_is_taken_is_said(shop: Programs) -> None:
    with served(shop) as (_running, url):
        done = shop.run("pos", "--web", "--port", str(urlsplit(url).port), exit_code=2)
        assert "Address already in use" in done.err


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("textual_serve", "textual_serve.server"):
        monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, "terminal_kit.web.page", raising=False)
    with pytest.raises(Usage, match=r"terminal-wallet\[web\]"):
        serve(Chosen("wallet", "default"), "wallet_cli", Wish(web=True))
