"""The unknown result, case by case: what a till asks, when it reverses, and what it never does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payment_codes.amount import Amount
from pos.resuming import Resumption
from pos.till import CHARGES, Till
from terminal_kit.asking import MOMENTS, Doing, Known, Reversing
from tests.simulation.person import CURRENCY
from wallet_api.contract.errors import CodeUsed, OutcomeUnknown
from wallet_api.contract.wire import Charge, ChargeRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal_kit.resuming import Outcome
    from terminal_kit.session import Standing
    from tests.simulation.stage import Stage

SALE = ChargeRequest(amount=Amount(12_50, CURRENCY))


def charge(
    request: ChargeRequest = SALE, tell: Callable[[Doing], None] = print
) -> Callable[[Standing], Charge]:
    return lambda standing: Till(standing, tell).charge(request)


def on_code(stage: Stage, minor: int = 12_50) -> ChargeRequest:
    code = stage.do(stage.wallet.play(lambda: stage.wallet.act("code", lambda w: w.payer_code())))
    return ChargeRequest(amount=Amount(minor, CURRENCY), code=code.code)


def glance(standing: Standing) -> list[Outcome]:
    return Resumption(standing, print).charges()


def everything(standing: Standing) -> list[Outcome]:
    return list(Resumption(standing, print).everything())


def lose(*fates: tuple[str, str, str]) -> Callable[[str, str], str | None]:
    """Give a script: what happens by method and beginning of the target."""

    def script(method: str, target: str) -> str | None:
        for wanted, beginning, fate in fates:
            if method == wanted and target.startswith(beginning):
                return fate
        return None

    return script


def dies_after(stage: Stage, fate: str | None) -> Callable[[str, str], str | None]:
    """Give a script: the till is killed when it has sent its first charge."""

    def script(method: str, target: str) -> str | None:
        if (method, target) != ("POST", CHARGES):
            return None
        stage.till.countdown = 1
        return fate

    return script


def is_reversed(stage: Stage) -> bool:
    return any(target.endswith("/reverse") for _, _, target in stage.sent)


def posts(stage: Stage, target: str = CHARGES) -> list[float]:
    return [at for at, method, sent in stage.sent if method == "POST" and sent == target]


def balances(stage: Stage) -> tuple[int, int]:
    """Give what the wallet and the merchant hold, in minor units."""
    owed = stage.world.owed
    return owed(stage.wallet), owed(stage.till)


def remembered(stage: Stage) -> int:
    return len(stage.till.state().read().sent)


def test_a_lost_answer_is_found_by_asking(stage: Stage) -> None:
    told: list[Doing] = []
    stage.follow(lose(("POST", CHARGES, "answer_lost")))
    found = stage.run(stage.till, charge(tell=told.append))
    assert isinstance(found, Charge)
    assert found.state == "created"
    assert len(posts(stage)) == 1
    assert stage.sent[1][1:] == ("GET", f"{CHARGES}/{found.id}")
    assert told[-1] == Known("created")
    assert remembered(stage) == 0


def test_a_lost_request_is_sent_again_with_its_key(stage: Stage) -> None:
    lost = iter(["request_lost"])
    stage.follow(lambda method, _target: next(lost, None) if method == "POST" else None)
    found = stage.run(stage.till, charge())
    assert isinstance(found, Charge)
    assert len(posts(stage)) == 2
    assert len(stage.core.read("SELECT id FROM charges")) == 1
    assert stage.sent[1][2] == f"{CHARGES}/{found.id}"


def test_a_lost_refusal_is_asked_for_too(stage: Stage) -> None:
    request = on_code(stage)
    stage.run(stage.till, charge(request))
    other = ChargeRequest(amount=Amount(1, CURRENCY), code=request.code)
    lost = iter(["answer_lost"])
    stage.follow(lambda method, _target: next(lost, None) if method == "POST" else None)
    with pytest.raises(CodeUsed):
        stage.run(stage.till, charge(other))
    assert remembered(stage) == 0


def test_the_till_asks_by_the_table_and_then_reverses_at_once(stage: Stage) -> None:
    told: list[Doing] = []
    asked: list[float] = []

    stage.world.random.random = lambda: 0.0  # type: ignore[method-assign]

    def script(method: str, target: str) -> str | None:
        if method == "GET" and not is_reversed(stage):
            asked.append(round(stage.sent[-1][0]))
        return None if is_reversed(stage) else "request_lost"

    stage.follow(script)
    found = stage.run(stage.till, charge(tell=told.append))
    assert asked == list(MOMENTS)
    (reversed_at,) = (at for at, _, target in stage.sent if target.endswith("/reverse"))
    assert round(reversed_at) == MOMENTS[-1]
    assert told[-2:] == [Reversing(), Known("closed")]
    assert isinstance(found, Charge)
    assert (found.state, found.amount) == ("closed", SALE.amount)
    assert remembered(stage) == 0


def test_a_late_creation_finds_a_tombstone(stage: Stage) -> None:
    request = on_code(stage)
    before = balances(stage)
    # Stuck for 56 seconds; a signature is accepted for 60.
    stage.world.random.random = lambda: 0.8  # type: ignore[method-assign]

    def script(method: str, target: str) -> str | None:
        if target == CHARGES:
            return "stuck"
        return "refused" if method == "GET" and not is_reversed(stage) else None

    stage.follow(script)
    found = stage.run(stage.till, charge(request))
    assert isinstance(found, Charge)
    assert found.state == "closed"
    stage.wait(30)
    assert any("arrived after" in line and "409" in line for line in stage.world.lines)
    assert balances(stage) == before


def test_a_payment_that_nobody_could_see_is_given_back(stage: Stage) -> None:
    request = on_code(stage)
    before = balances(stage)

    def script(method: str, target: str) -> str | None:
        silent = method == "GET" and not is_reversed(stage)
        return "answer_lost" if target == CHARGES or silent else None

    stage.follow(script)
    found = stage.run(stage.till, charge(request))
    assert isinstance(found, Charge)
    assert found.state == "reversed"
    assert balances(stage) == before
    assert stage.core.findings() == []


def test_a_success_after_the_loop_began_is_paid_after_all(stage: Stage) -> None:
    told: list[Doing] = []
    request = on_code(stage)
    # The first copy is stuck for 28 seconds.
    stage.world.random.random = lambda: 0.4  # type: ignore[method-assign]
    stage.follow(
        lambda method, _target: "stuck" if method == "POST" and len(posts(stage)) == 1 else None
    )
    found = stage.run(stage.till, charge(request, told.append))
    assert isinstance(found, Charge)
    assert found.state == "succeeded"
    assert told[-1] == Known("succeeded")
    # The first copy arrives later and changes nothing.
    stage.wait(30)
    assert balances(stage)[0] == 5_000_00 - 12_50


def test_what_nobody_answers_stays_unknown_until_the_next_command(stage: Stage) -> None:
    request = on_code(stage)
    stage.follow(lambda _method, _target: "answer_lost")
    with pytest.raises(OutcomeUnknown):
        stage.run(stage.till, charge(request))
    # The charge, and the intention to reverse it.
    assert remembered(stage) == 2
    fresh = on_code_without(request)
    stage.follow(lambda _method, _target: "refused")
    with pytest.raises(OutcomeUnknown):
        stage.run(stage.till, charge(fresh))
    assert CHARGES not in [target for _, _, target in stage.sent]

    stage.follow(lambda _method, _target: None)
    (outcome,) = stage.run(stage.till, glance) or []
    assert (outcome.kind, outcome.state) == ("charge", "reversed")
    assert remembered(stage) == 0
    assert balances(stage)[0] == 5_000_00


def on_code_without(request: ChargeRequest) -> ChargeRequest:
    """Give the same sale on another code, as a customer refreshes it."""
    assert request.code is not None
    return ChargeRequest(amount=request.amount, code=request.code[:-1] + "0")


def test_an_earlier_attempt_that_was_paid_is_the_answer(stage: Stage) -> None:
    request = on_code(stage)
    stage.follow(dies_after(stage, None))
    assert stage.run(stage.till, charge(request)) is None
    assert balances(stage)[0] == 5_000_00 - 12_50
    stage.follow(lambda _method, _target: None)
    again = stage.run(stage.till, charge(on_code(stage)))
    assert isinstance(again, Charge)
    assert again.state == "succeeded"
    assert posts(stage) == []
    assert balances(stage)[0] == 5_000_00 - 12_50


def test_an_earlier_attempt_that_never_arrived_is_reversed_before_a_new_one(stage: Stage) -> None:
    request = on_code(stage)
    stage.follow(dies_after(stage, "request_lost"))
    assert stage.run(stage.till, charge(request)) is None
    assert remembered(stage) == 1
    fresh = on_code(stage)
    stage.follow(lambda _method, _target: None)
    paid = stage.run(stage.till, charge(fresh))
    assert isinstance(paid, Charge)
    assert paid.state == "succeeded"
    reversals = [at for at, _, target in stage.sent if target.endswith("/reverse")]
    assert len(reversals) == len(posts(stage)) == 1
    assert reversals[0] >= 40
    assert balances(stage)[0] == 5_000_00 - 12_50


def test_a_glance_reverses_only_when_the_window_is_over(stage: Stage) -> None:
    stage.follow(dies_after(stage, "request_lost"))
    assert stage.run(stage.till, charge()) is None
    stage.follow(lambda _method, _target: None)
    (early,) = stage.run(stage.till, glance) or []
    assert (early.state, remembered(stage)) == ("unknown", 1)
    stage.wait(MOMENTS[-1])
    (late,) = stage.run(stage.till, glance) or []
    assert (late.state, remembered(stage)) == ("closed", 0)


def test_a_reversal_that_lost_its_answer_is_finished_with_its_own_key(stage: Stage) -> None:
    paid = stage.run(stage.till, charge(on_code(stage)))
    assert isinstance(paid, Charge)
    stage.follow(lose(("POST", f"{CHARGES}/", "answer_lost")))
    with pytest.raises(OutcomeUnknown):
        stage.run(stage.till, lambda standing: Till(standing).reverse(paid.id))
    stage.follow(lambda _method, _target: None)
    (outcome,) = stage.run(stage.till, everything) or []
    assert (outcome.id, outcome.kind, outcome.state) == (paid.id, "reverse", "reversed")
    assert balances(stage)[0] == 5_000_00
    keys = stage.core.read("SELECT key FROM answers WHERE owner = ?", stage.till.id)
    assert len(keys) == 3  # The merchant's opening, the charge and one reversal.


def test_a_refund_without_an_answer_is_asked_for_and_never_made_twice(stage: Stage) -> None:
    paid = stage.run(stage.till, charge(on_code(stage)))
    assert isinstance(paid, Charge)

    def refund(standing: Standing) -> object:
        return Till(standing).refund(paid.id, Amount(2_50, CURRENCY), None)

    for fate, state in (("answer_lost", "succeeded"), ("request_lost", "never_arrived")):
        stage.follow(lose(("POST", f"{CHARGES}/", fate)))
        with pytest.raises(OutcomeUnknown):
            stage.run(stage.till, refund)
        stage.follow(lambda _method, _target: None)
        (outcome,) = stage.run(stage.till, everything) or []
        assert (outcome.kind, outcome.state) == ("refund", state)
        assert remembered(stage) == 0
    assert balances(stage)[0] == 5_000_00 - 10_00


def test_a_charge_left_open_is_looked_after_until_its_end_is_told(stage: Stage) -> None:
    def wait_a_little(standing: Standing) -> Charge:
        till = Till(standing)
        return till.wait(till.charge(SALE), 5)

    left = stage.run(stage.till, wait_a_little)
    assert isinstance(left, Charge)
    assert left.state == "created"
    assert stage.run(stage.till, glance) == []
    stage.wait(300)
    # Whoever is killed before the output has told nobody: connect, ask, and the output is next.
    assert stage.run(stage.till, glance, dies_at=3) is None
    (outcome,) = stage.run(stage.till, glance) or []
    assert (outcome.id, outcome.state) == (left.id, "closed")
    assert stage.run(stage.till, glance) == []


def test_nothing_but_an_answer_ends_a_wait(stage: Stage) -> None:
    def wait_for_it(standing: Standing) -> Charge:
        till = Till(standing)
        return till.wait(till.charge(SALE), 120)

    # A copy that overtakes its original makes that one a replayed signature.
    stage.follow(lambda method, _target: "doubled" if method == "GET" else None)
    left = stage.run(stage.till, wait_for_it)
    assert isinstance(left, Charge)
    assert left.state == "created"


def test_a_request_that_can_only_be_repeated_is_named_and_kept(stage: Stage) -> None:
    def command(standing: Standing) -> None:
        standing.send("/v1/webhooks", {"url": "https://shop.example"}, dict)

    stage.follow(lambda method, _target: "request_lost" if method == "POST" else None)
    with pytest.raises(OutcomeUnknown):
        stage.run(stage.till, command)
    stage.follow(lambda _method, _target: None)
    for _ in range(2):
        (outcome,) = stage.run(stage.till, everything) or []
        assert (outcome.kind, outcome.state, outcome.known) == ("webhook", "repeat", False)
    assert stage.sent == []


def test_a_shift_whose_close_was_lost_is_asked_for(stage: Stage) -> None:
    def open_shift(standing: Standing) -> str:
        money = {"minor": 0, "currency": CURRENCY}
        return str(standing.send("/v1/shifts", {"cash_float": money}, dict)["id"])

    shift = stage.run(stage.till, open_shift)
    stage.follow(lambda method, _target: "answer_lost" if method == "POST" else None)
    with pytest.raises(OutcomeUnknown):
        stage.run(stage.till, lambda standing: standing.send(f"/v1/shifts/{shift}/close", {}, dict))
    stage.follow(lambda _method, _target: None)
    (outcome,) = stage.run(stage.till, everything) or []
    assert (outcome.kind, outcome.state) == ("close", "closed")
