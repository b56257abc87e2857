"""One connection: slow, large, crowded and confused requests are refused and harm nobody."""

from __future__ import annotations

import asyncio
import json
import re
import socket
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import TYPE_CHECKING

import pytest
import uvicorn
from uvicorn.server import ServerState

from tests.wallet_api.service.caller import cny, read, refused, write
from tests.wallet_api.service.desk import AUTHORITY, open_desk
from tests.wallet_api.service.running import PATIENCE
from wallet_api.contract.rules import LARGEST_HEAD
from wallet_api.service import connection
from wallet_api.service.app import create_app

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from tests.wallet_api.service.caller import Caller
    from tests.wallet_api.service.running import Running
    from wallet_api.identity.keys import Keys
    from wallet_api.store.sqlite import SqliteDatabase


def raw(service: Running, *parts: bytes) -> bytes:
    """Send bytes and give all that comes back until the service closes the connection."""
    with socket.create_connection(("127.0.0.1", service.port), PATIENCE) as peer:
        for part in parts:
            peer.sendall(part)
        answer = b""
        while more := peer.recv(65_536):
            answer += more
    return answer


def head(service: Running, first: str = "GET /healthz HTTP/1.1", *fields: str) -> bytes:
    lines = (first, f"Host: {service.authority}", "Connection: close", *fields, "", "")
    return "\r\n".join(lines).encode("latin-1")


def code_of(answer: bytes) -> tuple[int, str]:
    """Give the status and the code of a problem document after checking its form."""
    top, _, body = answer.partition(b"\r\n\r\n")
    status = int(top.split(b" ", 2)[1])
    assert b"content-type: application/problem+json" in top.lower()
    assert b"wallet-time: " in top.lower()
    problem = json.loads(body)
    assert problem["status"] == status
    assert problem["money_moved"] is False
    return status, str(problem["code"])


@pytest.mark.parametrize(
    ("first", "status", "code"),
    [
        ("GET http://127.0.0.1/healthz HTTP/1.1", 400, "bad_request"),
        ("GET https://evil.example/healthz HTTP/1.1", 400, "bad_request"),
        ("CONNECT evil.example:443 HTTP/1.1", 400, "bad_request"),
        ("OPTIONS * HTTP/1.1", 400, "bad_request"),
        ("GET /héalthz HTTP/1.1", 400, "bad_request"),
        ("GET healthz HTTP/1.1", 400, "bad_request"),
        ("GET /healthz HTTP/2.0", 400, "bad_request"),
        ("GET //healthz HTTP/1.1", 404, "not_found"),
        ("GET /./healthz HTTP/1.1", 404, "not_found"),
        ("GET /v1/../healthz HTTP/1.1", 404, "not_found"),
        ("GET /v1%2Fservice HTTP/1.1", 404, "not_found"),
        ("GET /%68ealthz HTTP/1.1", 404, "not_found"),
        ("GET /healthz/ HTTP/1.1", 404, "not_found"),
        ("GET /healthz;a=b HTTP/1.1", 404, "not_found"),
        ("GET /healthz?a=b HTTP/1.1", 400, "bad_request"),
        ("GET /healthz?%FF=%C3%28 HTTP/1.1", 400, "bad_request"),
    ],
)
def test_a_target_has_one_spelling(service: Running, first: str, status: int, code: str) -> None:
    assert code_of(raw(service, head(service, first))) == (status, code)


@pytest.mark.parametrize("name", ["Host", "Idempotency-Key", "Content-Digest", "Signature"])
def test_a_field_that_comes_twice(service: Running, wallet: Caller, name: str) -> None:
    """Two readers might take another one each."""
    call = write(wallet.authority, "/v1/top-ups", {"amount": cny(1)}).signed(wallet.device)
    given = {"Host": service.authority, **call.headers}[name]
    fields = [f"{key}: {value}" for key, value in call.headers.items()]
    fields += [f"{name}: {given}", f"Content-Length: {len(call.body)}"]
    answer = raw(service, head(service, "POST /v1/top-ups HTTP/1.1", *fields) + call.body)
    assert code_of(answer) == (400, "bad_request")
    assert wallet.send(call).is_success  # It never counted.


def test_a_parameter_that_comes_twice(wallet: Caller) -> None:
    assert refused(wallet.get("/v1/history?limit=1&limit=2")) == "bad_request"
    assert refused(wallet.get("/v1/history?limits=1")) == "bad_request"
    assert wallet.get("/v1/history?limit=1").is_success


@pytest.mark.parametrize("size", [LARGEST_HEAD + 100, 300_000])
@pytest.mark.parametrize("where", ["target", "value", "name", "fields"])
def test_a_head_that_is_too_large(service: Running, size: int, where: str) -> None:
    filler = "x" * size
    fields = {
        "value": (f"X-Filler: {filler}",),
        "name": (f"{filler}: 1",),
        "fields": tuple(f"X-{number}: {'x' * 90}" for number in range(size // 90)),
    }.get(where, ())
    first = f"GET /healthz?{filler} HTTP/1.1" if where == "target" else "GET /healthz HTTP/1.1"
    try:
        answer = raw(service, head(service, first, *fields))
    except (ConnectionResetError, BrokenPipeError):
        return  # It hung up before all of it was sent.
    assert code_of(answer) == (431, "head_too_large")


def test_a_head_without_an_end_is_not_collected(service: Running) -> None:
    with socket.create_connection(("127.0.0.1", service.port), PATIENCE) as peer:
        peer.sendall(b"GET /healthz HTTP/1.1\r\nX: ")
        filler = b"x" * 65_536
        sent = 0
        with suppress(OSError):
            while sent < 100_000_000:
                peer.sendall(filler)
                sent += len(filler)
    assert sent < 20_000_000


def test_a_large_head_that_is_allowed(service: Running) -> None:
    field = "X-Filler: " + "x" * (LARGEST_HEAD - 200)
    assert raw(service, head(service, "GET /healthz HTTP/1.1", field)).startswith(b"HTTP/1.1 200")


def test_requests_in_one_breath_are_answered_in_order(service: Running, wallet: Caller) -> None:
    """Pipelining (RFC 9112 section 9.3.2)."""
    calls = [read(wallet.authority, target) for target in ("/healthz", "/v1/service", "/nothing")]
    sent = b"".join(
        f"GET {call.target} HTTP/1.1\r\nHost: {service.authority}\r\n\r\n".encode()
        for call in calls
    )
    answer = raw(service, sent + head(service))
    order = re.findall(rb"HTTP/1.1 (\d+) ", answer)
    assert order == [b"200", b"200", b"404", b"200"]


def test_nonsense_behind_a_request_does_not_answer_it(service: Running, till: Caller) -> None:
    """While a request is being answered, the next bytes belong to its answer alone."""
    charge = till.charge(100)
    call = read(till.authority, f"/v1/charges/{charge['id']}?wait=25").signed(till.device)
    fields = [f"{name}: {value}" for name, value in call.headers.items()]
    request = head(service, f"GET {call.target} HTTP/1.1", *fields)
    assert raw(service, request.replace(b"Connection: close\r\n", b""), b"\x00\x01\x02") == b""


def test_http_1_0_is_answered_once(service: Running) -> None:
    answer = raw(service, head(service, "GET /healthz HTTP/1.0"))
    assert answer.startswith(b"HTTP/1.1 200")


def test_an_upgrade_is_not_taken(service: Running) -> None:
    fields = ("Upgrade: websocket", "Sec-WebSocket-Key: x", "Sec-WebSocket-Version: 13")
    request = head(service, "GET /healthz HTTP/1.1", *fields)
    answer = raw(service, request.replace(b"close", b"Upgrade"))
    assert code_of(answer) == (400, "bad_request")


@asynccontextmanager
async def listening(database: SqliteDatabase, keys: Keys) -> AsyncIterator[int]:
    """Let a service of this process, where limits can be made small, listen on a port."""
    async with open_desk(database, keys) as desk:
        kind = connection.connections_of(desk.service)
        config = uvicorn.Config(create_app(desk.service), log_config=None)
        state = ServerState()
        server = await asyncio.get_running_loop().create_server(
            lambda: kind(config=config, server_state=state, app_state={}), "127.0.0.1", 0
        )
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
            for each in list(state.connections):
                each.transport.abort()
            await asyncio.sleep(0.01)


@pytest.fixture
def play(database: SqliteDatabase, keys: Keys) -> Callable[..., None]:
    """Run a scene with the port that a service listens on."""

    def run(scene: Callable[[int], Awaitable[None]]) -> None:
        async def main() -> None:
            async with listening(database, keys) as port:
                await scene(port)

        asyncio.run(main())

    return run


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "LONGEST_REQUEST", 0.2)


HEALTH = f"GET /healthz HTTP/1.1\r\nHost: {AUTHORITY}\r\n\r\n".encode()
BODY = (
    f"POST /v1/challenge HTTP/1.1\r\nHost: {AUTHORITY}\r\nContent-Type: application/json\r\n"
).encode()


@asynccontextmanager
async def connect(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield reader, writer
    finally:
        writer.transport.abort()
        with suppress(OSError):
            await writer.wait_closed()


async def ask(port: int, request: bytes = b"") -> bytes:
    """Send bytes, and give what comes until the service hangs up."""
    async with connect(port) as (reader, writer):
        writer.write(request)
        return await reader.read()


async def trickle(port: int, start: bytes, drop: bytes) -> bytes:
    """Send a start, then a drop again and again, and give what comes until it hangs up."""

    async def drip(writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(drop)
            await asyncio.sleep(0.02)

    async with connect(port) as (reader, writer):
        writer.write(start)
        dripping = asyncio.create_task(drip(writer))
        try:
            return await reader.read()
        finally:
            dripping.cancel()


async def is_well(port: int) -> bool:
    """Say whether the service answers others."""
    return (await ask(port, HEALTH.replace(b"1.1", b"1.0"))).startswith(b"HTTP/1.1 200")


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("start", "drop", "answered"),
    [
        (b"GET /", b"x", True),
        (b"GET /healthz HTTP/1.1\r\nX: ", b"x", True),
        (BODY + b"Content-Length: 1000\r\n\r\n", b" ", True),
        (BODY + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", True),
        (BODY + b"Transfer-Encoding: chunked\r\n\r\n1;", b"x", True),
        (b"", b"\r\n", False),
    ],
    ids=["target", "field", "body", "chunks", "extension", "blank lines"],
)
def test_a_request_that_trickles_is_cut(
    play: Callable[..., None], start: bytes, drop: bytes, answered: bool
) -> None:
    async def scene(port: int) -> None:
        answer = await trickle(port, start, drop)
        if answered:
            assert code_of(answer) == (408, "request_timeout")
        else:
            assert answer == b""
        assert await is_well(port)

    play(scene)


@pytest.mark.usefixtures("impatient")
def test_what_trickles_behind_an_answer_is_cut(play: Callable[..., None]) -> None:
    """The answer came before the body; the rest is neither read for ever nor answered twice."""

    async def scene(port: int) -> None:
        early = HEALTH.replace(b"\r\n\r\n", b"\r\nContent-Length: 1000\r\n\r\n")
        answer = await trickle(port, early, b"x")
        assert answer.startswith(b"HTTP/1.1 200")
        assert answer.count(b"HTTP/1.1") == 1

    play(scene)


@pytest.mark.usefixtures("impatient")
def test_who_connects_and_says_nothing_is_let_go(play: Callable[..., None]) -> None:
    async def scene(port: int) -> None:
        assert await ask(port) == b""

    play(scene)


@pytest.mark.usefixtures("impatient")
def test_a_request_in_time_is_not_cut_while_it_is_answered(play: Callable[..., None]) -> None:
    """Only what the client sends is timed: a long poll may take longer."""

    async def scene(port: int) -> None:
        async with connect(port) as (reader, writer):
            for _ in range(3):
                writer.write(HEALTH)
                assert (await reader.readuntil(b"}")).startswith(b"HTTP/1.1 200")
                await asyncio.sleep(0.25)

    play(scene)


def test_a_reader_that_does_not_read_is_let_go(
    play: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "LONGEST_STALL", 0.2)

    async def scene(port: int) -> None:
        async with connect(port) as (reader, writer):
            reader._transport.pause_reading()  # type: ignore[attr-defined]
            writer.write(HEALTH.replace(b"/healthz", b"/openapi.json") * 100)
            lost = await asyncio.wait_for(_lost(writer, HEALTH), PATIENCE)
            assert lost
        assert await is_well(port)

    play(scene)


async def _lost(writer: asyncio.StreamWriter, drop: bytes) -> bool:
    """Write until the other side has hung up."""
    try:
        while True:
            writer.write(drop)
            await writer.drain()
            await asyncio.sleep(0.02)
    except ConnectionError:
        return True


def test_one_connection_too_many_is_told_to_come_again(
    play: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "LARGEST_CONCURRENCY", 2)
    monkeypatch.setattr(connection, "MOST_CONNECTIONS", 4)

    async def scene(port: int) -> None:
        async with AsyncExitStack() as stack:
            for _ in range(2):
                await stack.enter_async_context(connect(port))
            answer = await ask(port, HEALTH)
            assert code_of(answer) == (503, "overloaded")
            assert b"retry-after: 1\r\n" in answer.lower()
            for _ in range(2):
                await stack.enter_async_context(connect(port))
            with suppress(ConnectionResetError):
                assert await ask(port) == b""
        await asyncio.sleep(0.01)
        assert await is_well(port)

    play(scene)
