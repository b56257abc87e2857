"""A charge whose time is over is closed and told exactly once, whoever notices first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.wallet_api.checkout.books import SECOND
from wallet_api.checkout.charges import create_charge
from wallet_api.checkout.expiry import CLOSED_AT_ONCE, close_expired, expires_first
from wallet_api.checkout.payments import pay
from wallet_api.store.database import AGENDA

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Shop
    from tests.wallet_api.events.conftest import EventfulTown


def close_all(town: EventfulTown) -> int:
    """Close what is over, and count the steps that it took."""
    steps = 1
    while town.engine.submit(close_expired).result(30):
        steps += 1
    return steps


def charge_for(town: EventfulTown, shop: Shop, seconds: int) -> str:
    return town.run(create_charge, town.charge(shop, 100, expires_in=seconds)).value.id


def test_it_is_closed_at_the_moment_and_not_before(town: EventfulTown) -> None:
    shop = town.shop()
    charge = charge_for(town, shop, 10)
    assert town.engine.read(expires_first) == town.charge_row(charge).expires_at
    town.advance(10 * SECOND - 1)
    close_all(town)
    assert town.charge_row(charge).state == "created"
    town.advance(1)
    close_all(town)
    assert (town.charge_row(charge).state, town.charge_row(charge).reason) == ("closed", "expired")
    assert town.engine.read(expires_first) is None
    assert town.kinds(shop) == ["charge.created", "charge.closed"]


def test_whoever_notices_second_tells_nothing(town: EventfulTown) -> None:
    shop, wallet = town.shop(), town.wallet(1_000)
    charges = [charge_for(town, shop, 10) for _ in range(2)]
    town.advance(10 * SECOND)
    town.refusal(pay, town.pay(wallet, charges[0]))
    close_all(town)
    town.refusal(pay, town.pay(wallet, charges[1]))
    closed = [data["charge"] for _, kind, data in town.events(shop) if kind == "charge.closed"]
    assert closed == charges


def test_many_are_closed_in_bounded_steps(town: EventfulTown) -> None:
    shop = town.shop()
    count = 2 * CLOSED_AT_ONCE + 1
    made = [town.submit(create_charge, town.charge(shop, 100)) for _ in range(count)]
    assert all(future.result(30) for future in made)
    town.advance(300 * SECOND)
    assert close_all(town) == 3
    assert town.kinds(shop)[count:] == ["charge.closed"] * count


def test_the_agenda_is_woken_only_for_what_ends_before_everything_else(town: EventfulTown) -> None:
    shop = town.shop()
    woken: list[bool] = []
    town.engine.listen(lambda touched: woken.append(AGENDA in touched))
    for seconds in (60, 90, 300, 30):
        charge_for(town, shop, seconds)
    assert woken == [True, False, False, True]
