"""What the service tells of itself: that it works, and its figures."""

from __future__ import annotations

import asyncio
import re
import threading
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.wallet_api.service.caller import PIN, cny, done, read, refused
from tests.wallet_api.service.desk import AUTHORITY, open_desk
from tests.wallet_api.service.town import admin_of
from wallet_api.service import public
from wallet_api.service.requests import Requests

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.wallet_api.service.caller import Caller
    from tests.wallet_api.service.running import Running
    from wallet_api.identity.keys import Keys
    from wallet_api.store.sqlite import SqliteDatabase

#: One line of the text form: a name, labels perhaps, a number (exposition format 0.0.4).
LINE = re.compile(r'([a-z_]+)(\{(?:[a-z]+="[^"\\]*",?)+\})? (-?[0-9.]+)')


def figures(text: str) -> dict[str, float]:
    """Read figures by name and labels, after checking their form."""
    found: dict[str, float] = {}
    described: set[str] = set()
    assert text.endswith("\n")
    for line in text.splitlines():
        if line.startswith("# "):
            described.add(line.split(" ")[2])
            continue
        match = LINE.fullmatch(line)
        assert match is not None, line
        assert match[1] in described or re.sub("_(bucket|sum|count)$", "", match[1]) in described
        assert match[1] + (match[2] or "") not in found, "a figure stands there twice"
        found[match[1] + (match[2] or "")] = float(match[3])
    return found


def look(caller: Caller) -> dict[str, float]:
    response = caller.send(read(caller.authority, "/metrics"))
    assert response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    return figures(response.text)


def test_the_figures_move_with_what_happens(
    own_service: Callable[..., Running], open_caller: Callable[[Running], Caller]
) -> None:
    wallet = open_caller(own_service())
    wallet.open_wallet()
    before = look(wallet)
    assert before["wallet_journal_number"] == 0
    wallet.top_up(100)
    wallet.top_up(100)
    assert refused(wallet.post("/v1/top-ups", {"amount": cny(-1)})) == "amount_invalid"
    after = look(wallet)
    top_ups = 'wallet_requests_total{method="POST",path="/v1/top-ups",status="%s"}'
    assert after[top_ups % "2xx"] == 2
    assert after[top_ups % "4xx"] == 1
    assert after["wallet_journal_number"] == 2
    assert after["wallet_commands_total"] >= before["wallet_commands_total"] + 4
    assert after["wallet_batches_total"] <= after["wallet_commands_total"]
    assert after["wallet_nonces"] == before["wallet_nonces"] + 3
    assert after["wallet_queue_depth"] == 0
    assert after["wallet_business_clock_ahead_seconds"] == 0


def test_a_histogram_is_cumulative_and_complete() -> None:
    requests = Requests()
    for seconds in (0.0001, 0.001, 0.0011, 0.7, 1_000):
        requests.observe("GET", "/x", 200, seconds)
    found = figures("\n".join([*requests.lines(), ""]))
    name = 'wallet_request_seconds_bucket{method="GET",path="/x",le="%s"}'
    steps = [found[name % bound] for bound in ("0.001", "0.0025", "0.5", "1.0", "30.0", "+Inf")]
    assert steps == [2, 3, 3, 4, 4, 5]
    assert found['wallet_request_seconds_count{method="GET",path="/x"}'] == 5
    assert found['wallet_request_seconds_sum{method="GET",path="/x"}'] == pytest.approx(1000.7022)


def test_the_figures_name_nobody(wallet: Caller, till: Caller) -> None:
    card = done(wallet.get("/v1/wallet"))
    charge = till.charge(100, note="secret note")
    wallet.get(f"/v1/payments/{charge['id']}")
    wallet.get(f"/v1/nothing/{card['wallet']}")
    wallet.client.request("BREW", f"http://{wallet.authority}/v1/wallet")
    text = wallet.send(read(wallet.authority, "/metrics")).text
    for private in (card["wallet"], charge["id"], wallet.device.id, PIN, "note", "BREW", "127.0"):
        assert private not in text
    assert 'path="/v1/payments/{id}"' in text


def test_elsewhere_the_figures_are_for_the_admin(
    own_service: Callable[..., Running], open_caller: Callable[[Running], Caller]
) -> None:
    """Known under another name too, it cannot tell who is behind a go-between on this machine."""
    running = own_service("--authority", "bank.example", "--enrolment", "open")
    wallet = open_caller(running)
    wallet.open_wallet()
    admin = admin_of(running, wallet.client)
    for caller, told in ((wallet, "wrong_role"), (admin, "")):
        caller.authority = f"bank.example:{running.port}"
        unsigned = read(caller.authority, "/metrics")
        signed = unsigned.signed(caller.device)
        host = {"host": caller.authority}
        local = [
            httpx.Request("GET", f"http://127.0.0.1:{running.port}/metrics", headers=headers)
            for headers in (host, {**signed.headers, **host})
        ]
        assert refused(caller.client.send(local[0])) == "signature_invalid"
        answer = caller.client.send(local[1])
        assert (answer.is_success, "" if answer.is_success else refused(answer)) == (not told, told)


def test_a_lab_tells_how_far_its_clock_is_ahead(database: SqliteDatabase, keys: Keys) -> None:
    async def scene() -> None:
        async with open_desk(database, keys) as desk:
            await desk.advance(90)
            text = (await desk.client.send(read(AUTHORITY, "/metrics").request())).text
            assert figures(text)["wallet_business_clock_ahead_seconds"] == 90

    asyncio.run(scene())


def test_a_service_whose_writer_is_stuck_is_not_healthy(
    database: SqliteDatabase, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public, "WRITER_SECONDS", 0.1)

    async def scene() -> None:
        async with open_desk(database, keys) as desk:
            free = threading.Event()
            health = read(AUTHORITY, "/healthz").request()
            assert (await desk.client.send(health)).json() == {"status": "ok"}
            stuck = desk.service.engine.submit(lambda _tx, _now: free.wait(10))
            response = await desk.client.send(health)
            assert (response.status_code, refused(response)) == (503, "overloaded")
            free.set()
            await asyncio.wrap_future(stuck)
            assert (await desk.client.send(health)).is_success

    asyncio.run(scene())


def test_a_service_that_takes_no_commands_is_not_healthy(
    database: SqliteDatabase, keys: Keys
) -> None:
    async def scene() -> None:
        async with open_desk(database, keys, queue_limit=0) as desk:
            response = await desk.client.send(read(AUTHORITY, "/healthz").request())
            assert (response.status_code, refused(response)) == (503, "overloaded")

    asyncio.run(scene())
