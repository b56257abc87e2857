"""The engine when something fails: a bug, a refusal, a COMMIT, the disk, a listener, a caller."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from tests.wallet_api.store.conftest import (
    PATIENCE,
    TopUp,
    broken,
    held,
    journal,
    note,
    notes,
    refused,
    submit,
)
from wallet_api.contract.errors import InsufficientFunds, OutcomeUnknown, Overloaded

if TYPE_CHECKING:
    from concurrent.futures import Future

    from tests.wallet_api.store.faulty import Fate, FaultyDatabase
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction
    from wallet_api.store.engine import Engine


def test_a_bug_fails_alone(engine: Engine) -> None:
    with held(engine):
        answers: list[Future[Any]] = [
            engine.submit(note("a")),
            engine.submit(broken),
            engine.submit(refused),
        ]
        copies = [engine.submit(TopUp()) for _ in range(3)]
    assert isinstance(answers[1].exception(PATIENCE), ZeroDivisionError)
    assert isinstance(answers[2].exception(PATIENCE), InsufficientFunds)
    assert [copy.result(PATIENCE).value for copy in copies] == [1, 2, 3]
    assert notes(engine) == {"a", "refused"}
    assert len(journal(engine)) == 3


def test_what_was_refused_in_a_failed_batch_is_decided_anew(engine: Engine) -> None:
    refusals = [InsufficientFunds()]

    def refused_at_first(transaction: Transaction, now: Now) -> str:
        if refusals:
            raise refusals.pop()
        return note("decided anew")(transaction, now)

    with held(engine):
        answer = engine.submit(refused_at_first)
        engine.submit(broken)
    assert answer.result(PATIENCE) == "decided anew"
    assert notes(engine) == {"decided anew"}


def test_a_refusal_after_a_posting_is_a_bug(engine: Engine) -> None:
    def posts_and_refuses(transaction: Transaction, now: Now) -> None:
        TopUp()(transaction, now)
        raise InsufficientFunds

    error = engine.submit(posts_and_refuses).exception(PATIENCE)
    assert isinstance(error, RuntimeError)
    assert "insufficient_funds" in str(error)
    assert journal(engine) == []


def test_a_refusal_beside_another_commands_posting_is_a_refusal(engine: Engine) -> None:
    with held(engine):
        submit(engine, 1)
        answer = engine.submit(refused)
    assert isinstance(answer.exception(PATIENCE), InsufficientFunds)
    assert len(journal(engine)) == 1


@pytest.mark.parametrize("fate", ["done unheard", "not done"])
def test_a_commit_that_errors_is_looked_up(
    engine: Engine, faulty: FaultyDatabase, fate: Fate
) -> None:
    """Whether the COMMIT took effect or not: each command has exactly one effect and an answer."""
    commands = [TopUp() for _ in range(5)]
    with held(engine):
        faulty.fates.extend(["done", fate])
        answers = [engine.submit(command) for command in commands]
    answered = [answer.result(PATIENCE) for answer in answers]
    assert [one.value for one in answered] == [1, 2, 3, 4, 5]
    assert [one.replayed for one in answered] == [fate == "done unheard"] * 5
    assert journal(engine) == [command.key.id for command in commands]
    assert faulty.writers == 2


@pytest.mark.parametrize("fate", ["done unheard", "not done"])
def test_a_commit_that_errors_twice_is_unknown_for_that_command_only(
    engine: Engine, faulty: FaultyDatabase, fate: Fate
) -> None:
    commands = [TopUp() for _ in range(3)]
    with held(engine):
        faulty.fates.extend(["done", "not done", "done", fate])
        answers = [engine.submit(command) for command in commands]
    assert answers[0].result(PATIENCE).value == 1
    assert isinstance(answers[1].exception(PATIENCE), OutcomeUnknown)
    assert answers[2].result(PATIENCE).replayed is False
    again = engine.submit(commands[1]).result(PATIENCE)
    assert again.replayed is (fate == "done unheard")
    assert len(journal(engine)) == 3


def test_a_lost_database_leaves_the_batch_unknown_and_the_queue_untouched(
    engine: Engine, faulty: FaultyDatabase
) -> None:
    """The batch that was at its COMMIT may have happened; nothing behind it has."""

    def lose(_transaction: Transaction, _now: Now) -> None:
        faulty.lost = True
        faulty.fates.append("not done")
        waiting.extend(submit(engine, 3))

    waiting: list[Future[Any]] = []
    told = threading.Event()
    engine.when_lost(told.set)
    with held(engine):
        batch: list[Future[Any]] = [engine.submit(lose), *submit(engine, 2)]
    for answer in batch:
        assert isinstance(answer.exception(PATIENCE), OutcomeUnknown)
    for answer in waiting:
        assert isinstance(answer.exception(PATIENCE), Overloaded)
    with pytest.raises(Overloaded):
        engine.submit(TopUp())
    assert told.wait(PATIENCE)


def test_a_rollback_that_fails_costs_a_new_session_only(
    engine: Engine, faulty: FaultyDatabase
) -> None:
    with held(engine):
        faulty.rollback_fails = True
        answers: list[Future[Any]] = [engine.submit(broken), engine.submit(TopUp())]
    assert isinstance(answers[0].exception(PATIENCE), ZeroDivisionError)
    assert answers[1].result(PATIENCE).value == 1
    assert faulty.writers == 2


def test_a_listener_that_fails_harms_nobody(engine: Engine) -> None:
    def fail(_touched: frozenset[str]) -> None:
        raise RuntimeError("the loop is closed")

    heard: list[frozenset[str]] = []
    engine.listen(fail)
    engine.listen(heard.append)
    assert engine.submit(TopUp()).result(PATIENCE).value == 1
    assert engine.submit(TopUp()).result(PATIENCE).value == 2
    assert len(heard) == 2


def test_who_gave_up_waiting_disturbs_nobody(engine: Engine) -> None:
    with held(engine):
        answers = submit(engine, 3)
        assert answers[1].cancel()
    answers[2].result(PATIENCE)
    assert len(journal(engine)) == 3
