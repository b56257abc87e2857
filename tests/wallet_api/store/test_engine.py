"""The engine: one COMMIT for whatever waits, and answers only after it."""

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
from wallet_api.contract.errors import InsufficientFunds, Overloaded
from wallet_api.store.engine import BATCH_LIMIT, Engine

if TYPE_CHECKING:
    from concurrent.futures import Future

    from tests.wallet_api.conftest import StandingClock
    from tests.wallet_api.store.faulty import FaultyDatabase
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


def test_whatever_waits_shares_one_commit(engine: Engine, faulty: FaultyDatabase) -> None:
    with held(engine):
        before = faulty.commits
        answers = submit(engine, 50)
    assert len({answer.result(PATIENCE) for answer in answers}) == 50
    assert faulty.commits - before == 2  # That of the held command, and one for all fifty.


def test_a_lone_command_does_not_wait_for_company(engine: Engine, faulty: FaultyDatabase) -> None:
    engine.submit(TopUp()).result(PATIENCE)
    engine.submit(TopUp()).result(PATIENCE)
    assert faulty.commits == 2


def test_a_batch_is_bounded(engine: Engine, faulty: FaultyDatabase) -> None:
    with held(engine):
        before = faulty.commits
        answers: list[Future[Any]] = [
            engine.submit(lambda _tx, _now: None) for _ in range(BATCH_LIMIT + 1)
        ]
    for answer in answers:
        answer.result(PATIENCE)
    assert faulty.commits - before == 3


def test_a_batch_has_one_moment(engine: Engine, clock: StandingClock) -> None:
    def tick(_transaction: Transaction, now: Now) -> int:
        clock.advance(1)
        return now.business

    with held(engine):
        answers: list[Future[Any]] = [engine.submit(tick) for _ in range(3)]
    assert len({answer.result(PATIENCE) for answer in answers}) == 1


def test_nobody_is_answered_before_commit(engine: Engine, faulty: FaultyDatabase) -> None:
    done: list[bool] = []

    def look(_transaction: Transaction, _now: Now) -> None:
        done.append(first.done())

    with held(engine):
        first = engine.submit(TopUp())
        second = engine.submit(look)
    second.result(PATIENCE)
    assert done == [False]


def test_a_refusal_commits_with_the_batch_and_keeps_its_writes(
    engine: Engine, faulty: FaultyDatabase
) -> None:
    with held(engine):
        before = faulty.commits
        answers: list[Future[Any]] = [
            engine.submit(note("a")),
            engine.submit(refused),
            engine.submit(note("b")),
        ]
    assert isinstance(answers[1].exception(PATIENCE), InsufficientFunds)
    assert [answers[0].result(PATIENCE), answers[2].result(PATIENCE)] == ["a", "b"]
    assert notes(engine) == {"a", "b", "refused"}
    assert faulty.commits - before == 2


def test_a_full_queue_refuses_and_nothing_happens(
    faulty: FaultyDatabase, clock: StandingClock
) -> None:
    engine = Engine(faulty, clock, queue_limit=2)
    with held(engine):
        answers = submit(engine, 2)
        with pytest.raises(Overloaded):
            engine.submit(note("too much"))
    for answer in answers:
        answer.result(PATIENCE)
    assert notes(engine) == set()
    assert engine.submit(note("room again")).result(PATIENCE) == "room again"
    engine.close()


def test_close_finishes_what_is_queued(faulty: FaultyDatabase, clock: StandingClock) -> None:
    engine = Engine(faulty, clock)
    with held(engine):
        answers = submit(engine, 20)
        closing = threading.Thread(target=engine.close)
        closing.start()
    closing.join(PATIENCE)
    assert [answer.done() for answer in answers] == [True] * 20
    with pytest.raises(Overloaded):
        engine.submit(note("late"))
    again = Engine(faulty, clock)
    assert len(journal(again)) == 20
    again.close()


def test_readers_see_committed_data_only(engine: Engine) -> None:
    def write_and_look(transaction: Transaction, now: Now) -> set[str]:
        note("mine")(transaction, now)
        return notes(engine)

    assert engine.submit(write_and_look).result(PATIENCE) == set()
    assert notes(engine) == {"mine"}


def test_a_reader_stays_on_its_snapshot(engine: Engine) -> None:
    def look(transaction: Transaction, _now: Now) -> tuple[int, int]:
        count = "SELECT COUNT(*) FROM journal"
        before = transaction.one(count)
        engine.submit(TopUp()).result(PATIENCE)
        after = transaction.one(count)
        assert before is not None
        assert after is not None
        return before[0], after[0]

    assert engine.read(look) == (0, 0)


def test_listeners_learn_of_touched_ids_after_commit(engine: Engine) -> None:
    """Even when the batch had to run again: an id is told when it is there, and once."""
    heard: list[tuple[str, bool]] = []
    engine.listen(
        lambda touched: heard.extend((one, one in journal(engine)) for one in sorted(touched))
    )
    commands = [TopUp(), TopUp()]
    with held(engine):
        answers: list[Future[Any]] = [engine.submit(command) for command in commands]
        answers.append(engine.submit(broken))
    assert isinstance(answers[2].exception(PATIENCE), ZeroDivisionError)
    assert sorted(heard) == sorted((command.key.id, True) for command in commands)
