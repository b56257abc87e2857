"""A wallet's devices: let in by another one, or by the bank; shut out at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.identity.conftest import PIN, Shopper
from tests.wallet_api.identity.household import DIGITS, Household
from wallet_api.contract.errors import (
    CodeUnknown,
    DeviceIsThis,
    DeviceOver,
    DevicePending,
    DevicesFull,
    DeviceUnknown,
    InviteUnknown,
    NotFound,
    NotYours,
    PinLocked,
    PinNeeded,
    PinWrong,
)
from wallet_api.contract.ids import new_id
from wallet_api.identity.devices import (
    MOST_DEVICES,
    MOST_PENDING,
    PENDING_LIFE,
    devices,
    require_active,
)
from wallet_api.identity.records import DEVICES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.wallet_api.identity.conftest import Bank
    from wallet_api.contract.administration import DeviceCard
    from wallet_api.identity.records import Till


@pytest.fixture
def house(bank: Bank) -> Household:
    return Household(bank)


def listed(house: Household, shopper: Shopper) -> dict[str, DeviceCard]:
    page = house.read(lambda tx, now: devices(tx, shopper.customer, shopper.device, now))
    return {card.id: card for card in page.items}


def active(house: Household, device: str) -> None:
    house.read(lambda tx, now: require_active(DEVICES.get(tx, device), now))


def test_a_new_device_waits_and_both_show_the_same_digits(
    house: Household, shopper: Shopper
) -> None:
    phone = house.join(shopper)
    assert (phone.card.state, phone.card.comparison, phone.card.currency) == (
        "pending",
        DIGITS,
        "CNY",
    )
    shown = listed(house, shopper)[phone.id]
    assert (shown.state, shown.comparison, shown.this) == ("pending", DIGITS, False)
    assert listed(house, shopper)[shopper.device].this
    with pytest.raises(DevicePending):
        active(house, phone.id)


def test_an_approved_device_shows_codes_of_its_own(
    house: Household, shopper: Shopper, till: Till
) -> None:
    phone = house.join(shopper)
    with pytest.raises(CodeUnknown):
        house.bank.resolve(till, phone.code(0))
    assert house.approve(shopper, phone.id).state == "active"
    active(house, phone.id)
    assert house.bank.resolve(till, phone.code(0)) == phone.id
    assert house.bank.resolve(till, shopper.code(0)) == shopper.device
    assert listed(house, shopper)[phone.id].comparison is None


def test_a_revoked_device_is_shut_out_at_once_with_its_codes(
    house: Household, shopper: Shopper, till: Till
) -> None:
    phone = house.join(shopper)
    house.approve(shopper, phone.id)
    card = house.revoke(shopper, phone.id)
    assert (card.state, card.revoked_at is not None) == ("revoked", True)
    assert house.bank.rows("SELECT 1 FROM locators WHERE device = ?", phone.id) == []
    with pytest.raises(CodeUnknown):
        house.bank.resolve(till, phone.code(0))
    with pytest.raises(DeviceUnknown):
        active(house, phone.id)
    with pytest.raises(DeviceOver):
        house.approve(shopper, phone.id)
    assert house.revoke(shopper, phone.id).revoked_at == card.revoked_at


def test_who_listens_for_a_device_is_woken_when_it_is_shut_out(
    house: Household, shopper: Shopper
) -> None:
    heard: list[frozenset[str]] = []
    phone = house.join(shopper)
    house.bank.engine.listen(heard.append)
    house.approve(shopper, phone.id)
    house.revoke(shopper, phone.id)
    assert sum(f"device:{phone.id}" in touched for touched in heard) == 2


@pytest.mark.parametrize("waited", [PENDING_LIFE - 1, PENDING_LIFE])
def test_a_device_waits_15_minutes_of_wall_time(
    house: Household, shopper: Shopper, waited: int
) -> None:
    phone = house.join(shopper)
    house.bank.clock.business += 30 * 86_400_000
    house.bank.clock.wall += waited * 1_000
    if waited < PENDING_LIFE:
        assert house.approve(shopper, phone.id).state == "active"
        return
    assert phone.id not in listed(house, shopper)
    with pytest.raises(DeviceOver):
        house.approve(shopper, phone.id)
    with pytest.raises(DeviceUnknown):
        active(house, phone.id)


def test_the_pin_is_needed_and_counted_where_one_is_set(house: Household, shopper: Shopper) -> None:
    phone = house.join(shopper)
    with pytest.raises(PinNeeded):
        house.approve(shopper, phone.id, None)
    with pytest.raises(PinWrong):
        house.approve(shopper, phone.id, "271828")
    with pytest.raises(PinWrong):
        house.revoke(shopper, phone.id, "271828")
    with pytest.raises(PinLocked):
        house.revoke(shopper, phone.id, "271828")
    with pytest.raises(PinLocked):
        house.approve(shopper, phone.id, PIN)
    assert listed(house, shopper)[phone.id].state == "pending"


def test_a_wallet_without_a_pin_needs_none(house: Household) -> None:
    shopper = Shopper(house.bank)
    house.bank.open_wallet(shopper.customer, shopper.request(pin=None))
    phone = house.join(shopper)
    house.approve(shopper, phone.id, None)
    assert house.revoke(shopper, phone.id, None).state == "revoked"


def test_a_device_revokes_itself_only_when_told(house: Household, shopper: Shopper) -> None:
    with pytest.raises(DeviceIsThis):
        house.revoke(shopper, shopper.device)
    assert house.revoke(shopper, shopper.device, itself=True).state == "revoked"


def test_nobody_touches_another_customers_devices(
    house: Household, open_shopper: Callable[[], Shopper]
) -> None:
    alice, bob = open_shopper(), open_shopper()
    phone = house.join(alice)
    for act in (house.approve, house.revoke):
        with pytest.raises(NotYours):
            act(bob, phone.id)
        with pytest.raises(NotYours):
            act(bob, alice.device)
        with pytest.raises(NotFound):
            act(bob, new_id())
    assert listed(house, bob).keys() == {bob.device}


def test_few_may_wait_and_five_may_act(house: Household, shopper: Shopper) -> None:
    waiting = [house.join(shopper) for _ in range(MOST_PENDING)]
    with pytest.raises(DevicesFull):
        house.join(shopper)
    house.revoke(shopper, waiting.pop().id)
    for phone in waiting:
        house.approve(shopper, phone.id)
    for _ in range(MOST_DEVICES - 1 - len(waiting)):
        house.approve(shopper, house.join(shopper).id)
    with pytest.raises(DevicesFull):
        house.join(shopper)
    house.revoke(shopper, waiting[0].id)
    assert house.join(shopper).card.state == "pending"


def test_devices_that_wait_together_may_not_all_come_in(house: Household, shopper: Shopper) -> None:
    for _ in range(MOST_DEVICES - 2):
        house.approve(shopper, house.join(shopper).id)
    first, second = house.join(shopper), house.join(shopper)
    house.approve(shopper, first.id)
    with pytest.raises(DevicesFull):
        house.approve(shopper, second.id)


def test_the_banks_invitation_lets_a_device_in_without_another(
    house: Household, open_shopper: Callable[[], Shopper], till: Till
) -> None:
    alice, bob = open_shopper(), open_shopper()
    code = house.invite("device", alice.customer)
    with pytest.raises(InviteUnknown):
        house.join(bob, code)
    phone = house.join(alice, code)
    assert (phone.card.state, phone.card.comparison) == ("active", None)
    assert house.bank.resolve(till, phone.code(0)) == phone.id


def test_nobody_joins_a_wallet_that_is_not_there(house: Household, shopper: Shopper) -> None:
    shopper.customer = new_id()
    with pytest.raises(NotFound):
        house.join(shopper)
