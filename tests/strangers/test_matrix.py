"""Every operation tried by everybody: only what should pass passes, and a refusal moves nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.strangers.matrix import DENIALS, ENROLMENTS, ENTRIES, OPEN
from tests.strangers.records import Records
from tests.wallet_api.service.caller import JSON, PIN, Call, Device, read, refused, write
from tests.wallet_api.service.running import PATIENCE, start
from wallet_api.contract.ids import new_id
from wallet_api.service.operations import operations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.wallet_api.service.caller import Caller
    from tests.wallet_api.service.running import Running

EVERY = {f"{row.method} {row.path}": row for row in operations(lab=True)}


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = start(tmp_path_factory.mktemp("matrix"), "--lab")
    yield running
    assert running.stop() == 0
    assert "Traceback" not in running.log


@pytest.fixture(scope="module")
def records(bank: Running) -> Iterator[Records]:
    with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
        yield Records(bank, client)


def call_of(records: Records, name: str) -> Call:
    """Give the request that tries an operation, not signed yet."""
    entry, (method, path) = ENTRIES[name], name.split(" ")
    if entry.record is not None:
        path = re.sub(r"\{\w+\}", entry.record(records), path)
    if entry.query is not None:
        path += "?" + str(httpx.QueryParams(entry.query(records)))
    if method == "GET":
        return read(records.nobody.authority, path)
    assert entry.body is not None
    return write(records.nobody.authority, path, entry.body(records))


def say(response: httpx.Response) -> str:
    return "done" if response.is_success else refused(response)


def try_as(caller: Caller, call: Call) -> str:
    """Send a request as somebody, under a key of their own."""
    own = replace(call, key=new_id()) if call.method == "POST" else call
    return say(caller.send(own.signed(caller.device)))


def journal(records: Records) -> str:
    """Give the number of the last journal transaction, as anyone on this machine may see it."""
    answer = records.nobody.send(read(records.nobody.authority, "/metrics"))
    (number,) = re.findall(r"^wallet_journal_number (\d+)$", answer.text, re.MULTILINE)
    return str(number)


def test_the_matrix_has_every_operation_and_no_other() -> None:
    assert {*ENTRIES, *ENROLMENTS, *OPEN} == set(EVERY)
    assert len(ENTRIES) + len(ENROLMENTS) + len(OPEN) == len(EVERY)


@pytest.mark.parametrize("name", ENTRIES)
def test_an_operation_by_everybody(records: Records, name: str) -> None:
    entry = ENTRIES[name]
    call, before = call_of(records, name), None
    for who, told in entry.expected().items():
        if who in entry.passes and before is not None:
            assert journal(records) == before, "a refusal moved money"
            before = None
        elif who not in entry.passes and before is None:
            before = journal(records)
        assert try_as(getattr(records, who), call) in told, who
    assert say(records.nobody.send(call)) == "signature_invalid"


@pytest.mark.parametrize("name", ENTRIES)
def test_who_passes_is_never_told_that_it_is_another(name: str) -> None:
    """Else the matrix would let a denial pass as an answer."""
    assert not (ENTRIES[name].says - {"signature_invalid"}) & DENIALS
    row = EVERY[name]
    passes = {"wallet": "owner", "till": "till", "device": "owner", "admin": "admin"}
    assert passes[str(row.role)] in ENTRIES[name].passes  # type: ignore[union-attr]


@pytest.mark.parametrize("name", sorted(OPEN))
def test_what_anyone_may_ask_needs_nobody(records: Records, name: str) -> None:
    method, path = name.split(" ")
    authority = records.nobody.authority
    bodies = {
        "/v1/challenge": b'{"nonce": "0123456789abcdef"}',
        "/v1/lab/bank": b'{"fault": "answer"}',
        "/v1/lab/clock": b'{"seconds": 0}',
    }
    call = Call(authority, method, path, bodies.get(path, b""), headers=JSON)
    assert records.nobody.send(call).is_success


@pytest.mark.parametrize("name", sorted(ENROLMENTS))
def test_an_enrolment_is_signed_by_the_key_that_it_brings(records: Records, name: str) -> None:
    """Not by nobody, not by another key, not by who is enrolled already."""
    path, new = name.removeprefix("POST "), records.newcomer()
    keys = new.device.keys()
    public = {"id": keys["id"], "signing_key": keys["signing_key"]}
    body = {
        "/v1/customers": {"name": "Eve", "currency": "CNY", "pin": PIN, "device": keys},
        "/v1/merchants": {
            "name": "Shop",
            "city": "City",
            "category": "5812",
            "store": "Store",
            "currency": "CNY",
            "till": public,
        },
        "/v1/devices": {"wallet": records.friend_wallet, "device": keys, "name": "phone"},
        "/v1/tills": {"till": public, "invite": records.new_invite("till", records.merchant)},
    }[path]
    call = write(records.nobody.authority, path, body)
    assert say(new.send(call)) == "signature_invalid"
    assert say(new.send(call.signed(Device(id=new.device.id)))) == "signature_invalid"
    assert say(new.send(call.signed(records.owner.device))) == "device_unknown"
    assert say(new.send(call.signed(new.device))) == "done"
