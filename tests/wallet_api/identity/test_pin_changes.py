"""Setting, changing and unlocking the PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.identity.conftest import PIN, Shopper
from tests.wallet_api.identity.household import Household
from wallet_api.contract.administration import SetPin
from wallet_api.contract.errors import NotFound, PinLocked, PinNeeded, PinWeak, PinWrong
from wallet_api.contract.ids import new_id
from wallet_api.identity.pin import ChangePin, UnlockPin, change_pin, unlock_pin

if TYPE_CHECKING:
    from tests.wallet_api.identity.conftest import Bank
    from wallet_api.contract.administration import PinState

NEW_PIN, WRONG_PIN = "135790", "271828"


@pytest.fixture
def house(bank: Bank) -> Household:
    return Household(bank)


def change(house: Household, shopper: Shopper, old: str | None, new: str = NEW_PIN) -> PinState:
    request, owner = SetPin(pin=old, new_pin=new), shopper.customer
    command = ChangePin(house.key(owner), owner, request, b"\x07" * 16, house.bank.keys)
    return house.run(change_pin, command).value


def unlock(house: Household, customer: str) -> PinState:
    return house.run(unlock_pin, UnlockPin(house.key("admin"), customer)).value


def test_the_first_pin_needs_none_and_the_next_needs_it(house: Household) -> None:
    shopper = Shopper(house.bank)
    house.bank.open_wallet(shopper.customer, shopper.request(pin=None))
    state = change(house, shopper, None, PIN)
    assert (state.wallet, state.pin_set, state.pin_locked) == (shopper.customer, True, False)
    with pytest.raises(PinNeeded):
        change(house, shopper, None)
    with pytest.raises(PinWrong):
        change(house, shopper, WRONG_PIN)
    change(house, shopper, PIN)
    with pytest.raises(PinWrong):
        change(house, shopper, PIN, "246813")


def test_a_weak_pin_is_refused_before_a_try_is_counted(house: Household, shopper: Shopper) -> None:
    with pytest.raises(PinWeak):
        change(house, shopper, WRONG_PIN, "123456")
    assert house.bank.rows("SELECT pin_failures FROM customers") == [(0,)]


def test_the_bank_unlocks_a_pin_that_stays_what_it_is(house: Household, shopper: Shopper) -> None:
    for refusal in (PinWrong, PinWrong, PinLocked):
        with pytest.raises(refusal):
            change(house, shopper, WRONG_PIN)
    with pytest.raises(PinLocked):
        change(house, shopper, PIN)
    assert not unlock(house, shopper.customer).pin_locked
    change(house, shopper, PIN)
    with pytest.raises(NotFound):
        unlock(house, new_id())


def test_neither_pin_is_in_the_books(house: Household, shopper: Shopper) -> None:
    change(house, shopper, PIN)
    for table in ("answers", "customers", "devices", "events"):
        text = repr(house.bank.rows(f"SELECT * FROM {table}"))
        assert PIN not in text
        assert NEW_PIN not in text
