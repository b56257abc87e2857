"""A till hears once that a wallet has scanned its code, and never which wallet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from wallet_api.checkout import queries
from wallet_api.checkout.charges import close_charge, create_charge
from wallet_api.checkout.seeing import SeeCharge, see_charge
from wallet_api.contract.instants import instant_ms
from wallet_api.contract.rules import CHARGE_LIFE

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Shop
    from tests.wallet_api.events.conftest import EventfulTown
    from wallet_api.contract.wire import Charge


@pytest.fixture
def shop(town: EventfulTown) -> Shop:
    return town.shop()


def seen_by_its_shop(town: EventfulTown, shop: Shop, charge: str) -> Charge:
    return town.engine.read(lambda tx, now: queries.charge(tx, charge, shop.id, now))


def test_the_first_scan_is_told_with_its_time(town: EventfulTown, shop: Shop) -> None:
    charge = town.run(create_charge, town.charge(shop, 100)).value.id
    assert seen_by_its_shop(town, shop, charge).seen_at is None
    town.advance(7_000)
    scanned = town.clock.now().business
    town.run(see_charge, SeeCharge(charge))
    town.advance(1_000)
    town.run(see_charge, SeeCharge(charge))
    assert town.kinds(shop) == ["charge.created", "charge.seen"]
    assert town.events(shop)[-1][2]["state"] == "created"
    seen_at = seen_by_its_shop(town, shop, charge).seen_at
    assert seen_at is not None
    assert instant_ms(seen_at) == scanned


def test_what_is_over_is_not_seen(town: EventfulTown, shop: Shop) -> None:
    closed, expired = (
        town.run(create_charge, town.charge(shop, minor)).value.id for minor in (1, 2)
    )
    town.run(close_charge, town.close_charge(shop, closed))
    town.advance(CHARGE_LIFE * 1_000)
    for charge in (closed, expired):
        town.run(see_charge, SeeCharge(charge))
    assert "charge.seen" not in town.kinds(shop)


def test_it_says_nothing_of_the_wallet(town: EventfulTown, shop: Shop) -> None:
    wallet = town.wallet(100, name="Ann")
    charge = town.run(create_charge, town.charge(shop, 100)).value.id
    town.run(see_charge, SeeCharge(charge))
    told = json.dumps(town.events(shop))
    assert wallet.id not in told
    assert wallet.device.id not in told
