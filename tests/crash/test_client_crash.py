"""kill -9 of a wallet or a till at each step of a command: asked again, it has acted once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from wallet_api.contract.wire import ChargeRequest

if TYPE_CHECKING:
    from tests.crash.shop import Shop


def new_charge(shop: Shop, minor: int) -> str:
    payload = shop.till.charge(ChargeRequest(amount=Amount(minor, "CNY"))).payload
    shop.sessions[0].state.forget_answered()
    assert payload is not None
    return payload


def test_a_payment_is_made_once(shop: Shop) -> None:
    payloads: list[str] = []

    def words(step: int) -> list[str]:
        shop.come_in(step)
        payloads.append(new_charge(shop, step))
        return [*shop.of_wallet, "pay", payloads[-1], "--yes"]

    for step, dead in shop.nursery.deaths([], words):
        if not dead.out:
            shop.nursery.told(*shop.of_wallet, "pay", payloads[-1], "--yes")
        shop.left -= step
        assert shop.balance() == shop.left, f"killed at step {step}"


def test_a_refund_is_made_once(shop: Shop) -> None:
    charge = shop.wallet.pay(shop.wallet.resolve(new_charge(shop, 50_00))).charge
    refunded = 0

    def words(step: int) -> list[str]:
        return ["pos", "refund", charge, "--amount", f"0.{step:02d}"]

    for step, dead in shop.nursery.deaths([], words):
        if not dead.out:
            shop.nursery.told(*words(step))
        elif dead.code < 0:
            # It was told, but that it was told is not written down.
            shop.nursery.told("pos", "resume")
        refunded += step
        now = shop.till.show(charge).refunded
        assert now is not None
        assert now.minor == refunded, f"killed at step {step}"
