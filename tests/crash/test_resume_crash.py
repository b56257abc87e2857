"""kill -9 at each step of the loop after a lost answer: whoever resumes ends with the truth."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from payment_codes.amount import Amount
from wallet_api.contract.error_base import Exit
from wallet_api.contract.wire import ChargeRequest

if TYPE_CHECKING:
    from tests.crash.shop import Lost, Shop

CHARGES, PAYMENTS = "/v1/charges", "/v1/payments"
#: Only the creation's answer is lost; or that of every question too, so that the till reverses.
NO_ANSWER: Lost = [("POST", CHARGES, "answer")]
SILENCE: Lost = [("POST", f"{CHARGES}/", ""), *NO_ANSWER, ("GET", f"{CHARGES}/", "request")]
#: Nor is the reversal answered.
NEVER_ANSWERED: Lost = [*NO_ANSWER, ("GET", f"{CHARGES}/", "request")]


@pytest.mark.parametrize("lost", [NO_ANSWER, SILENCE], ids=["paid after all", "reversed"])
def test_whoever_resumes_a_charge_hears_the_truth(shop: Shop, lost: Lost) -> None:
    def words(step: int) -> list[str]:
        shop.come_in(step)
        return ["pos", "charge", f"0.{step:02d}", "--code", shop.wallet.payer_code().code]

    for step, ending in shop.nursery.deaths(lost, words):
        resumed = shop.nursery.told("pos", "resume")["items"]
        said = [json.loads(ending.out)] if ending.out else resumed
        for one in said:
            assert one["state"] == shop.till.show(one["id"]).state, f"killed at step {step}"
        if "succeeded" in [one["state"] for one in said]:
            shop.left -= step
        assert shop.balance() == shop.left, f"killed at step {step}"
        assert shop.unfinished() == [], f"killed at step {step}"


def test_a_resume_that_dies_is_resumed(shop: Shop) -> None:
    def words(step: int) -> list[str]:
        shop.come_in(step)
        charge = ("charge", f"0.{step:02d}", "--code", shop.wallet.payer_code().code)
        unknown = shop.nursery.run("pos", *charge, lost=NEVER_ANSWERED)
        assert unknown.code == Exit.UNKNOWN, unknown
        return ["pos", "resume"]

    for step, ending in shop.nursery.deaths([], words):
        again = shop.nursery.told("pos", "resume")["items"]
        said = json.loads(ending.out)["items"] if ending.out else again
        assert "reversed" in [one["state"] for one in said], f"killed at step {step}: {said}"
        assert shop.balance() == shop.left, f"killed at step {step}"
        assert shop.unfinished() == [], f"killed at step {step}"


def test_whoever_pays_again_or_resumes_pays_once(shop: Shop) -> None:
    payloads: list[str] = []

    def pay(payload: str) -> list[str]:
        return [*shop.of_wallet, "pay", payload, "--yes"]

    def words(step: int) -> list[str]:
        shop.come_in(step)
        charge = shop.till.charge(ChargeRequest(amount=Amount(step, "CNY")))
        shop.sessions[0].state.forget_answered()
        assert charge.payload is not None
        payloads.append(charge.payload)
        return pay(charge.payload)

    for step, ending in shop.nursery.deaths([("POST", PAYMENTS, "answer")], words):
        if not ending.out:
            resumed = shop.nursery.told(*shop.of_wallet, "resume")["items"] if step % 2 else []
            again = shop.nursery.run(*pay(payloads[-1]))
            paid = "succeeded" in [one["state"] for one in resumed]
            assert again.code == (Exit.REFUSED if paid else Exit.DONE), f"{step}: {again}"
            assert not paid or "already_paid" in again.out
        elif ending.code < 0:
            shop.nursery.told(*shop.of_wallet, "resume")
        shop.left -= step
        assert shop.balance() == shop.left, f"killed at step {step}"
        assert shop.unfinished() == [], f"killed at step {step}"
