"""The PIN in payments: tries counted per customer, three wrong ones lock, a right one resets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.checkout.town import PIN, WRONG_PIN
from wallet_api.checkout.charges import create_charge
from wallet_api.checkout.payments import confirm, pay
from wallet_api.contract.errors import PinLocked, PinNotSet, PinWrong

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Shop, Town, Wallet

BIG = 250_000


def waiting(town: Town, wallet: Wallet, shop: Shop, *, on_code: bool = False) -> str:
    """Give a payment that waits for the PIN."""
    code = town.show(wallet) if on_code else None
    charge = town.run(create_charge, town.charge(shop, BIG, code=code)).value
    return charge.id if on_code else town.run(pay, town.pay(wallet, charge.id)).value.id


def attempt(town: Town, wallet: Wallet, payment: str, pin: str) -> object:
    """Give the tries left, locked, or the payment's state after a try."""
    try:
        return town.run(confirm, town.confirm(wallet, payment, pin)).value.state.value
    except PinWrong as refusal:
        return refusal.details["tries_left"]
    except PinLocked:
        return "locked"


@pytest.mark.parametrize("on_code", [False, True])
def test_the_third_wrong_try_locks(town: Town, *, on_code: bool) -> None:
    wallet, shop = town.wallet(BIG), town.shop()
    payment = waiting(town, wallet, shop, on_code=on_code)
    charge = town.payment_row(payment).charge
    assert attempt(town, wallet, payment, WRONG_PIN) == 2
    assert attempt(town, wallet, payment, WRONG_PIN) == 1
    assert town.charge_view(shop, charge).state == ("awaiting_payer" if on_code else "created")
    assert attempt(town, wallet, payment, WRONG_PIN) == "locked"
    view = town.payment_view(wallet, payment)
    assert (view.state, view.reason) == ("failed", "pin_locked")
    assert town.charge_view(shop, charge).state == ("failed" if on_code else "created")
    assert town.balance(wallet) == BIG


@pytest.mark.parametrize("on_code", [False, True])
def test_a_locked_pin_refuses_the_right_one_but_not_small_payments(
    town: Town, *, on_code: bool
) -> None:
    wallet, shop = town.wallet(2 * BIG), town.shop()
    early = waiting(town, wallet, shop, on_code=on_code)
    for _ in range(3):
        attempt(town, wallet, waiting(town, wallet, shop), WRONG_PIN)
    assert attempt(town, wallet, early, PIN) == "locked"
    assert town.payment_view(wallet, early).state == "failed"
    if on_code:
        code = town.show(wallet)
        late = town.run(create_charge, town.charge(shop, BIG, code=code)).value
        assert (late.state, late.reason) == ("failed", "pin_locked")
    else:
        charge = town.run(create_charge, town.charge(shop, BIG)).value
        assert isinstance(town.refusal(pay, town.pay(wallet, charge.id)), PinLocked)
    town.buy(wallet, shop, 100_000)
    assert town.balance(wallet) == 2 * BIG - 100_000


def test_tries_count_per_customer_across_payments(town: Town) -> None:
    wallet, shop = town.wallet(3 * BIG), town.shop()
    payments = [waiting(town, wallet, shop) for _ in range(3)]
    tries = [attempt(town, wallet, payment, WRONG_PIN) for payment in payments]
    assert tries == [2, 1, "locked"]
    assert [town.payment_view(wallet, payment).state for payment in payments] == [
        "pin_required",
        "pin_required",
        "failed",
    ]


def test_a_right_pin_resets_the_count(town: Town) -> None:
    wallet, shop = town.wallet(3 * BIG), town.shop()
    for _ in range(3):
        payment = waiting(town, wallet, shop)
        assert attempt(town, wallet, payment, WRONG_PIN) == 2
        assert attempt(town, wallet, payment, WRONG_PIN) == 1
        assert attempt(town, wallet, payment, PIN) == "succeeded"
    assert town.customer_row(wallet).pin_failures == 0


def test_a_try_by_one_customer_is_not_counted_for_another(town: Town) -> None:
    wallet, other, shop = town.wallet(BIG), town.wallet(BIG), town.shop()
    payment = waiting(town, wallet, shop)
    for _ in range(3):
        town.refusal(confirm, town.confirm(other, payment, WRONG_PIN))
    assert (town.customer_row(wallet).pin_failures, town.customer_row(other).pin_failures) == (0, 0)


@pytest.mark.parametrize("on_code", [False, True])
def test_a_wallet_without_a_pin_pays_small_amounts_only(town: Town, *, on_code: bool) -> None:
    wallet, shop = town.wallet(2 * BIG, pin=None), town.shop()
    code = town.show(wallet) if on_code else None
    charge = town.run(create_charge, town.charge(shop, BIG, code=code)).value
    if on_code:
        assert (charge.state, charge.reason) == ("failed", "pin_not_set")
        payment = charge.id
    else:
        command = town.pay(wallet, charge.id)
        assert isinstance(town.refusal(pay, command), PinNotSet)
        assert town.charge_view(shop, charge.id).state == "created"
        payment = command.key.id
    view = town.payment_view(wallet, payment)
    assert (view.state, view.reason) == ("failed", "pin_not_set")
    town.buy(wallet, shop, 100_000)


@pytest.mark.parametrize("pin", ["", "29475", "2947510", "abcdef", "２９４７５１", "294751\n"])
def test_what_is_no_pin_is_a_wrong_one(town: Town, pin: str) -> None:
    wallet = town.wallet(BIG)
    assert attempt(town, wallet, waiting(town, wallet, town.shop()), pin) == 2
