"""A shop's day: the shift, its sales, two lost answers, and four accounts of it that agree."""

from __future__ import annotations

import csv
import time
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest

from tests.end_to_end.day import Day, cny, day_of, month_at_the_bank
from tests.end_to_end.go_between import BEHIND, Answer, Forward, GoBetween, Request
from tests.end_to_end.programs import LIMIT_SECONDS, Programs

if TYPE_CHECKING:
    from tests.end_to_end.services import Service
    from wallet_api.contract.banking import Settlement
    from wallet_api.contract.shop import ShiftReport

SERVE = (*BEHIND, "--lab")
DAY = 86_400


def lose_answers(shop: Programs, service: Service) -> list[Any]:
    """Sell twice by the customer's code; the first answer of each is lost on its way."""
    lost: set[str] = set()

    def act(request: Request, forward: Forward) -> Answer | None:
        answer = forward()
        key = request.headers.get("Idempotency-Key", "")
        if request.path == "/v1/charges" and request.method == "POST" and key not in lost:
            lost.add(key)
            return None
        return answer

    sold = []
    with GoBetween(service, act) as between:
        for amount in ("12.34", "23.45"):
            code = shop.json("wallet", "code")["code"]
            words = ("pos", "charge", amount, "--code", code, "--json")
            sold.append(shop.run(*words, environment={"WALLET_API_URL": between.url}).json)
    assert len(lost) == 2
    return sold


def test_a_full_day_agrees_everywhere_to_the_cent(shop: Programs, service: Service) -> None:
    shop.run("wallet", "top-up", "1000")
    assert shop.json("pos", "shift", "open", "--float", "200")["number"] == 1
    sales, tips, discounts, refunds, reversals = [], [], [], [], []
    for found in lose_answers(shop, service):
        assert found["state"] == "succeeded"
        sales.append(found["amount"]["minor"])
    with day_of(shop) as day:
        for number in range(38):
            price = 100 + 37 * number
            tip, discount = (5 * number, 0) if number % 3 == 0 else (0, number)
            charge = day.sell(price, tip=tip, discount=discount, note=f"sale {number}").id
            sales.append(price)
            tips += [tip] if tip else []
            discounts += [discount] if discount else []
            if number % 8 == 2:
                day.till.refund(charge, cny(price // 3), "sent back")
                refunds.append(price // 3)
            elif number % 12 == 5:
                day.till.reverse(charge)
                reversals.append(price)
    assert shop.json("pos", "shift", "close")["state"] == "closed"
    with day_of(shop) as day:
        report = day.shop.final(None)
        assert_counted(report, sales, tips, discounts, refunds, reversals)
        assert day.till.card().balance == report.net
        assert_statement(day, sales, [*refunds, *reversals])
        assert_settled(day, service, report)
        day.sell(500)
        assert day.shop.final("1") == report
    service.verify()


def assert_counted(
    report: ShiftReport,
    sales: list[int],
    tips: list[int],
    discounts: list[int],
    refunds: list[int],
    reversals: list[int],
) -> None:
    for total, parts in (
        (report.sales, sales),
        (report.tips, tips),
        (report.discounts, discounts),
        (report.refunds, refunds),
        (report.reversals, reversals),
    ):
        assert (total.count, total.amount.minor) == (len(parts), sum(parts))
    assert report.sales.count == 40
    back = report.refunds.amount.minor + report.reversals.amount.minor
    assert report.net.minor == report.sales.amount.minor - back - report.fees.minor


def assert_statement(day: Day, sales: list[int], returned: list[int]) -> None:
    """The customer's month tells the same sales and returns, and the wallet's balance."""
    month = day.statements.page(limit=1).items[0].created_at
    statement, lines = day.statements.month(month_at_the_bank(month))
    paid = [line.amount.minor for line in lines if line.kind == "payment"]
    back = [line.amount.minor for line in lines if line.kind in {"refund", "reversal"}]
    assert (sorted(paid), sorted(back)) == (sorted(sales), sorted(returned))
    assert statement.closing == day.wallet.card().balance


def assert_settled(day: Day, service: Service, report: ShiftReport) -> None:
    """The bank pays out what the report says, and its file adds up to the same."""
    service.advance(DAY)
    settlement = the_settlement(day)
    assert settlement.amount == report.net
    rows = list(csv.reader(StringIO(day.settlements.file(settlement.id).decode()), strict=True))
    assert len(rows) > report.sales.count + report.refunds.count + report.reversals.count


def the_settlement(day: Day) -> Settlement:
    """Give the settlement once the bank has made it: the day is over, so its job begins at once."""
    until = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < until:
        found = day.settlements.page().items
        if found:
            return found[0]
    raise AssertionError("the bank has not settled the day")


def test_a_report_needs_a_shift(shop: Programs) -> None:
    assert shop.json("pos", "shift")["state"] == "none"
    assert "pos shift open" in shop.run("pos", "shift").out
    shop.all_refused(
        [("pos", "report"), ("pos", "report", "x"), ("pos", "shift", "close")], code="shift_none"
    )
    shop.refused("pos", "report", "z", code="not_found")
    opened = shop.json("pos", "shift", "open")
    shop.refused("pos", "shift", "open", code="shift_open")
    running = shop.json("pos", "report")
    assert (running["kind"], running["shift"], running["sales"]["count"]) == ("x", opened["id"], 0)
    closed = shop.json("pos", "shift", "close")
    assert closed["closed_at"] is not None
    by_number, by_id = (
        shop.json("pos", "report", "z", which) for which in ("1", closed["id"][-8:])
    )
    assert by_number == by_id
    assert "Z REPORT 1" in shop.run("pos", "report", "z", "--width", "32").out


@pytest.mark.parametrize("amount", ["0.00", "200.50"])
def test_a_float_may_be_nothing(shop: Programs, amount: str) -> None:
    expected = {"0.00": 0, "200.50": 20_050}[amount]
    opened = shop.json("pos", "shift", "open", "--float", amount)
    assert opened["cash_float"] == {"minor": expected, "currency": "CNY"}


def test_a_tip_and_a_discount_are_told_apart(shop: Programs) -> None:
    made = shop.json("pos", "charge", "100", "--discount", "10", "--tip", "5")
    told = [made[name]["minor"] for name in ("amount", "discount", "tip")]
    assert told == [10_000, 1_000, 500]
    shown = shop.run("pos", "show", made["id"]).out
    assert "10.00 CNY" in shown
    shop.refused("pos", "charge", "1", "--discount", "0", code="amount_invalid", exit_code=2)
