"""Settlements: the whole balance at the cut-off, paid once, returned where the bank refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.banking.harbour import EVER
from tests.wallet_api.checkout.books import DAY
from wallet_api.banking.settlements import (
    SettleNow,
    list_settlements,
    merchants_owed,
    settle_now,
    view_settlement,
)
from wallet_api.checkout.returns import refund
from wallet_api.contract.errors import MerchantFundsShort, NotFound, NothingToSettle, NotYours

if TYPE_CHECKING:
    from tests.wallet_api.banking.harbour import Harbour

#: What a merchant has left of a payment of 10,000: 60 hundredths of a per cent are the fee.
NET = 9_940


def test_the_whole_balance_goes_to_the_bank(harbour: Harbour) -> None:
    wallet, shop = harbour.wallet(50_000), harbour.shop()
    harbour.buy(wallet, shop, 10_000)
    row = harbour.settled(shop)
    settled = ("settlement", {f"merchant:{shop.id}": NET, "payouts.in_transit": -NET})
    assert harbour.moves(row.id) == [settled]
    assert harbour.takings(shop) == 0
    harbour.answer(row.id, paid=True)
    paid = ("settlement_paid", {"payouts.in_transit": NET, "bank.safeguarded": -NET})
    assert harbour.moves(row.id) == [settled, paid]
    harbour.answer(row.id, paid=False)
    assert len(harbour.moves(row.id)) == 2
    assert harbour.settle(shop) is None


def test_what_the_bank_returns_is_settled_again(harbour: Harbour) -> None:
    wallet, shop = harbour.wallet(50_000), harbour.shop()
    harbour.buy(wallet, shop, 10_000)
    row = harbour.settled(shop)
    harbour.answer(row.id, paid=False, simulated="bank:refuse")
    returned = ("settlement_returned", {"payouts.in_transit": NET, f"merchant:{shop.id}": -NET})
    assert harbour.moves(row.id)[1:] == [returned]
    seen = harbour.engine.read(lambda tx, _now: view_settlement(tx, row.id, shop.id))
    assert (seen.state, seen.simulated) == ("returned", "bank:refuse")
    harbour.clock.wall += 1
    assert harbour.settled(shop).amount == NET


def test_only_what_was_there_at_the_cut_off_is_taken(harbour: Harbour) -> None:
    wallet, shop = harbour.wallet(50_000), harbour.shop()
    harbour.buy(wallet, shop, 10_000)
    harbour.advance(DAY)
    cut_off = harbour.clock.business
    harbour.buy(wallet, shop, 20_000)
    row = harbour.settled(shop, cut_off)
    assert (row.opening, row.amount, row.closing) == (0, NET, 0)
    assert harbour.takings(shop) == 2 * NET
    harbour.clock.wall += 1
    assert harbour.settled(shop).amount == 2 * NET


def test_a_refund_after_the_cut_off_comes_first(harbour: Harbour) -> None:
    wallet, shop = harbour.wallet(50_000), harbour.shop()
    first = harbour.buy(wallet, shop, 10_000)
    harbour.buy(wallet, shop, 10_000)
    harbour.advance(DAY)
    cut_off = harbour.clock.business
    harbour.run(refund, harbour.refund(shop, first))
    row = harbour.settled(shop, cut_off)
    assert (row.amount, row.closing) == (NET, NET)
    harbour.clock.wall += 1
    assert harbour.settle(shop) is None


def test_after_a_settlement_a_merchant_may_be_short_for_a_refund(harbour: Harbour) -> None:
    wallet, shop = harbour.wallet(50_000), harbour.shop()
    charge = harbour.buy(wallet, shop, 10_000)
    harbour.settled(shop)
    assert isinstance(harbour.refusal(refund, harbour.refund(shop, charge)), MerchantFundsShort)


def test_on_demand_it_takes_everything_and_says_when_there_is_nothing(harbour: Harbour) -> None:
    wallet, shop = harbour.wallet(50_000), harbour.shop()
    harbour.buy(wallet, shop, 10_000)
    command = SettleNow(harbour.key("admin", shop.id), shop.id)
    done = harbour.run(settle_now, command)
    assert (done.value.amount.minor, done.value.state) == (NET, "pending")
    assert harbour.run(settle_now, command).replayed
    again = SettleNow(harbour.key("admin", shop.id), shop.id)
    assert isinstance(harbour.refusal(settle_now, again), NothingToSettle)
    nobody = SettleNow(harbour.key("admin", wallet.id), wallet.id)
    assert isinstance(harbour.refusal(settle_now, nobody), NotFound)


def test_a_clock_that_went_back_leaves_nothing_out(harbour: Harbour) -> None:
    wallet, shop = harbour.wallet(50_000), harbour.shop()
    harbour.advance(DAY)
    harbour.buy(wallet, shop, 10_000)
    harbour.clock.business -= DAY
    harbour.buy(wallet, shop, 10_000)
    done = harbour.run(settle_now, SettleNow(harbour.key("admin", shop.id), shop.id))
    assert done.value.amount.minor == 2 * NET


def test_a_merchant_sees_its_own_only(harbour: Harbour) -> None:
    wallet, shop, rival = harbour.wallet(50_000), harbour.shop(), harbour.shop()
    made = []
    for _ in range(3):
        harbour.clock.wall += 1
        harbour.buy(wallet, shop, 10_000)
        made.append(harbour.settled(shop).id)
    harbour.buy(wallet, rival, 10_000)
    page = harbour.engine.read(lambda tx, _now: list_settlements(tx, shop.id, "z", 2))
    assert [item.id for item in page.items] == made[:0:-1]
    rest = harbour.engine.read(lambda tx, _now: list_settlements(tx, shop.id, page.next or "", 2))
    assert ([item.id for item in rest.items], rest.next) == (made[:1], None)
    with pytest.raises(NotYours):
        harbour.engine.read(lambda tx, _now: view_settlement(tx, made[0], rival.id))
    owed = harbour.engine.read(lambda tx, _now: merchants_owed(tx, "", 10))
    assert owed == [rival.id]
    assert harbour.settle(shop, EVER) is None
