"""Lists and statements: what waits for a payer, a merchant's charges, a customer's history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payment_codes.amount import Amount
from tests.wallet_api.checkout.books import MINUTE
from wallet_api.checkout import queries
from wallet_api.checkout.charges import create_charge
from wallet_api.checkout.payments import decline, pay
from wallet_api.checkout.returns import refund, reverse, view_refund
from wallet_api.checkout.top_ups import (
    SettleTopUp,
    pending_top_ups,
    request_top_up,
    settle_top_up,
    view_top_up,
)
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


def test_history_tells_every_movement_of_a_wallet_once(town: Town) -> None:
    wallet, shop = town.wallet(), town.shop(name="茶馆")
    top_up = town.fund(wallet, 1_000)
    charge = town.buy(wallet, shop, 300)
    command = town.refund(shop, charge, 100)
    town.run(refund, command)
    second = town.buy(wallet, shop, 200)
    town.run(reverse, town.reverse(shop, second))
    town.buy(town.wallet(500), shop, 500)
    lines, cursor = [], None
    while True:
        page = town.engine.read(
            lambda tx, _now, cursor=cursor: queries.history(tx, wallet.id, cursor, 2)  # type: ignore[misc]
        )
        lines.extend(page.items)
        cursor = page.next
        if cursor is None:
            break
    assert [(line.kind, line.direction, line.amount.minor, line.party) for line in lines] == [
        ("reversal", "in", 200, "茶馆"),
        ("payment", "out", 200, "茶馆"),
        ("refund", "in", 100, "茶馆"),
        ("payment", "out", 300, "茶馆"),
        ("top_up", "in", 1_000, "bank"),
    ]
    assert (lines[2].id, lines[4].id) == (command.key.id, top_up)


def test_a_top_up_is_seen_by_its_customer_and_asked_again_until_it_is_answered(town: Town) -> None:
    wallet, other = town.wallet(7), town.wallet()
    first = town.top_up(wallet, 100)
    town.run(request_top_up, first)
    town.clock.wall += 1
    second = town.top_up(wallet, 50)
    town.run(request_top_up, second)
    assert town.engine.read(pending_top_ups) == [first.key.id, second.key.id]
    town.run(settle_top_up, SettleTopUp(first.key.id, paid=True))
    assert town.engine.read(pending_top_ups) == [second.key.id]
    again = town.run(request_top_up, first)
    assert (again.replayed, again.value.state) == (True, "pending")
    seen = town.engine.read(lambda tx, _now: view_top_up(tx, first.key.id, wallet.id))
    assert (seen.state, seen.balance) == ("succeeded", Amount(107, "CNY"))
    with pytest.raises(NotYours):
        town.engine.read(lambda tx, _now: view_top_up(tx, first.key.id, other.id))
    with pytest.raises(NotFound):
        town.engine.read(lambda tx, _now: view_top_up(tx, other.id, other.id))


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
    with pytest.raises(BadRequest):
        town.engine.read(lambda tx, _now: queries.history(tx, wallet.id, None, limit))


@pytest.mark.parametrize("cursor", ["", "-1", "x", "1" * 19, "１"])
def test_a_cursor_of_a_statement_is_one_that_was_given(town: Town, cursor: str) -> None:
    wallet = town.wallet()
    with pytest.raises(BadRequest):
        town.engine.read(lambda tx, _now: queries.history(tx, wallet.id, cursor, 2))
