"""What surrounds a command: its device may still act, its news are told once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.wallet_api.identity.conftest import Bank, Shopper
from tests.wallet_api.identity.household import Household
from wallet_api.contract.errors import DevicePending, DeviceUnknown
from wallet_api.identity.freeze import Freeze, FreezeOnce, freeze_once
from wallet_api.identity.records import Frozen
from wallet_api.service.routes.devices import freeze_news
from wallet_api.service.routes.table import bind
from wallet_api.service.telling import from_device, told

if TYPE_CHECKING:
    from tests.wallet_api.conftest import StandingClock
    from wallet_api.identity.keys import Keys
    from wallet_api.service.routes.table import Command
    from wallet_api.store.engine import Engine

PATIENCE = 10


@pytest.fixture
def house(engine: Engine, keys: Keys, clock: StandingClock) -> Household:
    return Household(Bank(engine, keys, clock))


@pytest.fixture
def shopper(house: Household) -> Shopper:
    made = Shopper(house.bank)
    house.bank.open_wallet(made.customer, made.request())
    return made


def freezing(house: Household, shopper: Shopper) -> Command:
    command = Freeze(shopper.customer, frozen=True, by=Frozen.OWNER)
    return bind(freeze_once, FreezeOnce(house.key(shopper.customer), command))


def submit(house: Household, command: Command) -> Any:  # noqa: ANN401 - any answer
    return house.bank.engine.submit(command).result(PATIENCE)


def test_news_are_told_once_however_often_the_command_comes(
    house: Household, shopper: Shopper
) -> None:
    command = told(freezing(house, shopper), freeze_news)
    for _ in range(3):
        submit(house, command)
    rows = house.bank.rows("SELECT subject, number, kind, data FROM events")
    assert rows == [(shopper.customer, 1, "wallet.frozen", '{"by":"owner"}')]


def test_a_device_that_was_shut_out_while_its_command_waited_does_nothing(
    house: Household, shopper: Shopper
) -> None:
    phone = house.join(shopper)
    command = from_device(freezing(house, shopper), phone.id)
    with pytest.raises(DevicePending):
        submit(house, command)
    house.approve(shopper, phone.id)
    house.revoke(shopper, phone.id)
    with pytest.raises(DeviceUnknown):
        submit(house, command)
    assert house.bank.rows("SELECT frozen FROM customers") == [(0,)]
    submit(house, from_device(freezing(house, shopper), shopper.device))
    assert house.bank.rows("SELECT frozen FROM customers") == [(int(Frozen.OWNER),)]
