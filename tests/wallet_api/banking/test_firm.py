"""The firm's own money: fees swept out, shortfalls paid in, strays given to their owners."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.checkout.books import SECOND
from wallet_api.banking.firm import (
    Clear,
    SweepNow,
    clear,
    shortfalls,
    sweep_now,
    to_clear,
    view_sweep,
)
from wallet_api.banking.notices import Notice
from wallet_api.banking.strays import Match, match, unmatched
from wallet_api.checkout.returns import reverse
from wallet_api.contract.errors import (
    AlreadyMatched,
    CurrencyMismatch,
    NotFound,
    NothingToSweep,
    ReceiverFull,
)
from wallet_api.contract.ids import new_id
from wallet_api.contract.limits import Tier

if TYPE_CHECKING:
    from tests.wallet_api.banking.harbour import Harbour


def test_fees_go_to_the_firms_own_account_when_the_bank_has_moved_them(harbour: Harbour) -> None:
    harbour.buy(harbour.wallet(50_000), harbour.shop(), 10_000)
    sweep = harbour.sweep()
    assert harbour.moves(sweep) == []
    assert harbour.order(sweep).kind == "credit"
    harbour.answer(sweep, paid=True)
    lines = {
        "fees.unswept": 60,
        "bank.operating": 60,
        "bank.safeguarded": -60,
        "income.fees": -60,
    }
    assert harbour.moves(sweep) == [("fee_sweep", lines)]
    assert harbour.run(clear, Clear(new_id(), "fees.unswept", "CNY")) is None


def test_fees_given_back_after_a_sweep_are_paid_in_by_the_next(harbour: Harbour) -> None:
    wallet, shop = harbour.wallet(50_000), harbour.shop()
    charge = harbour.buy(wallet, shop, 10_000)
    harbour.answer(harbour.sweep(), paid=True)
    harbour.run(reverse, harbour.reverse(shop, charge))
    assert harbour.fees() == -60
    harbour.clock.wall += 1
    sweep = harbour.sweep()
    assert (harbour.order(sweep).kind, harbour.order(sweep).amount) == ("debit", 60)
    harbour.answer(sweep, paid=True)
    assert harbour.fees() == harbour.owed("income.fees") == 0
    assert harbour.balance_of("bank.operating") == 0


def test_a_sweep_on_its_way_is_not_ordered_twice_and_a_refused_one_again(harbour: Harbour) -> None:
    harbour.buy(harbour.wallet(50_000), harbour.shop(), 10_000)
    first = harbour.run(sweep_now, SweepNow(harbour.key("admin", 1), "CNY")).value
    second = SweepNow(harbour.key("admin", 2), "CNY")
    assert isinstance(harbour.refusal(sweep_now, second), NothingToSweep)
    harbour.answer(first.id, paid=False)
    seen = harbour.engine.read(lambda tx, _now: view_sweep(tx, first.id))
    assert seen.state == "failed"
    assert harbour.fees() == 60
    harbour.clock.wall += 1
    third = harbour.run(sweep_now, SweepNow(harbour.key("admin", 3), "CNY")).value
    assert third.amount.minor == 60
    with pytest.raises(NotFound):
        harbour.engine.read(lambda tx, _now: view_sweep(tx, new_id()))


def test_a_shortfall_is_funded_by_the_firm(harbour: Harbour) -> None:
    wallet, shop = harbour.wallet(), harbour.shop()
    top_up = harbour.fund(wallet, 100)
    harbour.buy(wallet, shop, 70)
    harbour.take_back(1, top_up, 100)
    owner = f"receivable:{wallet.id}"
    assert harbour.balance_of(owner) == 70
    assert harbour.engine.read(shortfalls) == 1
    assert (owner, "CNY") in harbour.engine.read(to_clear)
    funding = harbour.run(clear, Clear(new_id(harbour.clock.wall + 1), owner, "CNY"))
    assert funding is not None
    assert harbour.order(funding.id).kind == "debit"
    harbour.answer(funding.id, paid=True)
    lines = {owner: -70, "bank.operating": -70, "bank.safeguarded": 70, "expense.shortfalls": 70}
    assert harbour.moves(funding.id) == [("funding", lines)]
    assert harbour.engine.read(shortfalls) == 0
    assert harbour.report()["CNY"].holds


def stray(harbour: Harbour, number: int, minor: int) -> str:
    key = new_id(harbour.clock.wall + number)
    for _ in range(2):
        harbour.say(Notice(number, "incoming", key, minor, "CNY", simulated="bank:stray"))
    return key


def test_money_without_an_owner_waits_for_one(harbour: Harbour) -> None:
    wallet, other = harbour.wallet(), harbour.wallet()
    first, second = stray(harbour, 1, 500), stray(harbour, 2, 20)
    assert harbour.owed("suspense.unmatched") == 520
    page = harbour.engine.read(lambda tx, _now: unmatched(tx, "z", 10))
    assert [item.id for item in page.items] == [second, first]
    command = Match(harbour.key("admin", first), first, wallet.id)
    done = harbour.run(match, command).value
    assert (done.wallet, done.simulated) == (wallet.id, "bank:stray")
    assert harbour.run(match, command).replayed
    assert (harbour.balance(wallet), harbour.owed("suspense.unmatched")) == (500, 20)
    again = Match(harbour.key("admin", first), first, other.id)
    assert isinstance(harbour.refusal(match, again), AlreadyMatched)
    kinds = [kind for kind, _ in harbour.moves(first)]
    assert kinds == ["stray", "stray_matched"]


def test_money_is_matched_with_who_can_have_it(harbour: Harbour) -> None:
    found = stray(harbour, 1, 500)
    euro = harbour.wallet(currency="EUR")
    full = harbour.wallet(10_000_00, tier=Tier.IV)
    cases = {euro.id: CurrencyMismatch, full.id: ReceiverFull, new_id(): NotFound}
    for customer, refusal in cases.items():
        command = Match(harbour.key("admin", customer), found, customer)
        assert type(harbour.refusal(match, command)) is refusal
    absent = Match(harbour.key("admin", "absent"), new_id(), euro.id)
    assert isinstance(harbour.refusal(match, absent), NotFound)
    assert harbour.owed("suspense.unmatched") == 500


def test_a_notice_of_an_order_that_nobody_placed_changes_nothing(harbour: Harbour) -> None:
    harbour.say(Notice(1, "answer", new_id(), 5, "CNY"))
    harbour.say(Notice(2, "taken_back", new_id(), 5, "CNY", paid=False))
    harbour.advance(SECOND)
    assert harbour.entries() == 0
