"""The routes: what exists, who may call it, and with what."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.wallet_api.service.caller import (
    JSON,
    NONCE,
    Call,
    challenge,
    cny,
    read,
    refused,
    write,
)
from wallet_api.contract.ids import new_id
from wallet_api.contract.instants import instant_ms
from wallet_api.contract.signatures import challenge_text, check_signature, decode_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.wallet_api.service.caller import Caller
    from tests.wallet_api.service.running import Running

ID = "01890a5d-ac96-774b-bcce-b302099a8057"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"nonce"',
        b"\xff\xfe{}",
        b'{"amount": {"minor": 100, "currency": "CNY"}, "ammount": 1}',
        b'{"amount": {"minor": 100}}',
        b'{"amount": {"minor": 1.0, "currency": "CNY"}}',
        b'{"amount": {"minor": "100", "currency": "CNY"}}',
        b'{"amount": {"minor": true, "currency": "CNY"}}',
        b'{"amount": {"minor": 1e2, "currency": "CNY"}}',
        b'{"amount": {"minor": NaN, "currency": "CNY"}}',
        b'{"amount": {"minor": 100, "currency": "\\ud800"}}',
        b'{"amount": {"minor": 100, "currency": "CNY", "x": ' + b"[" * 8_000 + b"]" * 8_000 + b"}}",
        b'{"amount": ' + b"[" * 16_000 + b"}",
    ],
)
def test_a_body_that_is_not_the_routes(wallet: Caller, body: bytes) -> None:
    call = Call(wallet.authority, "POST", "/v1/top-ups", body, new_id(), headers=JSON)
    response = wallet.send(call.signed(wallet.device))
    assert response.status_code == 400
    assert refused(response) == "bad_request"
    assert wallet.get("/v1/history").json()["items"] == []


@pytest.mark.parametrize("minor", [0, -1, 10**12, 10**30])
def test_an_amount_out_of_range(wallet: Caller, minor: int) -> None:
    response = wallet.post("/v1/top-ups", {"amount": cny(minor)})
    assert response.status_code == 422
    assert refused(response) == "amount_invalid"


@pytest.mark.parametrize(
    "target",
    [
        *("/", "/v1", "/v1/nothing", "/v1/charges/a/b", "/v1/codes/", "/docs/", "/v1/lab/clock"),
        *("/v1/wallet/", "/v1/service/", "//v1/service", "/healthz%2F"),
    ],
)
def test_an_unknown_path(wallet: Caller, target: str) -> None:
    response = wallet.get(target)
    assert response.status_code == 404
    assert refused(response) == "not_found"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "GET"])
def test_a_method_that_does_not_exist(wallet: Caller, method: str) -> None:
    call = Call(wallet.authority, method, "/v1/payments", headers=JSON).signed(wallet.device)
    response = wallet.send(call)
    assert response.status_code == 405
    assert refused(response) == "method_not_allowed"
    assert response.headers["allow"] == "POST"


@pytest.mark.parametrize(
    "key", ["", "1", "00000000-0000-4000-8000-000000000000", ID.upper(), f"{{{ID}}}"]
)
def test_an_idempotency_key_that_is_none(wallet: Caller, key: str) -> None:
    call = write(wallet.authority, "/v1/top-ups", {"amount": cny(1)})
    response = wallet.send(replace(call, key=key).signed(wallet.device))
    assert response.status_code == 400
    assert refused(response) == "key_missing"
    assert wallet.get("/v1/history").json()["items"] == []


def test_a_key_used_on_another_path(till: Caller) -> None:
    first, second, key = till.charge(100), till.charge(100), new_id()
    assert till.post(f"/v1/charges/{first['id']}/close", {}, key).is_success
    assert refused(till.post(f"/v1/charges/{second['id']}/close", {}, key)) == "key_reused"


def test_a_pin_is_no_part_of_what_a_key_stands_for(
    service: Running, open_caller: Callable[[Running], Caller]
) -> None:
    """It is not even digested: a retry with another one is a replay that changes no PIN."""
    caller, key = open_caller(service), new_id()
    body = {"name": "Anna", "currency": "CNY", "device": caller.device.keys()}
    first = caller.post("/v1/customers", body | {"pin": "314159"}, key)
    second = caller.post("/v1/customers", body | {"pin": "271828"}, key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.headers["idempotent-replay"] == "true"


def test_a_key_used_for_something_else(wallet: Caller, till: Caller) -> None:
    key = new_id()
    assert wallet.post("/v1/top-ups", {"amount": cny(100)}, key).status_code == 201
    again = wallet.post("/v1/top-ups", {"amount": cny(200)}, key)
    assert (again.status_code, refused(again)) == (422, "key_reused")
    stranger = till.post("/v1/charges", {"amount": cny(100)}, key)
    assert (stranger.status_code, refused(stranger)) == (403, "not_yours")


@pytest.mark.parametrize(
    ("target", "body"),
    [
        ("/v1/charges", {"amount": cny(1)}),
        (f"/v1/charges/{ID}/close", {}),
        (f"/v1/charges/{ID}/reverse", {}),
        (f"/v1/charges/{ID}/refunds", {}),
        *((target, None) for target in ("/v1/merchant", "/v1/charges", f"/v1/charges/{ID}")),
        (f"/v1/refunds/{ID}", None),
    ],
)
def test_a_wallet_may_not_do_what_a_till_does(wallet: Caller, target: str, body: object) -> None:
    response = wallet.get(target) if body is None else wallet.post(target, body)
    assert response.status_code == 403
    assert refused(response) == "wrong_role"


@pytest.mark.parametrize(
    ("target", "body"),
    [
        ("/v1/payments", {"charge": ID, "payee": ID, "amount": cny(1), "expires_at": "x"}),
        (f"/v1/payments/{ID}/confirm", {"pin": "1", "approval": "AA"}),
        (f"/v1/payments/{ID}/decline", {}),
        ("/v1/top-ups", {"amount": cny(1)}),
        ("/v1/payer-codes", {"counter": 1}),
        *((target, None) for target in ("/v1/wallet", "/v1/pending", "/v1/history")),
        *((f"/v1/{kind}/{ID}", None) for kind in ("payments", "top-ups", "codes")),
    ],
)
def test_a_till_may_not_do_what_a_wallet_does(till: Caller, target: str, body: object) -> None:
    response = till.get(target) if body is None else till.post(target, body)
    assert response.status_code == 403
    assert refused(response) == "wrong_role"


def test_nobody_sees_what_belongs_to_others(
    wallet: Caller, till: Caller, open_caller: Callable[[Running], Caller], service: Running
) -> None:
    charge, top_up = till.charge(100), wallet.top_up(100)
    other_till, other_wallet = open_caller(service), open_caller(service)
    other_till.open_merchant()
    other_wallet.open_wallet()
    for response in (
        other_till.get(f"/v1/charges/{charge['id']}"),
        other_till.post(f"/v1/charges/{charge['id']}/close", {}),
        other_till.post(f"/v1/charges/{charge['id']}/reverse", {}),
        other_wallet.get(f"/v1/top-ups/{top_up['id']}"),
    ):
        assert response.status_code == 403
        assert refused(response) == "not_yours"
    assert other_till.get("/v1/charges").json()["items"] == []
    assert other_wallet.get("/v1/history").json()["items"] == []


@pytest.mark.parametrize("limit", ["0", "101", "-1", "x", "1.0", "１", "9" * 5_000, ""])
def test_a_limit_that_is_none(wallet: Caller, limit: str) -> None:
    response = wallet.get(f"/v1/history?limit={quote(limit)}")
    assert response.status_code == 400
    assert refused(response) == "bad_request"


def test_what_anyone_may_ask(service: Running, wallet: Caller) -> None:
    health = wallet.send(read(wallet.authority, "/healthz"))
    assert health.json() == {"status": "ok"}
    card = wallet.send(read(wallet.authority, "/v1/service")).json()
    assert card["enrolment"] == "open"
    assert card["lab"] is False
    assert card["currencies"] == ["CNY", "EUR"]
    proof = wallet.send(challenge(wallet.authority)).json()["signature"]
    check_signature(
        challenge_text(NONCE, service.authority),
        decode_bytes(proof),
        decode_bytes(card["signing_key"]),
    )


@pytest.mark.parametrize("nonce", ["", "short", "x" * 65, "x\n" * 10, "王" * 16])
def test_only_a_nonce_is_signed(wallet: Caller, nonce: str) -> None:
    assert refused(wallet.send(challenge(wallet.authority, nonce))) == "bad_request"


def test_every_answer_carries_the_time(wallet: Caller) -> None:
    for response in (
        wallet.get("/v1/wallet"),
        wallet.get("/v1/nothing"),
        wallet.post("/v1/top-ups", {"amount": cny(100)}),
        wallet.post("/v1/top-ups", {}),
        wallet.send(read(wallet.authority, "/healthz")),
        wallet.send(challenge(wallet.authority)),
        wallet.send(Call(wallet.authority, "GET", "/v1/payments")),
        wallet.send(read(wallet.authority, "/v1/wallet").with_headers(host="evil")),
    ):
        told = instant_ms(response.headers["wallet-time"])
        assert abs(told / 1_000 - time.time()) < 5
        assert response.headers["cache-control"] == "no-store"
        assert "server" not in response.headers
