"""Lists: what waits for a payer, a merchant's charges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.checkout.books import MINUTE
from wallet_api.checkout import queries
from wallet_api.checkout.charges import create_charge
from wallet_api.checkout.payments import decline, pay
from wallet_api.checkout.returns import refund, view_refund
from wallet_api.contract.errors import BadRequest, NotFound, NotYours

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Shop, Town, Wallet
    from wallet_api.contract.wire import Page, Payment

BIG = 250_000


def waiting(town: Town, wallet: Wallet, shop: Shop, expires_in: int) -> str:
    charge = town.run(create_charge, town.charge(shop, BIG, expires_in=expires_in)).value
    return town.run(pay, town.pay(wallet, charge.id)).value.id


def pending(town: Town, wallet: Wallet, limit: int) -> Page[Payment]:
    return town.engine.read(lambda tx, now: queries.pending(tx, wallet.id, limit, now))


def test_what_waits_is_found_behind_any_number_of_expired_payments(town: Town) -> None:
    wallet, shop = town.wallet(BIG), town.shop()
    town.clock.wall += 1
    alive = waiting(town, wallet, shop, 3_600)
    for _ in range(5):
        town.clock.wall += 1
        waiting(town, wallet, shop, 60)
    town.advance(MINUTE)
    assert [payment.id for payment in pending(town, wallet, 3).items] == [alive]


def test_what_waits_is_newest_first_and_bounded(town: Town) -> None:
    wallet, shop = town.wallet(BIG), town.shop()
    ids = []
    for _ in range(4):
        town.clock.wall += 1
        ids.append(waiting(town, wallet, shop, 60))
    town.run(decline, town.decline(wallet, ids[3]))
    assert [payment.id for payment in pending(town, wallet, 2).items] == [ids[2], ids[1]]
    assert pending(town, town.wallet(), 2).items == []


def test_charges_come_in_pages_newest_first(town: Town) -> None:
    shop = town.shop()
    made = []
    for minor in range(1, 8):
        town.clock.wall += 1
        made.append(town.run(create_charge, town.charge(shop, minor)).value.id)
    town.run(create_charge, town.charge(town.shop(), 100))
    seen: list[str] = []
    cursor = None
    for size in (3, 3, 1):
        page = town.engine.read(
            lambda tx, now, cursor=cursor: queries.charges(tx, shop.id, cursor, 3, now)  # type: ignore[misc]
        )
        assert len(page.items) == size
        seen.extend(item.id for item in page.items)
        cursor = page.next
    assert (seen, cursor) == (made[::-1], None)


def test_a_refund_is_seen_by_its_merchant(town: Town) -> None:
    wallet, shop, rival = town.wallet(1_000), town.shop(), town.shop()
    command = town.refund(shop, town.buy(wallet, shop, 1_000), 10)
    done = town.run(refund, command)
    seen = town.engine.read(lambda tx, now: view_refund(tx, command.key.id, shop.id, now))
    assert seen == done.value
    with pytest.raises(NotYours):
        town.engine.read(lambda tx, now: view_refund(tx, command.key.id, rival.id, now))
    with pytest.raises(NotFound):
        town.engine.read(lambda tx, now: view_refund(tx, command.charge, shop.id, now))


@pytest.mark.parametrize("limit", [0, -1, 101])
def test_a_page_has_a_size(town: Town, limit: int) -> None:
    wallet, shop = town.wallet(), town.shop()
    with pytest.raises(BadRequest):
        pending(town, wallet, limit)
    with pytest.raises(BadRequest):
        town.engine.read(lambda tx, now: queries.charges(tx, shop.id, None, limit, now))
