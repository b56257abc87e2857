"""Exactly once: what a key answers the second time, and to whom."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.conftest import START
from tests.wallet_api.store.conftest import PATIENCE
from wallet_api.contract.errors import (
    InsufficientFunds,
    KeyExpired,
    KeyReused,
    NotYours,
    PinWrong,
    RateLimited,
)
from wallet_api.contract.ids import new_id
from wallet_api.contract.rules import ANSWER_LIFE
from wallet_api.store.answers import LARGEST_ANSWER, Answered, Key, once

if TYPE_CHECKING:
    from tests.wallet_api.conftest import StandingClock
    from wallet_api.contract.error_base import WalletError
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction
    from wallet_api.store.engine import Engine

#: Bytes that MessagePack writes before a text of 256 to 65,535 bytes.
MESSAGEPACK_HEADER = 3


@dataclass
class Command:
    """A use case that counts how often it acts; ``state`` is what a look at it finds now."""

    key: Key = field(default_factory=lambda: Key(new_id(START), "anna", b"pay 12.50"))
    value: str = "paid"
    state: str = "refunded since"
    refusal: WalletError | None = None
    acts: int = 0

    def __call__(self, transaction: Transaction, now: Now) -> Answered[str]:
        def act() -> str:
            self.acts += 1
            if self.refusal is not None:
                raise self.refusal
            return self.value

        return once(transaction, now, self.key, str, act, lambda: self.state)


def run(engine: Engine, command: Command) -> Answered[str]:
    return engine.submit(command).result(PATIENCE)


def stored(engine: Engine) -> list[tuple[str, bytes | None]]:
    return engine.read(
        lambda tx, _: [(row[0], row[1]) for row in tx.all("SELECT key, answer FROM answers")]
    )


def test_a_copy_gets_the_stored_answer(engine: Engine) -> None:
    command = Command()
    assert run(engine, command) == Answered("paid", replayed=False)
    assert run(engine, command) == Answered("paid", replayed=True)
    assert command.acts == 1


def test_a_key_belongs_to_its_first_request(engine: Engine) -> None:
    command = Command()
    run(engine, command)
    with pytest.raises(KeyReused):
        run(engine, Command(replace(command.key, fingerprint=b"pay 99.50")))


def test_a_key_belongs_to_its_owner(engine: Engine) -> None:
    command = Command()
    run(engine, command)
    stranger = Command(replace(command.key, owner="ben"))
    with pytest.raises(NotYours):
        run(engine, stranger)
    assert stranger.acts == 0
    assert run(engine, command).replayed


@pytest.mark.parametrize("late", [0, 1])
def test_an_unknown_key_is_taken_for_eight_days(
    engine: Engine, clock: StandingClock, late: int
) -> None:
    """The age of a key is that of its UUIDv7, in wall time."""
    clock.wall += ANSWER_LIFE * 1_000 + late
    command = Command()
    if late:
        with pytest.raises(KeyExpired):
            run(engine, command)
        assert stored(engine) == []
    else:
        assert run(engine, command).value == "paid"
    assert command.acts == 1 - late


def test_business_time_forgets_no_answer(engine: Engine, clock: StandingClock) -> None:
    command = Command()
    run(engine, command)
    clock.business += 2 * ANSWER_LIFE * 1_000
    assert run(engine, Command()) == Answered("paid", replayed=False)
    assert run(engine, command) == Answered("paid", replayed=True)


def pass_the_life(engine: Engine, clock: StandingClock) -> None:
    """Let answers grow old, and another command come by that prunes them."""
    clock.advance(ANSWER_LIFE + 1)
    run(engine, Command(Key(new_id(clock.wall), "ben", b"")))


def test_a_pruned_answer_gives_the_current_state(engine: Engine, clock: StandingClock) -> None:
    command = Command()
    run(engine, command)
    pass_the_life(engine, clock)
    assert (command.key.id, None) in stored(engine)
    assert run(engine, command) == Answered("refunded since", replayed=True)
    with pytest.raises(KeyReused):
        run(engine, Command(replace(command.key, fingerprint=b"")))
    assert command.acts == 1


def test_a_pruned_refusal_is_still_refused(engine: Engine, clock: StandingClock) -> None:
    """What was refused made nothing, so there is no current state to look at."""
    command = Command(refusal=PinWrong(tries_left=2), state="there is none")
    with pytest.raises(PinWrong):
        run(engine, command)
    pass_the_life(engine, clock)
    with pytest.raises(PinWrong) as refusal:
        run(engine, command)
    assert refusal.value.replayed
    assert command.acts == 1


def test_pruning_takes_the_oldest_and_few_at_once(engine: Engine, clock: StandingClock) -> None:
    commands = []
    for _ in range(5):
        commands.append(Command())
        run(engine, commands[-1])
        clock.advance(1)
    pass_the_life(engine, clock)
    kept = {key for key, answer in stored(engine) if answer is not None}
    assert [command.key.id in kept for command in commands] == [False, False, True, True, True]


def test_a_refusal_that_a_person_must_solve_is_kept(engine: Engine) -> None:
    command = Command(refusal=PinWrong(tries_left=2))
    with pytest.raises(PinWrong) as first:
        run(engine, command)
    with pytest.raises(PinWrong) as second:
        run(engine, command)
    assert not first.value.replayed
    assert second.value.replayed
    assert second.value.details == {"tries_left": 2}
    assert command.acts == 1


def test_a_refusal_that_time_solves_is_not_kept(engine: Engine) -> None:
    command = Command(refusal=RateLimited(retry_after=60))
    with pytest.raises(RateLimited):
        run(engine, command)
    command.refusal = None
    assert run(engine, command) == Answered("paid", replayed=False)


def test_copies_in_one_batch_act_once(engine: Engine) -> None:
    """Also when the answer is a refusal."""
    paid, refused = Command(), Command(refusal=InsufficientFunds())
    answers = [engine.submit(command) for command in (paid, refused) for _ in range(10)]
    assert [answer.result(PATIENCE).replayed for answer in answers[:10]] == [False] + [True] * 9
    errors = [answer.exception(PATIENCE) for answer in answers[10:]]
    assert {type(error) for error in errors} == {InsufficientFunds}
    assert (paid.acts, refused.acts) == (1, 1)


@pytest.mark.parametrize("spare", [0, -1])
def test_an_answer_has_one_kilobyte(engine: Engine, spare: int) -> None:
    text = "x" * (LARGEST_ANSWER - MESSAGEPACK_HEADER - spare)
    command = Command(value=text)
    if spare < 0:
        with pytest.raises(AssertionError):
            run(engine, command)
        assert stored(engine) == []
    else:
        assert run(engine, command).value == text
