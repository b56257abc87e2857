"""The simulated bank: another party that forgets nothing, and fails exactly as it is told."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from payment_codes.amount import Amount
from wallet_api.service.bank import BankSilentError, Instruction, Reply
from wallet_api.service.simulated_bank import SimulatedBank, statement_of

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path
    from typing import Any

    from tests.wallet_api.conftest import StandingClock
    from wallet_api.banking.notices import Notice

EVER = 2**62


def run(work: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 - whatever the bank answers
    return asyncio.run(work)


def order(key: str, minor: int = 100) -> Instruction:
    return Instruction(key, "top_up", minor, "CNY")


@pytest.fixture
def bank(clock: StandingClock) -> SimulatedBank:
    return SimulatedBank(clock)


def moved(bank: SimulatedBank) -> list[tuple[str, int]]:
    return [(one.key, one.minor) for one in run(bank.statement(EVER))]


def said(bank: SimulatedBank) -> list[Notice]:
    return list(run(bank.notices()))


def test_it_moves_a_key_once_and_refuses_it_on_other_terms(bank: SimulatedBank) -> None:
    assert [run(bank.debit(order("a"))) for _ in range(3)] == [Reply(paid=True)] * 3
    assert run(bank.debit(order("a", 101))) == Reply(paid=False)
    assert run(bank.credit(order("b", 30))) == Reply(paid=True)
    assert moved(bank) == [("a", 100), ("b", -30)]


def test_it_remembers_when_its_process_was_killed(clock: StandingClock, tmp_path: Path) -> None:
    path = tmp_path / "bank"
    bank = SimulatedBank(clock, path)
    bank.plan("debit", "never", 1, 0)
    with pytest.raises(BankSilentError):
        run(bank.debit(order("a")))
    run(bank.credit(order("b", 30)))
    del bank  # Without closing it.
    again = SimulatedBank(clock, path)
    assert run(again.credit(order("b", 30))) == Reply(paid=True)
    assert moved(again) == [("a", 100), ("b", -30)]
    assert statement_of(path, EVER) == run(again.statement(EVER))
    assert path.stat().st_mode & 0o077 == 0
    again.close()


def test_late_moves_at_once_and_answers_later(bank: SimulatedBank, clock: StandingClock) -> None:
    bank.plan("debit", "late", 1, 30)
    for _ in range(2):
        with pytest.raises(BankSilentError) as silence:
            run(bank.debit(order("a")))
        assert silence.value.simulated == "bank:late"
    assert moved(bank) == [("a", 100)]
    clock.advance(30)
    assert run(bank.debit(order("a"))) == Reply(paid=True, simulated="bank:late")
    assert run(bank.debit(order("b"))) == Reply(paid=True)


def test_never_is_silent_until_it_is_told_otherwise(
    bank: SimulatedBank, clock: StandingClock
) -> None:
    bank.plan("credit", "never", 5, 0)
    with pytest.raises(BankSilentError):
        run(bank.credit(order("a")))
    clock.advance(10**6)
    with pytest.raises(BankSilentError):
        run(bank.credit(order("a")))
    bank.answer_all()
    notices = said(bank)
    assert [(one.kind, one.key, one.paid, one.simulated) for one in notices] == [
        ("answer", "a", True, "bank:never")
    ]
    assert run(bank.credit(order("a"))).paid
    assert run(bank.credit(order("b"))) == Reply(paid=True)


def test_twice_says_its_answer_again_until_it_is_heard(bank: SimulatedBank) -> None:
    bank.plan("debit", "twice", 1, 0)
    assert run(bank.debit(order("a"))) == Reply(paid=True, simulated="bank:twice")
    first = said(bank)
    assert [one.kind for one in first] == ["answer"]
    assert said(bank) == first
    run(bank.acknowledge(first[0].id))
    assert said(bank) == []


def test_what_it_refuses_it_does_not_move(bank: SimulatedBank) -> None:
    bank.plan("debit", "refuse", 2, 0)
    replies = [run(bank.debit(order(key))) for key in ("a", "b", "c")]
    assert [reply.paid for reply in replies] == [False, False, True]
    assert [reply.simulated for reply in replies] == ["bank:refuse", "bank:refuse", None]
    assert moved(bank) == [("c", 100)]
    assert run(bank.debit(order("a"))) == Reply(paid=False, simulated="bank:refuse")


def test_what_it_takes_back_is_gone_when_it_says_so(
    bank: SimulatedBank, clock: StandingClock
) -> None:
    bank.plan("debit", "take_back", 1, 60)
    assert run(bank.debit(order("a"))).paid
    assert said(bank) == []
    assert moved(bank) == [("a", 100)]
    clock.advance(60)
    for _ in range(2):
        assert [(one.kind, one.key) for one in said(bank)] == [("taken_back", "a")]
    assert moved(bank) == [("a", 100), ("a", -100)]


def test_a_stray_is_money_with_a_reference_of_the_banks_own(bank: SimulatedBank) -> None:
    key = bank.stray(Amount(77, "EUR"))
    notice = said(bank)[0]
    assert (notice.kind, notice.key, notice.minor, notice.currency) == ("incoming", key, 77, "EUR")
    assert moved(bank) == [(key, 77)]
