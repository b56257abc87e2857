"""A request keeps its key until whoever asked has been told, whichever process asks again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal_kit.device_state import CLAIMS_NAME, MOST_SENT, DeviceState
from wallet_api.contract.errors import InsufficientFunds, OutcomeUnknown, ServiceUnreachable
from wallet_api.contract.ids import id_milliseconds, new_id
from wallet_api.contract.rules import ANSWER_LIFE

if TYPE_CHECKING:
    from pathlib import Path

REFUND = ("/v1/charges/1/refunds", {"amount": 250})
OTHER = ("/v1/charges/1/refunds", {"amount": 251})


RUNNING: list[DeviceState] = []


def process(folder: Path) -> DeviceState:
    """Give the state as a new process sees it, after all earlier ones have ended."""
    while RUNNING:
        RUNNING.pop().close()
    return beside(folder)


def beside(folder: Path) -> DeviceState:
    """Give the state as one more process sees it while others run."""
    state = DeviceState(folder, b"k" * 32)
    RUNNING.append(state)
    return state


def ask(state: DeviceState, request: tuple[str, object] = REFUND) -> str:
    """Give the key that a request is answered under."""
    return state.exactly_once(*request, lambda key: key, lambda: None)


def lose(state: DeviceState, request: tuple[str, object] = REFUND) -> str:
    """Give the key of a request that was sent and had no answer."""
    keys = []

    def act(key: str) -> None:
        keys.append(key)
        raise OutcomeUnknown

    with pytest.raises(OutcomeUnknown):
        state.exactly_once(*request, act, lambda: None)
    return keys[0]


def test_a_request_without_an_answer_is_sent_again_with_its_key(tmp_path: Path) -> None:
    key = lose(process(tmp_path))
    assert lose(process(tmp_path)) == key
    assert ask(process(tmp_path), OTHER) != key
    assert ask(process(tmp_path)) == key


def test_an_answer_that_nobody_was_told_is_asked_for_again(tmp_path: Path) -> None:
    key = ask(process(tmp_path))
    assert process(tmp_path).is_sent(*REFUND)
    assert ask(process(tmp_path)) == key


def test_what_was_told_is_a_new_request_when_asked_again(tmp_path: Path) -> None:
    state = process(tmp_path)
    key = ask(state)
    state.forget_answered()
    assert not process(tmp_path).is_sent(*REFUND)
    assert ask(process(tmp_path)) != key


def test_one_process_may_ask_for_the_same_thing_twice(tmp_path: Path) -> None:
    state = process(tmp_path)
    assert ask(state) != ask(state)
    state.forget_answered()
    assert state.read().sent == []


def test_two_commands_at_the_same_time_are_two_requests(tmp_path: Path) -> None:
    running, other = process(tmp_path), beside(tmp_path)
    key = ask(running)
    other_key = ask(other)
    assert other_key != key
    running.forget_answered()
    other.forget_answered()
    assert process(tmp_path).read().sent == []
    assert list((tmp_path / CLAIMS_NAME).iterdir()) == []


def test_who_repeats_a_request_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    lose(process(tmp_path))
    process(tmp_path).exactly_once(*REFUND, lambda key: key, lambda: told.append("again"))
    process(tmp_path).exactly_once(*OTHER, lambda key: key, lambda: told.append("no"))
    assert told == ["again"]


def test_a_refusal_is_not_asked_for_again(tmp_path: Path) -> None:
    def refuse(_key: str) -> None:
        raise InsufficientFunds

    with pytest.raises(InsufficientFunds):
        process(tmp_path).exactly_once(*REFUND, refuse, lambda: None)
    assert process(tmp_path).read().sent == []


def test_the_key_is_on_disk_before_the_request_is_sent(tmp_path: Path) -> None:
    def act(key: str) -> None:
        assert [sent.key for sent in beside(tmp_path).read().sent] == [key]

    process(tmp_path).exactly_once(*REFUND, act, lambda: None)


def test_requests_beyond_their_answers_life_or_number_are_dropped(tmp_path: Path) -> None:
    state = process(tmp_path)
    lose(state)
    now = id_milliseconds(new_id())
    with state.change() as remembered:
        old = remembered.sent[0]
        remembered.sent[0] = type(old)(
            key=new_id(now - ANSWER_LIFE * 1_000 - 1), path=old.path, asked=old.asked
        )
    assert lose(process(tmp_path)) != remembered.sent[0].key
    for number in range(MOST_SENT + 5):
        lose(state, ("/v1/charges", {"amount": number}))
    assert len(state.read().sent) == MOST_SENT + 1


def test_nothing_that_was_asked_is_readable_on_disk(tmp_path: Path) -> None:
    lose(process(tmp_path), ("/v1/charges", {"note": "for my secret friend"}))
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert b"TWSEAL" in content
    assert b"secret friend" not in content
    assert b"/v1/charges" not in content


def test_a_service_that_is_away_does_not_decide_an_earlier_request(tmp_path: Path) -> None:
    key = lose(process(tmp_path))

    def unreachable(_key: str) -> None:
        raise ServiceUnreachable

    with pytest.raises(OutcomeUnknown):
        process(tmp_path).exactly_once(*REFUND, unreachable, lambda: None)
    assert ask(process(tmp_path)) == key


def test_a_new_request_that_was_never_sent_is_forgotten(tmp_path: Path) -> None:
    def unreachable(_key: str) -> None:
        raise ServiceUnreachable

    with pytest.raises(ServiceUnreachable):
        process(tmp_path).exactly_once(*REFUND, unreachable, lambda: None)
    assert process(tmp_path).read().sent == []


def test_a_refusal_leaves_what_was_answered_before_it(tmp_path: Path) -> None:
    state = process(tmp_path)
    key = ask(state)

    def refuse(_key: str) -> None:
        raise InsufficientFunds

    with pytest.raises(InsufficientFunds):
        state.exactly_once(*OTHER, refuse, lambda: None)
    state.keep_answered()
    assert [sent.key for sent in process(tmp_path).unfinished()] == [key]


def test_only_one_process_takes_over_what_is_unfinished(tmp_path: Path) -> None:
    keys = [lose(process(tmp_path)), lose(process(tmp_path), OTHER)]
    state = process(tmp_path)
    assert [sent.key for sent in state.unfinished()] == keys
    assert beside(tmp_path).unfinished() == []
    state.settle(keys[0])
    assert [state.lacks_outcome(key) for key in keys] == [False, True]
    state.forget_answered()
    assert [sent.key for sent in process(tmp_path).unfinished()] == keys[1:]


def test_an_open_charge_is_kept_until_somebody_was_told_its_end(tmp_path: Path) -> None:
    state = process(tmp_path)
    state.watch("charge", is_open=True)
    state.watch("charge", is_open=True)
    assert process(tmp_path).read().open == ["charge"]
    state = process(tmp_path)
    state.watch("charge", is_open=False)
    assert process(tmp_path).read().open == ["charge"]
    state.forget_answered()
    assert process(tmp_path).read().open == []
    assert not process(tmp_path).has_unfinished()
