"""The safeguarding report: each class, the bank's side, and every difference with its reason."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.wallet_api.checkout.books import DAY, START
from wallet_api.banking import safeguarding as reasons
from wallet_api.banking.notices import Notice
from wallet_api.banking.top_ups import request_top_up
from wallet_api.contract.ids import new_id
from wallet_api.store.calendar import business_zone, day_of, period_of_day

if TYPE_CHECKING:
    from tests.wallet_api.banking.harbour import Harbour


def test_an_eventful_day_adds_up(harbour: Harbour) -> None:
    wallet, shop, euro = harbour.wallet(), harbour.shop(), harbour.wallet(currency="EUR")
    top_up, other = harbour.fund(wallet, 50_000), harbour.fund(euro, 700)
    harbour.buy(wallet, shop, 10_000)
    withdrawal = harbour.take_out(wallet, 3_000)
    harbour.say(Notice(1, "incoming", new_id(harbour.clock.wall), 123, "CNY"))
    lines = harbour.report([(top_up, "CNY", 50_000), (other, "EUR", 700)])
    cny = lines["CNY"]
    assert cny.classes == {
        "customer": 37_000,
        "merchant": 9_940,
        "fees.unswept": 60,
        "payouts.in_transit": 3_000,
        "suspense.unmatched": 123,
    }
    assert cny.safeguarded == cny.owed == 50_123
    assert (cny.bank, lines["EUR"].bank, lines["EUR"].holds) == (50_000, 700, True)
    assert [one.reason for one in cny.breaks] == [reasons.UNEXPLAINED]
    assert not cny.holds
    assert harbour.report()["CNY"].holds
    harbour.answer(withdrawal, paid=True)
    assert harbour.report()["CNY"].classes["payouts.in_transit"] == 0


def test_each_difference_to_the_bank_has_its_reason(harbour: Harbour) -> None:
    wallet = harbour.wallet(1_000)
    settled = harbour.fund(wallet, 500)
    late = harbour.top_up(wallet, 70)
    harbour.run(request_top_up, late)
    unheard, stray = harbour.fund(wallet, 30), new_id(harbour.clock.wall)
    base = [(harbour.rows("SELECT id FROM top_ups WHERE amount = 1000")[0][0], "CNY", 1_000)]
    statement = [
        *base,
        (settled, "CNY", 500),
        (late.key.id, "CNY", 70),
        (unheard, "CNY", 30),
        (unheard, "CNY", -30),
        (stray, "CNY", 9),
    ]
    line = harbour.report(statement)["CNY"]
    found = {one.reference: (one.books, one.bank, one.reason) for one in line.breaks}
    assert found == {
        late.key.id: (0, 70, reasons.IN_FLIGHT),
        unheard: (30, 0, reasons.UNHEARD),
        stray: (0, 9, reasons.UNHEARD),
    }
    assert line.holds
    for wrong in ([*statement[:1], (settled, "CNY", 499), *statement[2:]], statement[1:]):
        line = harbour.report(wrong)["CNY"]
        assert [one.reason for one in line.breaks].count(reasons.UNEXPLAINED) == 1
        assert not line.holds


def test_a_day_is_reported_as_it_ended(harbour: Harbour) -> None:
    """A movement that books and bank have on other sides of midnight is no loss."""
    wallet = harbour.wallet()
    first = harbour.fund(wallet, 1_000)
    command = harbour.top_up(wallet, 50)
    harbour.run(request_top_up, command)
    zone = harbour.engine.read(lambda tx, _now: business_zone(tx))
    day = period_of_day(zone, day_of(zone, harbour.clock.business))
    harbour.clock.business = day.ends_at
    harbour.answer(command.key.id, paid=True)
    statement = [(first, "CNY", 1_000), (command.key.id, "CNY", 50)]
    line = harbour.report(statement, day.ends_at)["CNY"]
    assert (line.safeguarded, line.bank, line.holds) == (1_000, 1_050, True)
    assert [one.reason for one in line.breaks] == [reasons.LATER]
    assert harbour.report(statement)["CNY"].breaks == []
    assert harbour.report([], START - DAY) == {}
    assert day_of(zone, day.ends_at) > date(2027, 1, 15)


def test_a_shortfall_is_not_covered_by_a_sum_that_fits(harbour: Harbour) -> None:
    wallet, shop = harbour.wallet(), harbour.shop()
    top_up = harbour.fund(wallet, 100)
    harbour.buy(wallet, shop, 70)
    harbour.take_back(1, top_up, 100)
    line = harbour.report()["CNY"]
    assert line.safeguarded == line.owed == 0
    assert (line.shortfall, line.holds) == (70, False)
