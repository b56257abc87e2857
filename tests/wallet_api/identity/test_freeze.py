"""Freezing: two marks, of the bank and of the owner, and each lifts its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.identity.conftest import PIN, Shopper
from tests.wallet_api.identity.household import Household
from wallet_api.contract.errors import NotFound, PinNeeded, PinWrong
from wallet_api.contract.ids import new_id
from wallet_api.identity.cards import merchant_card, wallet_card
from wallet_api.identity.directory import find
from wallet_api.identity.freeze import (
    Freeze,
    FreezeOnce,
    UnfreezeOwn,
    freeze_once,
    unfreeze_own,
)
from wallet_api.identity.records import Frozen

if TYPE_CHECKING:
    from tests.wallet_api.identity.conftest import Bank
    from wallet_api.contract.wire import Freezer


@pytest.fixture
def house(bank: Bank) -> Household:
    return Household(bank)


def set_mark(house: Household, subject: str, by: Frozen, *, frozen: bool) -> list[Freezer]:
    command = FreezeOnce(house.key(subject), Freeze(subject, frozen, by))
    return house.run(freeze_once, command).value.frozen_by


def lift(house: Household, shopper: Shopper, pin: str | None = PIN) -> list[Freezer]:
    command = UnfreezeOwn(house.key(shopper.customer), shopper.customer, pin, house.bank.keys)
    return house.run(unfreeze_own, command).value.frozen_by


def test_each_lifts_only_its_own_mark(house: Household, shopper: Shopper) -> None:
    wallet = shopper.customer
    assert set_mark(house, wallet, Frozen.OWNER, frozen=True) == ["owner"]
    assert set_mark(house, wallet, Frozen.BANK, frozen=True) == ["bank", "owner"]
    assert lift(house, shopper) == ["bank"]
    assert lift(house, shopper) == ["bank"]
    card = house.read(lambda tx, _now: wallet_card(tx, wallet, shopper.device))
    assert card.frozen_by == ["bank"]
    assert set_mark(house, wallet, Frozen.OWNER, frozen=True) == ["bank", "owner"]
    assert set_mark(house, wallet, Frozen.BANK, frozen=False) == ["owner"]
    assert lift(house, shopper) == []


def test_a_merchant_has_the_same_marks(house: Household) -> None:
    till = house.open_merchant()
    assert set_mark(house, till.merchant, Frozen.OWNER, frozen=True) == ["owner"]
    assert set_mark(house, till.merchant, Frozen.BANK, frozen=True) == ["bank", "owner"]
    assert set_mark(house, till.merchant, Frozen.OWNER, frozen=False) == ["bank"]
    assert house.read(lambda tx, _now: merchant_card(tx, till)).frozen_by == ["bank"]


def test_an_owner_lifts_a_freeze_with_the_pin(house: Household, shopper: Shopper) -> None:
    set_mark(house, shopper.customer, Frozen.OWNER, frozen=True)
    with pytest.raises(PinNeeded):
        lift(house, shopper, None)
    with pytest.raises(PinWrong):
        lift(house, shopper, "271828")
    assert lift(house, shopper) == []


def test_nobody_freezes_what_is_not_there(house: Household) -> None:
    with pytest.raises(NotFound):
        set_mark(house, new_id(), Frozen.BANK, frozen=True)


def test_the_directory_finds_by_part_of_a_name_or_the_whole_id(
    house: Household, shopper: Shopper
) -> None:
    till = house.open_merchant()
    set_mark(house, till.merchant, Frozen.BANK, frozen=True)

    def found(text: str) -> list[tuple[str, str, list[Freezer]]]:
        page = house.read(lambda tx, _now: find(tx, text, 20))
        return [(card.id, card.kind, card.frozen_by) for card in page.items]

    assert found("小明") == [(shopper.customer, "wallet", [])]
    assert found("茶") == [(till.merchant, "merchant", ["bank"])]
    assert found(shopper.customer) == [(shopper.customer, "wallet", [])]
    assert found("%") == found("_") == found("!") == []
