"""A write ends in its one answer, or says honestly that its outcome is unknown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest

from tests.wallet_api.client.conftest import DEVICE, PUBLIC_KEY
from tests.wallet_api.client.scripted_server import (
    answer,
    drip,
    hang_up,
    http,
    problem,
    raw,
    reset,
    silent,
    truncated,
)
from wallet_api.contract.error_base import TABLE, WalletError
from wallet_api.contract.errors import (
    DeviceUnknown,
    InsufficientFunds,
    OutcomeUnknown,
    Overloaded,
    PinWrong,
    RateLimited,
    ServiceUnreachable,
    SignatureReplayed,
)
from wallet_api.contract.ids import new_id
from wallet_api.contract.signatures import Message, SignatureClaim, check, claim

if TYPE_CHECKING:
    from tests.wallet_api.client.conftest import OpenClient, Time
    from tests.wallet_api.client.scripted_server import Act, ScriptedServer, Seen
    from wallet_api.client.sync import Client

ID = new_id()
DONE = {"id": ID, "state": "succeeded"}
EIGHT_SECONDS = [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 1.7]


class Done(msgspec.Struct):
    id: str
    state: str


def pay(client: Client) -> Done:
    return client.send("POST", "/v1/payments", body={"charge": "c"}, key=ID, answer=Done).value


def verified(seen: Seen) -> SignatureClaim:
    """Check a request as the service does."""
    path, _, query = seen.target.partition("?")
    message = Message(
        seen.method,
        seen.headers["host"],
        path,
        query,
        seen.body,
        seen.headers.get("idempotency-key"),
    )
    claimed = claim(message, seen.headers)
    check(claimed, PUBLIC_KEY)
    return claimed


def test_one_attempt_carries_the_body_the_key_and_a_signature(
    client: Client, server: ScriptedServer, time: Time
) -> None:
    server.play(answer(DONE))
    assert pay(client) == Done(ID, "succeeded")
    (seen,) = server.seen
    assert (seen.method, seen.target, json.loads(seen.body)) == (
        "POST",
        "/v1/payments",
        {"charge": "c"},
    )
    assert seen.headers["idempotency-key"] == ID
    assert seen.headers["content-type"] == "application/json"
    assert seen.headers["accept-encoding"] == "identity"
    assert (verified(seen).device, verified(seen).created) == (DEVICE, time.now_ms // 1000)
    assert time.sleeps == []


@pytest.mark.parametrize(
    "loss",
    [
        pytest.param(reset, id="reset"),
        pytest.param(hang_up, id="hung up"),
        pytest.param(truncated, id="truncated"),
        pytest.param(silent, id="silent"),
        pytest.param(drip, id="too slow"),
        pytest.param(raw(b"SSH-2.0-OpenSSH_9.2\r\n"), id="not HTTP"),
        pytest.param(http(200, b"<html>"), id="not JSON"),
        pytest.param(http(200, b'"\xff"'), id="not UTF-8"),
        pytest.param(answer({"state": "succeeded"}), id="a field is missing"),
        pytest.param(answer({"id": "x" * (1 << 20), "state": ""}), id="too large"),
        pytest.param(http(302, b"", Location="/elsewhere"), id="a redirect"),
        pytest.param(http(404, b"Not Found"), id="another server's 404"),
        pytest.param(http(502, b"Bad Gateway"), id="a proxy's 502"),
        pytest.param(http(500, b'{"code": "declined", "status": 409}'), id="no problem document"),
        pytest.param(
            http(409, b'{"code": "decl', Content_Type="application/problem+json"),
            id="half a problem document",
        ),
        pytest.param(problem(WalletError()), id="internal_error"),
        pytest.param(problem(OutcomeUnknown(id=ID)), id="outcome_unknown"),
        pytest.param(problem(SignatureReplayed()), id="doubled on its way"),
    ],
)
def test_a_lost_answer_is_asked_for_with_the_same_key_and_a_new_signature(
    client: Client, server: ScriptedServer, time: Time, loss: Act
) -> None:
    server.play(loss, loss, answer(DONE, Idempotent_Replay="true"))
    reply = client.send("POST", "/v1/payments", key=ID, answer=Done, read_timeout=0.2)
    assert (reply.value, reply.replayed) == (Done(ID, "succeeded"), True)
    assert [seen.headers["idempotency-key"] for seen in server.seen] == [ID] * 3
    assert len({seen.body for seen in server.seen}) == 1
    assert len({verified(seen).nonce for seen in server.seen}) == 3
    assert len({seen.headers["signature"] for seen in server.seen}) == 3
    assert time.sleeps == [0.1, 0.2]


def test_without_any_answer_the_outcome_is_unknown(
    client: Client, server: ScriptedServer, time: Time
) -> None:
    server.play(*[reset] * 8)
    with pytest.raises(OutcomeUnknown) as raised:
        pay(client)
    assert raised.value.details == {"id": ID}
    assert len(server.seen) == 8
    assert time.sleeps == EIGHT_SECONDS


def test_patience_is_the_callers(
    open_client: OpenClient, server: ScriptedServer, time: Time
) -> None:
    server.play(*[reset] * 3)
    with pytest.raises(OutcomeUnknown):
        pay(open_client(server.url, patience=0.25))
    assert time.sleeps == [0.1, 0.15]


def test_time_spent_waiting_for_answers_counts(
    client: Client, server: ScriptedServer, time: Time
) -> None:
    def let_nine_seconds_pass() -> None:
        time.now_ms += 9_000

    time.events[1] = let_nine_seconds_pass
    server.play(reset, reset)
    with pytest.raises(OutcomeUnknown):
        pay(client)
    assert time.sleeps == [0.1]


def test_waits_end_although_the_clock_stands_still(
    client: Client, server: ScriptedServer, time: Time
) -> None:
    start = time.now_ms

    def turn_back() -> None:
        time.now_ms = start

    time.events = dict.fromkeys(range(1, 9), turn_back)
    server.play(*[reset] * 8)
    with pytest.raises(OutcomeUnknown):
        pay(client)
    assert time.sleeps == EIGHT_SECONDS


def test_a_service_that_was_never_reached_is_unreachable(
    client: Client, server: ScriptedServer, time: Time
) -> None:
    with pytest.raises(ServiceUnreachable) as raised:
        pay(client)
    assert raised.value.details == {"url": server.url}
    assert time.sleeps == [0.1, 0.2, 0.4, 0.3]


def test_a_service_that_is_just_starting_is_waited_for(
    client: Client, server: ScriptedServer, time: Time
) -> None:
    time.events[3] = lambda: server.play(answer(DONE))
    assert pay(client) == Done(ID, "succeeded")
    assert time.sleeps == [0.1, 0.2, 0.4]


def test_once_sent_a_refused_connection_leaves_the_outcome_unknown(
    client: Client, server: ScriptedServer, time: Time
) -> None:
    server.play(reset)
    with pytest.raises(OutcomeUnknown) as raised:
        pay(client)
    assert isinstance(raised.value.__cause__, ServiceUnreachable)
    assert time.sleeps == EIGHT_SECONDS


@pytest.mark.parametrize(
    "refusal",
    [Overloaded(), RateLimited(retry_after=30), DeviceUnknown()],
    ids=lambda refusal: refusal.code,
)
def test_once_sent_a_refusal_that_did_not_look_the_key_up_leaves_it_unknown(
    client: Client, server: ScriptedServer, refusal: WalletError
) -> None:
    server.play(reset, problem(refusal, Retry_After="30"))
    with pytest.raises(OutcomeUnknown) as raised:
        pay(client)
    assert raised.value.__cause__.__class__ is refusal.__class__


def test_once_sent_a_refusal_of_the_key_itself_is_the_outcome(
    client: Client, server: ScriptedServer
) -> None:
    server.play(reset, problem(InsufficientFunds(), Idempotent_Replay="true"))
    with pytest.raises(InsufficientFunds) as raised:
        pay(client)
    assert raised.value.replayed


def test_a_refusal_is_raised_at_once_with_its_details(
    client: Client, server: ScriptedServer, time: Time
) -> None:
    server.play(problem(PinWrong(tries_left=2)))
    with pytest.raises(PinWrong) as raised:
        pay(client)
    assert raised.value.details == {"tries_left": 2}
    assert not raised.value.replayed
    assert time.sleeps == []


@pytest.mark.parametrize("code", [code for code, row in TABLE.items() if 400 <= row.status < 500])
def test_every_refusal_of_the_table_comes_back_as_its_class(
    client: Client, server: ScriptedServer, code: str
) -> None:
    server.play(*[problem(TABLE[code](note="kept"))] * 8)
    with pytest.raises(WalletError) as raised:
        pay(client)
    expected = OutcomeUnknown if code == SignatureReplayed.code else TABLE[code]
    assert type(raised.value) is expected


def test_a_code_that_is_not_known_yet_keeps_its_status_and_sentence(
    client: Client, server: ScriptedServer
) -> None:
    document = {
        "code": "moon_phase",
        "status": 409,
        "detail": "Not at {full} moon.",
        "money_moved": False,
        "details": {"self": 1, "full": 2},
    }
    server.play(http(409, json.dumps(document).encode(), Content_Type="application/problem+json"))
    with pytest.raises(WalletError) as raised:
        pay(client)
    error = raised.value
    assert (error.code, error.status, error.money_moved) == ("moon_phase", 409, False)
    assert str(error) == error.sentence("zh") == "Not at {full} moon."
    assert error.details == {"self": 1, "full": 2}


def test_a_code_that_only_clients_use_is_not_believed(
    open_client: OpenClient, server: ScriptedServer
) -> None:
    document = {"code": "cancelled", "status": 409}
    server.play(http(409, json.dumps(document).encode(), Content_Type="application/problem+json"))
    with pytest.raises(OutcomeUnknown):
        pay(open_client(server.url, patience=0))


@pytest.mark.parametrize("busy", [Overloaded, RateLimited], ids=lambda row: row.code)
def test_a_busy_service_is_asked_again_when_it_said(
    client: Client, server: ScriptedServer, time: Time, busy: type[WalletError]
) -> None:
    server.play(problem(busy(), Retry_After="2"), problem(busy()), answer(DONE))
    assert pay(client) == Done(ID, "succeeded")
    assert time.sleeps == [2, 0.2]


@pytest.mark.parametrize("retry_after", ["9", "86400", "9" * 5_000], ids=len)
def test_a_service_that_is_busy_beyond_patience_is_left_alone(
    client: Client, server: ScriptedServer, time: Time, retry_after: str
) -> None:
    busy = problem(Overloaded(), Retry_After=retry_after)
    server.play(*[busy] * 8)
    with pytest.raises(Overloaded):
        pay(client)
    assert sum(time.sleeps) <= 8


def test_a_service_that_stays_busy_did_nothing(
    client: Client, server: ScriptedServer, time: Time
) -> None:
    server.play(*[problem(Overloaded(), Retry_After="Fri, 31 Dec 1999 23:59:59 GMT")] * 8)
    with pytest.raises(Overloaded):
        pay(client)
    assert time.sleeps == EIGHT_SECONDS


def test_a_signed_write_without_a_key_is_a_mistake(client: Client) -> None:
    with pytest.raises(ValueError, match="idempotency key"):
        client.send("POST", "/v1/payments", answer=Done)
