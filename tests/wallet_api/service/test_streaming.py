"""Streams of events over real connections: order, resuming, heartbeats, and every way to end."""

from __future__ import annotations

import json
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.wallet_api.service.caller import Caller, done, payment_of, read, refused
from tests.wallet_api.service.live import Live, live_service
from tests.wallet_api.service.running import PATIENCE
from wallet_api.events.publish import publish
from wallet_api.identity.devices import shut_out
from wallet_api.identity.records import DEVICES
from wallet_api.service import connection, streaming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.wallet_api.service.running import Running
    from wallet_api.identity.keys import Keys
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction
    from wallet_api.store.sqlite import SqliteDatabase

PAYERS = 32
SEEN = "charge.seen"


class Stream:
    """A stream that is open, read block by block."""

    def __init__(self, response: httpx.Response) -> None:
        self._lines = response.iter_lines()

    def block(self) -> dict[str, str]:
        """Give the fields of the next block; a heartbeat has the empty one."""
        fields: dict[str, str] = {}
        for line in self._lines:
            if not line:
                return fields
            name, _, value = line.partition(":")
            fields[name] = value.strip()
        raise EOFError

    def event(self) -> dict[str, Any]:
        """Give the next event; its fields and its data say the same."""
        while "event" not in (fields := self.block()):
            continue
        event: dict[str, Any] = json.loads(fields["data"])
        assert (fields["id"], fields["event"]) == (str(event["id"]), event["kind"])
        assert event.keys() == {"id", "kind", "at", "data"}
        return event

    def of_money(self) -> dict[str, Any]:
        """Give the next event but that a code was scanned, which comes if the payer is slow."""
        while (event := self.event())["kind"] == SEEN:
            continue
        return event

    def rest(self) -> list[dict[str, Any]]:
        """Give what comes until the end."""
        events = []
        try:
            while True:
                events.append(self.event())
        except EOFError:
            return events


@contextmanager
def streaming_to(
    caller: Caller, seen: int | str | None = None, query: str = ""
) -> Iterator[Stream]:
    call = read(caller.authority, f"/v1/events{query}").signed(caller.device)
    headers = dict(call.headers) | ({} if seen is None else {"Last-Event-ID": str(seen)})
    url = f"http://{call.authority}{call.target}"
    with caller.client.stream("GET", url, headers=headers) as response:
        assert response.status_code == 200, response.read()
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert "content-length" not in response.headers
        yield Stream(response)


def all_kept(caller: Caller, seen: int = 0) -> list[dict[str, Any]]:
    with streaming_to(caller, seen, "?follow=0") as stream:
        return stream.rest()


def buy(till: Caller, wallet: Caller, minor: int = 100) -> str:
    offer = wallet.offer(till.charge(minor))
    done(wallet.post("/v1/payments", payment_of(offer)))
    return str(offer["charge"])


@pytest.fixture
def live(database: SqliteDatabase, keys: Keys) -> Iterator[Live]:
    with live_service(database, keys, heartbeat=0.05) as running:
        yield running


@pytest.fixture
def open_shop(live: Live, open_caller: Callable[[Any], Caller]) -> Callable[[], Caller]:
    def make() -> Caller:
        caller = open_caller(live)
        caller.open_merchant()
        return caller

    return make


@pytest.fixture
def shop(open_shop: Callable[[], Caller]) -> Caller:
    return open_shop()


def test_what_happens_comes_as_it_happens(till: Caller, wallet: Caller) -> None:
    wallet.top_up(10_000)
    with streaming_to(till) as merchant, streaming_to(wallet) as payer:
        assert merchant.block() == {"id": "0", "retry": str(streaming.RETRY_MS)}
        charge = buy(till, wallet)
        told = [merchant.of_money(), merchant.of_money()]
        assert [event["kind"] for event in told] == ["charge.created", "charge.succeeded"]
        assert {event["data"]["charge"] for event in told} == {charge}
        paid = payer.event()
        assert (paid["kind"], paid["data"]["charge"]) == ("payment.succeeded", charge)


def test_a_code_is_seen_once_however_many_scan_it(
    service: Running, till: Caller, wallet: Caller, open_caller: Callable[[Running], Caller]
) -> None:
    other = open_caller(service)
    other.open_wallet()
    charge = till.charge(100)
    with streaming_to(till) as merchant:
        for scanning in (wallet, other, wallet):
            assert scanning.offer(charge)["state"] == "created"
        seen = merchant.event()
        assert (seen["kind"], seen["data"]["charge"]) == (SEEN, charge["id"])
        second = till.charge(200)
        assert merchant.event()["data"]["charge"] == second["id"]


def test_many_payers_at_once_are_told_in_order_without_a_gap(
    service: Running, till: Caller, open_caller: Callable[[Running], Caller]
) -> None:
    """The stream is read while 32 wallets pay, each over a connection of its own."""

    def pay(charge: dict[str, Any]) -> None:
        with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
            wallet = Caller(service.authority, client)
            wallet.open_wallet()
            wallet.top_up(1_000)
            done(wallet.post("/v1/payments", payment_of(wallet.offer(charge))))

    charges = [till.charge(100) for _ in range(PAYERS)]
    with streaming_to(till, 0) as stream, ThreadPoolExecutor(PAYERS) as pool:
        paying = [pool.submit(pay, charge) for charge in charges]
        told = [stream.of_money() for _ in range(2 * PAYERS)]
        for each in paying:
            each.result(PATIENCE)
    paid = [event["data"]["charge"] for event in told[PAYERS:]]
    assert sorted(paid) == sorted(charge["id"] for charge in charges)
    kept = all_kept(till)
    assert [event["id"] for event in kept] == list(range(1, len(kept) + 1))
    assert [event for event in kept if event["kind"] != SEEN] == told


def test_a_stream_goes_on_after_the_last_event_that_came(till: Caller) -> None:
    for _ in range(5):
        till.charge(100)
    events = all_kept(till)
    assert [event["id"] for event in events] == [1, 2, 3, 4, 5]
    assert all_kept(till, 3) == events[3:]
    assert all_kept(till, 5) == []


def test_more_than_a_page_at_once(till: Caller) -> None:
    count = 2 * streaming.PAGE + 1
    for _ in range(count):
        till.charge(100)
    assert [event["id"] for event in all_kept(till)] == list(range(1, count + 1))


def test_who_is_ahead_of_the_books_gets_a_reset_and_all_that_is_kept(till: Caller) -> None:
    till.charge(100)
    reset, event = all_kept(till, 7)
    assert (reset["kind"], reset["id"], reset["data"]) == ("reset", 0, {})
    assert (event["kind"], event["id"]) == ("charge.created", 1)


@pytest.mark.parametrize("seen", ["-1", "x", "", "1.0", "１", "9" * 19])
def test_what_is_no_position(till: Caller, seen: str) -> None:
    call = read(till.authority, "/v1/events").signed(till.device)
    request = call.request()
    request.headers["Last-Event-ID"] = seen
    assert refused(till.client.send(request)) == "bad_request"


@pytest.mark.parametrize("query", ["?follow=2", "?follow=", "?since=1", "?follow=1&follow=1"])
def test_what_cannot_be_asked(till: Caller, query: str) -> None:
    assert refused(till.get(f"/v1/events{query}")) == "bad_request"


def test_nobody_follows_without_a_signature(till: Caller) -> None:
    call = read(till.authority, "/v1/events")
    assert refused(till.send(call)) == "signature_invalid"


def test_silence_is_filled_with_heartbeats(live: Live, shop: Caller) -> None:
    with streaming_to(shop) as stream:
        assert "retry" in stream.block()
        assert [stream.block() for _ in range(3)] == [{"": ""}] * 3
        shop.charge(100)
        assert stream.event()["kind"] == "charge.created"
        assert [stream.block() for _ in range(3)] == [{"": ""}] * 3


def test_a_revoked_device_hears_nothing_more(live: Live, shop: Caller) -> None:
    def revoke(transaction: Transaction, now: Now) -> None:
        device = DEVICES.get(transaction, shop.device.id)
        assert device is not None
        shut_out(transaction, device, now)

    with streaming_to(shop) as stream:
        stream.block()
        live.service.engine.submit(revoke).result(PATIENCE)
        assert stream.rest() == []
    assert refused(shop.get("/v1/events")) == "device_unknown"
    assert live.service.streams.count == 0


def test_a_device_follows_a_few_times_at_once(
    live: Live, shop: Caller, open_shop: Callable[[], Caller]
) -> None:
    with ExitStack() as opened:
        streams = [
            opened.enter_context(streaming_to(shop)) for _ in range(streaming.STREAMS_OF_A_DEVICE)
        ]
        assert all("retry" in stream.block() for stream in streams)
        assert live.service.streams.count == streaming.STREAMS_OF_A_DEVICE
        assert refused(shop.get("/v1/events")) == "too_many_streams"
        with streaming_to(open_shop()) as another:  # One device's streams are its own affair.
            another.block()
    wait_for(lambda: live.service.streams.count == 0)
    with streaming_to(shop) as stream:
        stream.block()


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait for what the service does once it notices that a reader has left."""
    waiting = threading.Event()
    for _ in range(PATIENCE * 100):
        if condition():
            return
        waiting.wait(0.01)
    raise AssertionError("it never came true")


def test_the_service_follows_so_many_and_no_more(
    shop: Caller, open_shop: Callable[[], Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "MOST_STREAMS", 1)
    with streaming_to(shop) as stream:
        stream.block()
        answer = open_shop().get("/v1/events")
        assert refused(answer) == "overloaded"
        assert "retry-after" in answer.headers


def test_a_service_that_stops_says_how_things_stand(
    own_service: Callable[..., Running], open_caller: Callable[[Running], Caller]
) -> None:
    running = own_service()
    till, wallet = open_caller(running), open_caller(running)
    till.open_merchant()
    wallet.open_wallet()
    wallet.top_up(10_000)
    buy(till, wallet)
    with streaming_to(till, 0) as merchant, streaming_to(wallet) as payer:
        assert merchant.of_money()["kind"] == "charge.created"
        paid = merchant.of_money()
        position = int(payer.block()["id"])
        running.terminate()
        [last], [state] = merchant.rest(), payer.rest()
    assert (last["kind"], last["id"]) == ("state", paid["id"])
    assert last["data"]["balance"] == {"minor": 100, "currency": "CNY"}
    assert (state["kind"], state["id"]) == ("state", position)
    assert state["data"]["balance"] == {"minor": 9_900, "currency": "CNY"}
    assert running.stop() == 0


def test_events_outlast_a_killed_service(
    own_service: Callable[..., Running], open_caller: Callable[[Running], Caller]
) -> None:
    running = own_service()
    till = open_caller(running)
    till.open_merchant()
    before = [till.charge(100)["id"] for _ in range(3)]
    running.kill()
    restarted = own_service()
    till.authority = restarted.authority
    after = till.charge(100)["id"]
    events = all_kept(till, 1)
    assert [event["id"] for event in events] == [2, 3, 4]
    assert [event["data"]["charge"] for event in events] == [*before[1:], after]


def test_a_reader_that_stops_reading_is_cut_off_and_loses_nothing(
    live: Live, shop: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It asks for everything and takes nothing: its connection ends, whatever waits for it."""
    monkeypatch.setattr(connection, "LONGEST_STALL", 0.2)
    merchant = done(shop.get("/v1/merchant"))["merchant"]

    def tell(transaction: Transaction, now: Now) -> None:
        for _ in range(2_500):
            publish(transaction, merchant, "merchant.unfrozen", {"by": "x" * 1_000}, now)

    call = read(shop.authority, "/v1/events").signed(shop.device)
    host, _, port = shop.authority.partition(":")
    with socket.socket() as stuck:
        stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        stuck.connect((host, int(port)))
        fields = {"Host": shop.authority, "Last-Event-ID": "0", **call.headers}
        lines = [f"{name}: {value}" for name, value in fields.items()]
        stuck.sendall("\r\n".join(["GET /v1/events HTTP/1.1", *lines, "", ""]).encode())
        wait_for(lambda: live.service.streams.count == 1)
        for _ in range(4):  # 10 MB: more than the system takes in the reader's place.
            live.service.engine.submit(tell).result(PATIENCE)
        wait_for(lambda: live.service.streams.count == 0)
    assert [event["id"] for event in all_kept(shop, 9_990)] == list(range(9_991, 10_001))
