"""Following as a state machine: where it goes on, how long it waits, and when it gives up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from httpx_sse import ServerSentEvent

from wallet_api.client.exchange import Miss, Received
from wallet_api.client.following import LONGEST_WAIT_MS, Following
from wallet_api.client.session import Session
from wallet_api.contract.errors import (
    AnswerInvalid,
    ClockSkew,
    DeviceUnknown,
    Overloaded,
    ServiceUnreachable,
    TooManyStreams,
)
from wallet_api.contract.ids import new_id

if TYPE_CHECKING:
    from wallet_api.contract.error_base import WalletError

NOW_MS = 1_800_000_000_000
STREAM = {"content-type": "text/event-stream; charset=utf-8"}


def session() -> Session:
    return Session(
        "http://127.0.0.1:8417",
        new_id(),
        Ed25519PrivateKey.generate(),
        clock=lambda: NOW_MS,
        patience=8.0,
    )


def problem(error: WalletError, **headers: str) -> Received:
    fields = {"content-type": "application/problem+json"} | headers
    return Received(error.status, fields, msgspec.json.encode(error.problem()))


def event(number: int) -> ServerSentEvent:
    content = {"id": number, "kind": "charge.created", "at": "2027-01-15T08:00:00Z", "data": {}}
    return ServerSentEvent("charge.created", msgspec.json.encode(content).decode(), str(number))


def test_it_goes_on_after_the_last_event_that_came() -> None:
    following = Following(session(), None, follow=True)
    assert "Last-Event-ID" not in following.request().headers
    taken = following.take(event(7))
    assert taken is not None
    assert taken.id == 7
    following.lost(Miss.LOST)
    assert following.request().headers["Last-Event-ID"] == "7"


def test_the_position_of_a_stream_without_events_is_enough_to_go_on() -> None:
    """What happens between the first connection and the second is not missed."""
    following = Following(session(), None, follow=True)
    assert following.take(ServerSentEvent(id="41")) is None
    following.lost(Miss.LOST)
    assert following.request().headers["Last-Event-ID"] == "41"


def test_each_attempt_is_signed_anew() -> None:
    following = Following(session(), 0, follow=True)
    first, second = following.request(), following.request()
    assert first.headers["Accept"] == "text/event-stream"
    assert first.headers["Signature-Input"] != second.headers["Signature-Input"]
    assert (first.target, first.headers["Last-Event-ID"]) == ("/v1/events", "0")


def test_it_waits_longer_and_longer_until_something_comes() -> None:
    following = Following(session(), 0, follow=True)
    waits = [following.lost(Miss.NOT_SENT) for _ in range(10)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (0.1, LONGEST_WAIT_MS / 1000)
    following.take(event(1))
    assert following.lost(Miss.LOST) == 0.1


def test_a_person_is_told_once_that_it_is_away_and_once_that_it_is_back() -> None:
    told: list[WalletError | None] = []
    following = Following(session(), 0, follow=True, notice=told.append)
    for _ in range(3):
        following.lost(Miss.NOT_SENT)
    following.request()
    following.refused(problem(Overloaded()))
    following.take(event(1))
    following.take(event(2))
    assert [error and error.code for error in told] == [ServiceUnreachable.code, None]


def test_who_wants_a_greeting_is_told_of_the_first_connection_and_of_its_loss() -> None:
    told: list[WalletError | None] = []
    following = Following(session(), None, follow=True, notice=told.append, greets=True)
    following.lost(Miss.NOT_SENT)
    following.take(event(1))
    following.take(event(2))
    following.lost(Miss.LOST)
    codes = [error and error.code for error in told]
    assert codes == [ServiceUnreachable.code, None, ServiceUnreachable.code]


def test_a_busy_service_is_left_alone_as_long_as_it_asks() -> None:
    following = Following(session(), 0, follow=True)
    following.request()
    busy = problem(Overloaded(), **{"retry-after": "3"})
    assert following.refused(busy) == 3.0
    for _ in range(20):  # However often it says so.
        following.request()
        assert following.refused(busy) >= 3.0


def test_who_only_looks_is_not_patient_for_ever() -> None:
    following = Following(session(), 0, follow=False)
    assert following.request().target == "/v1/events?follow=0"
    with pytest.raises(Overloaded):  # noqa: PT012 - which of the attempts is the last is not told.
        for _ in range(20):
            following.request()
            following.refused(problem(Overloaded(), **{"retry-after": "3"}))
    with pytest.raises(ServiceUnreachable):
        following.lost(Miss.NOT_SENT)


def test_a_clock_that_is_off_is_corrected() -> None:
    here = session()
    following = Following(here, 0, follow=True)
    following.request()
    assert following.refused(problem(ClockSkew(time=NOW_MS // 1_000 + 500))) == 0.0
    assert here.wall_ms() == NOW_MS + 500_000


@pytest.mark.parametrize("error", [DeviceUnknown(), TooManyStreams(limit=4)])
def test_what_coming_again_does_not_help(error: WalletError) -> None:
    following = Following(session(), 0, follow=True)
    following.request()
    with pytest.raises(type(error)):
        following.refused(problem(error))


def test_what_is_no_stream() -> None:
    following = Following(session(), 0, follow=True)
    following.request()
    assert following.opened(STREAM)
    assert not following.opened({"content-type": "application/json"})
    with pytest.raises(AnswerInvalid):
        following.refused(Received(200, {"content-type": "application/json"}, b"{}"))
    with pytest.raises(AnswerInvalid):
        following.take(ServerSentEvent("x", "{", "1"))
