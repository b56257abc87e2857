"""The unknown result of a wallet: asked for by its id, never guessed, never paid twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payment_codes.amount import Amount
from terminal_kit.asking import MOMENTS, Known
from terminal_kit.resuming import DEAD_SECONDS
from tests.simulation.person import CURRENCY
from tests.simulation.shopper import PIN, WRONG_PIN
from wallet_api.contract.errors import ChargeClosed, OutcomeUnknown, PinWrong
from wallet_api.contract.wire import Charge, ChargeRequest, Payment
from wallet_cli.resuming import Resumption
from wallet_cli.wallet import PAYMENTS, Wallet

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal_kit.asking import Doing
    from terminal_kit.resuming import Outcome
    from terminal_kit.session import Standing
    from tests.simulation.network import Script
    from tests.simulation.stage import Stage

SMALL, LARGE = 12_50, 1_200_00


def shown(stage: Stage, minor: int = SMALL, life: int = 300) -> str:
    request = ChargeRequest(amount=Amount(minor, CURRENCY), expires_in=life)
    charge = stage.do(
        stage.till.play(lambda: stage.till.act("charge", lambda till: till.charge(request)))
    )
    assert isinstance(charge, Charge)
    assert charge.payload is not None
    return charge.payload


def pay(
    payload: str, pin: str | None = None, tell: Callable[[Doing], None] = print
) -> Callable[[Standing], Payment]:
    def command(standing: Standing) -> Payment:
        wallet = Wallet(standing, tell)
        payment = wallet.pay(wallet.resolve(payload))
        return payment if pin is None else wallet.confirm(payment, pin)

    return command


def everything(standing: Standing) -> list[Outcome]:
    return list(Resumption(standing, print).everything())


def fate_of(target: str, *fates: str) -> Script:
    """Give a script: what happens to the first POSTs there; everything else arrives."""
    left = iter(fates)
    return lambda method, to: next(left, None) if (method, to) == ("POST", target) else None


def posts(stage: Stage) -> int:
    return sum((method, target) == ("POST", PAYMENTS) for _, method, target in stage.sent)


def balance(stage: Stage) -> int:
    return stage.world.owed(stage.wallet)


@pytest.mark.parametrize(("fate", "sent"), [("answer_lost", 1), ("request_lost", 2)])
def test_a_payment_is_asked_for_by_its_id(stage: Stage, fate: str, sent: int) -> None:
    told: list[Doing] = []
    payload = shown(stage)
    stage.follow(fate_of(PAYMENTS, fate))
    paid = stage.run(stage.wallet, pay(payload, tell=told.append))
    assert isinstance(paid, Payment)
    assert paid.state == "succeeded"
    assert posts(stage) == sent
    assert ("GET", f"{PAYMENTS}/{paid.id}") in [line[1:] for line in stage.sent]
    assert told[-1] == Known("succeeded")
    assert balance(stage) == 5_000_00 - SMALL


def test_a_confirmation_is_found_in_its_payment(stage: Stage) -> None:
    payload = shown(stage, LARGE)
    stage.follow(lambda _method, target: "answer_lost" if target.endswith("/confirm") else None)
    paid = stage.run(stage.wallet, pay(payload, PIN))
    assert isinstance(paid, Payment)
    assert paid.state == "succeeded"
    assert balance(stage) == 5_000_00 - LARGE


def test_a_wrong_pin_whose_answer_was_lost_is_one_try(stage: Stage) -> None:
    payload = shown(stage, LARGE)
    lost = iter(["answer_lost"])
    stage.follow(lambda _method, target: next(lost, None) if target.endswith("/confirm") else None)
    with pytest.raises(PinWrong) as refused:
        stage.run(stage.wallet, pay(payload, WRONG_PIN))
    assert refused.value.details == {"tries_left": 2}
    assert balance(stage) == 5_000_00


def test_who_pays_again_goes_on_with_the_same_payment(stage: Stage) -> None:
    payload = shown(stage)
    stage.follow(lambda _method, target: "answer_lost" if target.startswith(PAYMENTS) else None)
    with pytest.raises(OutcomeUnknown):
        stage.run(stage.wallet, pay(payload))
    assert stage.sent[-1][0] >= MOMENTS[-1]
    stage.follow(lambda _method, _target: None)
    paid = stage.run(stage.wallet, pay(payload))
    assert isinstance(paid, Payment)
    assert (paid.state, posts(stage)) == ("succeeded", 0)
    assert balance(stage) == 5_000_00 - SMALL


def test_a_service_that_is_away_decides_nothing(stage: Stage) -> None:
    payload = shown(stage)
    stage.follow(lambda _method, target: "answer_lost" if target.startswith(PAYMENTS) else None)
    with pytest.raises(OutcomeUnknown):
        stage.run(stage.wallet, pay(payload))
    stage.follow(lambda _method, target: "refused" if target.startswith(PAYMENTS) else None)
    with pytest.raises(OutcomeUnknown):
        stage.run(stage.wallet, pay(payload))
    assert len(stage.wallet.state().read().sent) == 1


def test_a_payment_that_never_arrived_is_known_to_be_none(stage: Stage) -> None:
    payload = shown(stage)
    stage.follow(lambda _method, target: "request_lost" if target.startswith(PAYMENTS) else None)
    with pytest.raises(OutcomeUnknown):
        stage.run(stage.wallet, pay(payload))
    stage.follow(lambda _method, _target: None)
    start = stage.clock.seconds
    (outcome,) = stage.run(stage.wallet, everything) or []
    assert (outcome.kind, outcome.state) == ("payment", "never_arrived")
    # Until no copy can be accepted any more, it is only unknown.
    assert DEAD_SECONDS - 60 <= stage.clock.seconds - start <= DEAD_SECONDS
    assert stage.run(stage.wallet, everything) == []
    assert balance(stage) == 5_000_00


def test_a_payment_that_comes_too_late_is_refused(stage: Stage) -> None:
    payload = shown(stage, life=20)
    # The first copy is stuck for 28 seconds, and nobody hears of it.
    stage.world.random.random = lambda: 0.4  # type: ignore[method-assign]
    stage.follow(
        lambda method, target: (
            None
            if not target.startswith(PAYMENTS)
            else ("stuck" if method == "POST" else "request_lost")
        )
    )
    with pytest.raises(OutcomeUnknown):
        stage.run(stage.wallet, pay(payload))
    stage.follow(lambda _method, _target: None)
    with pytest.raises(ChargeClosed):
        stage.run(stage.wallet, pay(payload))
    assert balance(stage) == 5_000_00
    assert stage.core.findings() == []
