"""What a client learns of the service: its two clocks, and that it is the one that was pinned."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.wallet_api.client.scripted_server import Act, answer, hang_up, problem
from tests.wallet_api.client.test_writes import verified
from wallet_api.contract.errors import AnswerInvalid, ClockSkew, OutcomeUnknown, ServiceChanged
from wallet_api.contract.ids import new_id
from wallet_api.contract.instants import instant_text
from wallet_api.contract.signatures import challenge_text, encode_bytes

if TYPE_CHECKING:
    import socket

    from tests.wallet_api.client.conftest import OpenClient, Time
    from tests.wallet_api.client.scripted_server import ScriptedServer
    from wallet_api.client.sync import Client

Card = dict[str, Any]
SERVICE_KEY = Ed25519PrivateKey.generate()
SERVICE_PUBLIC = SERVICE_KEY.public_key().public_bytes_raw()


@pytest.mark.parametrize("service_time", [1_700_000_000, 1_800_003_600])
def test_a_wrong_clock_is_corrected_once_and_for_good(
    client: Client, server: ScriptedServer, time: Time, service_time: int
) -> None:
    server.play(problem(ClockSkew(time=service_time)), answer({}), answer({}))
    client.send("POST", "/v1/payments", key=new_id(), answer=Card)
    time.now_ms += 5_000
    client.get("/v1/wallet", answer=Card)
    created = [verified(seen).created for seen in server.seen]
    assert created == [1_800_000_000, service_time, service_time + 5]
    assert len({seen.headers.get("idempotency-key") for seen in server.seen[:2]}) == 1
    assert client.wall_ms() == (service_time + 5) * 1000


def test_a_clock_in_1970_still_makes_a_signature_to_correct(
    client: Client, server: ScriptedServer, time: Time
) -> None:
    time.now_ms = 42_000
    server.play(problem(ClockSkew(time=1_800_000_000)), answer({}))
    client.get("/v1/wallet", answer=Card)
    assert [verified(seen).created for seen in server.seen] == [42, 1_800_000_000]


def test_a_clock_that_stays_wrong_is_reported(client: Client, server: ScriptedServer) -> None:
    skew = problem(ClockSkew(time=1_900_000_000))
    server.play(skew, skew)
    with pytest.raises(ClockSkew):
        client.get("/v1/wallet", answer=Card)


@pytest.mark.parametrize("nonsense", [None, "1800000000", 1.5, -1, 10**10, [1]])
def test_a_time_that_is_none_is_not_learnt(
    client: Client, server: ScriptedServer, nonsense: object
) -> None:
    server.play(problem(ClockSkew(time=nonsense)))
    with pytest.raises(ClockSkew):
        client.get("/v1/wallet", answer=Card)
    assert client.wall_offset_ms == 0


def test_a_write_that_was_lost_before_its_clock_was_refused_stays_unknown(
    client: Client, server: ScriptedServer
) -> None:
    skew = problem(ClockSkew(time=1_900_000_000))
    server.play(hang_up, skew, skew)
    with pytest.raises(OutcomeUnknown):
        client.send("POST", "/v1/payments", key=new_id(), answer=Card)


def test_business_time_comes_with_every_answer(
    client: Client, server: ScriptedServer, time: Time
) -> None:
    assert client.business_ms() == time.now_ms
    next_week = time.now_ms + 7 * 86_400_000 + 123
    server.play(answer({}, Wallet_Time=instant_text(next_week)))
    assert client.get("/v1/wallet", answer=Card).business_ms == next_week
    time.now_ms += 1_000
    assert client.business_ms() == next_week + 1_000


@pytest.mark.parametrize("nonsense", ["", "soon", "2027-01-15", "2027-01-15T08:00:00"])
def test_a_business_time_that_is_none_is_not_learnt(
    client: Client, server: ScriptedServer, nonsense: str
) -> None:
    server.play(answer({}, Wallet_Time=nonsense))
    assert client.get("/v1/wallet", answer=Card).business_ms is None
    assert client.business_offset_ms == 0


def proof(server: ScriptedServer, key: Ed25519PrivateKey, authority: str | None = None) -> Act:
    """Answer a challenge as a service with this key does."""

    def act(connection: socket.socket) -> None:
        nonce = json.loads(server.seen[-1].body)["nonce"]
        signed = challenge_text(nonce, authority or server.url.partition("//")[2])
        answer({"signature": encode_bytes(key.sign(signed))})(connection)

    return act


def test_the_pinned_service_proves_itself(client: Client, server: ScriptedServer) -> None:
    server.play(proof(server, SERVICE_KEY), proof(server, SERVICE_KEY))
    client.prove_service(SERVICE_PUBLIC)
    client.prove_service(SERVICE_PUBLIC)
    first, second = server.seen
    assert (first.method, first.target) == ("POST", "/v1/challenge")
    assert not {"signature", "idempotency-key"} & first.headers.keys()
    assert first.body != second.body


def test_another_service_is_found_out(client: Client, server: ScriptedServer) -> None:
    server.play(proof(server, Ed25519PrivateKey.generate()))
    with pytest.raises(ServiceChanged) as raised:
        client.prove_service(SERVICE_PUBLIC)
    assert raised.value.details == {"url": server.url}


def test_a_proof_for_another_address_is_worth_nothing(
    client: Client, server: ScriptedServer
) -> None:
    server.play(proof(server, SERVICE_KEY, authority="bank.example"))
    with pytest.raises(ServiceChanged):
        client.prove_service(SERVICE_PUBLIC)


def test_a_proof_that_is_no_signature_is_refused(client: Client, server: ScriptedServer) -> None:
    server.play(answer({"signature": "!"}))
    with pytest.raises(ServiceChanged):
        client.prove_service(SERVICE_PUBLIC)


def test_a_service_that_cannot_prove_itself_is_not_asked_for_ever(
    open_client: OpenClient, server: ScriptedServer
) -> None:
    server.play(*[answer({})] * 4)
    with pytest.raises(AnswerInvalid):
        open_client(server.url).prove_service(SERVICE_PUBLIC)
