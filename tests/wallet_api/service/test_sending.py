"""Webhooks sent over HTTP to real receivers: good ones, bad ones, slow ones, and none."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.wallet_api.service.caller import JSON, Call, Caller, cny, done, payment_of, refused
from tests.wallet_api.service.live import Live, live_service
from tests.wallet_api.service.receivers import HANG_UP, SILENT, Received, Receiver
from tests.wallet_api.service.running import PATIENCE
from wallet_api.contract.ids import new_id
from wallet_api.contract.webhooks import SCHEDULE
from wallet_api.service import post

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.wallet_api.service.running import Running
    from wallet_api.identity.keys import Keys
    from wallet_api.store.sqlite import SqliteDatabase


@pytest.fixture
def live(database: SqliteDatabase, keys: Keys) -> Iterator[Live]:
    with live_service(database, keys) as running:
        yield running


@pytest.fixture
def shop(live: Live, open_caller: Callable[[Any], Caller]) -> Caller:
    caller = open_caller(live)
    caller.open_merchant()
    return caller


def add(shop: Caller, url: str, *kinds: str) -> dict[str, Any]:
    body = {"url": url, "kinds": list(kinds or ("charge.*",))}
    return done(shop.post("/v1/webhooks", body))


def advance(shop: Caller, seconds: int) -> None:
    body = json.dumps({"seconds": seconds}).encode()
    done(shop.send(Call(shop.authority, "POST", "/v1/lab/clock", body, headers=JSON)))


def deliveries(shop: Caller, webhook: dict[str, Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = done(shop.get(f"/v1/webhooks/{webhook['id']}/deliveries"))[
        "items"
    ]
    return items


def until(shop: Caller, delivery: str, **wanted: object) -> dict[str, Any]:
    """Wait until a delivery is as it should be."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = done(shop.get(f"/v1/deliveries/{delivery}"))
        if all(found[name] == value for name, value in wanted.items()):
            return found
    raise AssertionError(found)


def signature_of(received: Received, secret: str) -> str:
    """Compute the signature as the standard says, with nothing of ours."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{received.headers['webhook-id']}.{received.headers['webhook-timestamp']}.".encode()
    digest = hmac.new(key, signed + received.body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def test_a_sale_arrives_signed(shop: Caller) -> None:
    with Receiver() as receiver:
        webhook = add(shop, receiver.url)
        charge = shop.charge(1_250)
        received = receiver.next()
        delivery = until(shop, received.headers["webhook-id"], state="succeeded")
    assert received.path == "/events?shop=1"
    assert received.headers["content-type"] == "application/json"
    assert received.headers["host"] == receiver.url.split("/")[2]
    assert abs(int(received.headers["webhook-timestamp"]) - time.time()) < PATIENCE
    assert received.headers["webhook-signature"] == signature_of(received, webhook["secret"])
    event = json.loads(received.body)
    assert (event["kind"], event["data"]["charge"]) == ("charge.created", charge["id"])
    assert event["data"]["amount"] == cny(1_250)
    assert (delivery["status"], delivery["attempts"]) == (204, 1)


def test_a_receiver_gets_what_it_asked_for_and_no_other_merchants(
    live: Live, shop: Caller, open_caller: Callable[[Any], Caller]
) -> None:
    other, wallet = open_caller(live), open_caller(live)
    other.open_merchant()
    wallet.open_wallet()
    wallet.top_up(1_000)
    with Receiver() as paid, Receiver() as elsewhere:
        add(shop, paid.url, "charge.succeeded")
        add(other, elsewhere.url, "*")
        offer = wallet.offer(shop.charge(100))
        done(wallet.post("/v1/payments", payment_of(offer)))
        assert json.loads(paid.next().body)["kind"] == "charge.succeeded"
        other.charge(100)
        assert json.loads(elsewhere.next().body)["id"] == 1
        assert paid.arrived.empty()


@pytest.mark.parametrize(
    ("answer", "status", "error"),
    [
        (500, 500, None),
        (404, 404, None),
        (302, 302, None),
        (HANG_UP, None, "connection_lost"),
        (SILENT, None, "time_over"),
    ],
)
def test_a_bad_receiver_is_tried_again_on_the_business_clock(
    shop: Caller,
    answer: int,
    status: int | None,
    error: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(post, "LIMIT_SECONDS", 0.3)
    with Receiver() as elsewhere, Receiver(answer, headers={"Location": elsewhere.url}) as receiver:
        add(shop, receiver.url)
        shop.charge(100)
        first = receiver.next()
        delivery = first.headers["webhook-id"]
        made = until(shop, delivery, attempts=1, status=status, error=error)
        assert made["state"] == "pending"
        receiver.answer(200)
        advance(shop, SCHEDULE[1])
        second = receiver.next()
        until(shop, delivery, state="succeeded", attempts=2)
        assert second.body == first.body
        assert second.headers["webhook-id"] == delivery
        assert elsewhere.arrived.empty()  # A redirect is not followed.


def test_a_receiver_that_is_away_is_given_up_with_an_event(shop: Caller) -> None:
    with Receiver() as receiver:
        webhook = add(shop, receiver.url, "charge.*", "webhook.*")
    shop.charge(100)
    [delivery] = deliveries(shop, webhook)
    for attempt, pause in enumerate(SCHEDULE[1:], start=1):
        until(shop, delivery["id"], attempts=attempt, error="not_connected")
        advance(shop, pause)
    until(shop, delivery["id"], attempts=len(SCHEDULE), state="failed")
    [listed] = done(shop.get("/v1/webhooks"))["items"]
    assert listed["state"] == "disabled"
    assert "secret" not in listed or listed["secret"] is None
    kinds = [item["kind"] for item in deliveries(shop, webhook)]
    assert kinds == ["charge.closed", "charge.created"]  # Who is away is not told so by webhook.


def test_the_body_of_an_answer_is_not_read(shop: Caller) -> None:
    """It says that a terabyte follows, and nobody waits for it."""
    with Receiver(200, headers={"Content-Length": str(10**12)}) as receiver:
        add(shop, receiver.url)
        shop.charge(100)
        until(shop, receiver.next().headers["webhook-id"], state="succeeded")


def test_one_that_is_stuck_holds_up_nobody_else(shop: Caller) -> None:
    with Receiver(SILENT) as stuck, Receiver() as quick:
        add(shop, stuck.url)
        add(shop, quick.url)
        for _ in range(20):
            shop.charge(100)
        numbers = {json.loads(quick.next().body)["id"] for _ in range(20)}
        assert numbers == set(range(1, 21))
        stuck.close()


def test_a_delivery_is_resent_by_hand(shop: Caller) -> None:
    with Receiver(500, 204) as receiver:
        add(shop, receiver.url)
        shop.charge(100)
        first = receiver.next()
        delivery = first.headers["webhook-id"]
        until(shop, delivery, status=500)
        asked = done(shop.post(f"/v1/deliveries/{delivery}/resend", {}))
        assert (asked["state"], asked["status"]) == ("pending", None)
        assert receiver.next().headers["webhook-id"] == delivery
        assert until(shop, delivery, state="succeeded")["attempts"] == 2


def test_a_test_event(shop: Caller) -> None:
    with Receiver() as receiver:
        webhook = add(shop, receiver.url)
        probe = done(shop.post(f"/v1/webhooks/{webhook['id']}/test", {}))
        event = json.loads(receiver.next().body)
        assert (event["kind"], event["data"]) == ("webhook.test", {"webhook": webhook["id"]})
        until(shop, probe["id"], state="succeeded")


def test_what_was_not_sent_before_a_kill_is_sent_after_it(
    own_service: Callable[..., Running], open_caller: Callable[[Running], Caller]
) -> None:
    with Receiver(503) as receiver:
        running = own_service("--lab")
        shop = open_caller(running)
        shop.open_merchant()
        webhook = add(shop, receiver.url)
        shop.charge(100)
        first = receiver.next()
        running.kill()
        receiver.answer(204)
        restarted = own_service("--lab")
        shop.authority = restarted.authority
        advance(shop, SCHEDULE[1])
        again = receiver.next()
        assert again.headers["webhook-id"] == first.headers["webhook-id"]
        assert again.headers["webhook-signature"] == signature_of(again, webhook["secret"])
        until(shop, again.headers["webhook-id"], state="succeeded")


def test_adding_again_with_the_same_key_gives_the_same_secret(shop: Caller) -> None:
    key, body = new_id(), {"url": "http://127.0.0.1:1/", "kinds": ["*"]}
    first, second = (shop.post("/v1/webhooks", body, key) for _ in range(2))
    assert second.headers["idempotent-replay"] == "true"
    assert done(first) == done(second)


def test_an_address_nobody_may_reach(shop: Caller) -> None:
    for url in ("http://10.0.0.1/", "http://169.254.169.254/latest", "ftp://127.0.0.1/"):
        answer = shop.post("/v1/webhooks", {"url": url, "kinds": ["*"]})
        assert refused(answer) == "webhook_target_refused"


def test_wallets_have_no_webhooks(live: Live, open_caller: Callable[[Any], Caller]) -> None:
    wallet = open_caller(live)
    wallet.open_wallet()
    assert refused(wallet.get("/v1/webhooks")) == "wrong_role"
    answer = wallet.post("/v1/webhooks", {"url": "http://127.0.0.1:1/", "kinds": ["*"]})
    assert refused(answer) == "wrong_role"
