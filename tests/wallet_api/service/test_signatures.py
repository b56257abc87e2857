"""Who calls: only the device that signs this very request, now, and once."""

from __future__ import annotations

import asyncio
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.service.caller import Device, cny, read, refused, write
from tests.wallet_api.service.desk import AUTHORITY, open_desk
from wallet_api.contract.ids import new_id
from wallet_api.contract.signatures import content_digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.wallet_api.service.caller import Call, Caller
    from tests.wallet_api.service.running import Running
    from wallet_api.identity.keys import Keys
    from wallet_api.store.sqlite import SqliteDatabase

TOLERANCE = 60


def top_up_call(caller: Caller) -> Call:
    return write(caller.authority, "/v1/top-ups", {"amount": cny(100)})


def balance(caller: Caller) -> int:
    minor: int = caller.get("/v1/wallet").json()["balance"]["minor"]
    return minor


@pytest.mark.parametrize(
    "absent", ["signature", "signature_input", "content_digest", "idempotency_key"]
)
def test_a_field_that_is_missing(wallet: Caller, absent: str) -> None:
    call = top_up_call(wallet).signed(wallet.device).with_headers(**{absent: ""})
    response = wallet.send(call)
    assert response.status_code == 401
    assert refused(response) == "signature_invalid"
    assert balance(wallet) == 0


@pytest.mark.parametrize("target", ["/v1/wallet", "/v1/history", "/v1/pending"])
def test_reads_are_signed_too(wallet: Caller, target: str) -> None:
    assert refused(wallet.send(read(wallet.authority, target))) == "signature_invalid"
    assert wallet.get(target).is_success


def changed_body(call: Call) -> Call:
    body = call.body.replace(b"100", b"999")
    return replace(call, body=body)


def changed_body_and_digest(call: Call) -> Call:
    changed = changed_body(call)
    return changed.with_headers(content_digest=content_digest(changed.body))


def changed_key(call: Call) -> Call:
    return call.with_headers(idempotency_key=new_id())


def changed_path(call: Call) -> Call:
    return replace(call, target="/v1/payments")


def changed_authority(call: Call) -> Call:
    return call.with_headers(host=call.authority.replace("127.0.0.1", "localhost"))


def changed_nonce(call: Call) -> Call:
    given = call.headers["Signature-Input"]
    other = re.sub('nonce="(.)', lambda first: f'nonce="{"AB"[first[1] == "A"]}', given)
    return call.with_headers(signature_input=other)


def changed_time(call: Call) -> Call:
    given = call.headers["Signature-Input"]
    later = re.sub("created=([0-9]+)", lambda found: f"created={int(found[1]) + 1}", given)
    return call.with_headers(signature_input=later)


@pytest.mark.parametrize(
    "change",
    [
        changed_body,
        changed_body_and_digest,
        changed_key,
        changed_path,
        changed_authority,
        changed_nonce,
        changed_time,
    ],
)
def test_a_request_that_was_changed(wallet: Caller, change: Callable[[Call], Call]) -> None:
    call = top_up_call(wallet).signed(wallet.device)
    assert change(call) != call
    assert refused(wallet.send(change(call))) == "signature_invalid"
    assert wallet.send(call).is_success  # The one that arrives as it was signed still counts.


def test_a_query_that_was_changed(wallet: Caller) -> None:
    call = read(wallet.authority, "/v1/history?limit=5").signed(wallet.device)
    for target in ("/v1/history?limit=6", "/v1/history?limit=5&cursor=1", "/v1/history"):
        assert refused(wallet.send(replace(call, target=target))) == "signature_invalid"
    assert wallet.send(call).is_success


def test_a_signature_of_another_key(wallet: Caller) -> None:
    stranger = Device(id=wallet.device.id)
    assert refused(wallet.send(top_up_call(wallet).signed(stranger))) == "signature_invalid"


def test_a_device_that_nobody_enrolled(wallet: Caller) -> None:
    response = wallet.send(read(wallet.authority, "/v1/wallet").signed(Device()))
    assert response.status_code == 401
    assert refused(response) == "device_unknown"


def test_the_same_signature_twice(wallet: Caller) -> None:
    for call in (top_up_call(wallet), read(wallet.authority, "/v1/wallet")):
        signed = call.signed(wallet.device)
        assert wallet.send(signed).is_success
        response = wallet.send(signed)
        assert response.status_code == 401
        assert refused(response) == "signature_replayed"
    assert balance(wallet) == 100


def test_the_same_signature_at_once(wallet: Caller) -> None:
    signed = read(wallet.authority, "/v1/wallet").signed(wallet.device)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: wallet.send(signed), range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 7


def test_a_retry_is_signed_anew(wallet: Caller) -> None:
    call = top_up_call(wallet)
    first, second = (wallet.send(call.signed(wallet.device)) for _ in range(2))
    assert "idempotent-replay" not in first.headers
    assert second.headers["idempotent-replay"] == "true"
    assert first.json()["id"] == second.json()["id"] == call.key
    assert balance(wallet) == 100


@pytest.mark.parametrize("off", [-TOLERANCE - 5, TOLERANCE + 5])
def test_a_clock_that_is_off_is_told_the_time(wallet: Caller, off: int) -> None:
    now = int(time.time())
    response = wallet.send(
        read(wallet.authority, "/v1/wallet", created=now + off).signed(wallet.device)
    )
    assert response.status_code == 401
    assert refused(response) == "clock_skew"
    told = response.json()["details"]["time"]
    assert now <= told <= now + 5
    again = read(wallet.authority, "/v1/wallet", created=told).signed(wallet.device)
    assert wallet.send(again).is_success


def test_a_clock_may_be_a_little_ahead(wallet: Caller) -> None:
    created = int(time.time()) + TOLERANCE - 5
    call = read(wallet.authority, "/v1/wallet", created=created).signed(wallet.device)
    assert wallet.send(call).is_success
    assert refused(wallet.send(call)) == "signature_replayed"


def test_what_was_signed_before_the_start(
    own_service: Callable[..., Running], open_caller: Callable[[Running], Caller]
) -> None:
    """An earlier process may have seen it, and this one cannot know."""
    before = int(time.time())
    caller = open_caller(own_service())
    caller.device.id = new_id()
    call = replace(read(caller.authority, "/v1/wallet"), created=before - 1)
    response = caller.send(call.signed(caller.device))
    assert refused(response) == "clock_skew"
    assert response.json()["details"]["time"] >= before


def test_an_enrolment_proves_its_key(service: Running, open_caller: Callable[..., Caller]) -> None:
    caller = open_caller(service)
    stranger = Device(id=caller.device.id)
    body = {"name": "Eve", "currency": "CNY", "device": caller.device.keys()}
    call = write(caller.authority, "/v1/customers", body)
    assert refused(caller.send(call)) == "signature_invalid"
    assert refused(caller.send(call.signed(stranger))) == "signature_invalid"
    assert refused(caller.send(call.signed(Device()))) == "device_unknown"
    assert caller.send(call.signed(caller.device)).status_code == 201


def test_a_captured_enrolment_opens_nothing_more(
    service: Running, open_caller: Callable[..., Caller]
) -> None:
    """Neither as it is, nor under another key or name."""
    caller = open_caller(service)
    body = {"name": "Eve", "currency": "CNY", "device": caller.device.keys()}
    call = write(caller.authority, "/v1/customers", body).signed(caller.device)
    assert caller.send(call).status_code == 201
    assert refused(caller.send(call)) == "signature_replayed"
    assert refused(caller.send(changed_key(call))) == "signature_invalid"
    renamed = replace(call, body=call.body.replace(b"Eve", b"Bob"))
    assert refused(caller.send(renamed)) == "signature_invalid"
    other = write(caller.authority, "/v1/customers", body | {"name": "Bob"})
    assert refused(caller.send(other.signed(caller.device))) == "already_enrolled"


def test_a_revoked_device_is_unknown(database: SqliteDatabase, keys: Keys) -> None:
    async def scene() -> None:
        async with open_desk(database, keys) as desk:
            await desk.open_merchant()
            await desk.service.write(lambda tx, _now: tx.run("UPDATE devices SET revoked_at = 1"))
            assert refused(await desk.send(read(AUTHORITY, "/v1/merchant"))) == "device_unknown"

    asyncio.run(scene())
