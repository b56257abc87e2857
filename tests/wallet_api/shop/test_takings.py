"""X and Z reports: what a plain count gives, what the ledger moved, and never anything else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.wallet_api.checkout.books import MINUTE
from tests.wallet_api.checkout.town import Town
from tests.wallet_api.shop.counter import Counter
from wallet_api.checkout.charges import create_charge
from wallet_api.checkout.payments import pay
from wallet_api.checkout.returns import refund, reverse
from wallet_api.shop import takings
from wallet_api.shop.shifts import end_shift
from wallet_api.shop.verify import RULES

if TYPE_CHECKING:
    from wallet_api.contract.shop import HourTakings, ShiftReport

HOUR = 60 * MINUTE


@pytest.fixture
def counter(town: Town) -> Counter:
    return Counter(town)


@dataclass
class Plain:
    """What a shift should report, counted by hand in minor units."""

    sales: list[int] = field(default_factory=list)
    tips: list[int] = field(default_factory=list)
    discounts: list[int] = field(default_factory=list)
    refunds: list[int] = field(default_factory=list)
    reversals: list[int] = field(default_factory=list)

    def agrees(self, report: ShiftReport) -> None:
        for name in ("sales", "tips", "discounts", "refunds", "reversals"):
            total, parts = getattr(report, name), getattr(self, name)
            assert (name, total.count, total.amount.minor) == (name, len(parts), sum(parts))
        assert sum(hour.sales.amount.minor for hour in report.hours) == sum(self.sales)
        back = sum(hour.returns.amount.minor for hour in report.hours)
        assert back == sum(self.refunds) + sum(self.reversals)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["sell", "sell", "sell", "refund", "reverse", "turn", "wait"]),
        st.integers(2, 90_000),
        st.integers(0, 1_000),
    ),
    min_size=5,
    max_size=30,
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=ACTS)
def test_reports_agree_with_a_plain_count_and_with_the_ledger(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int, int]]
) -> None:
    """Whatever order things come in; ten sales a customer, since more need a PIN."""
    town = Town(tmp_path_factory.mktemp("day"))
    counter = Counter(town)
    shift, plain, opening = counter.open(), Plain(), 0
    sold: list[tuple[str, int]] = []
    reports: list[tuple[str, ShiftReport]] = []
    for number, (act, minor, small) in enumerate(acts):
        if number % 10 == 9:
            counter.wallet = town.wallet(1_000_000)
        if act == "sell":
            tip = min(small, minor - 1)
            charge = counter.sell(minor, tip=tip or None, discount=small or None)
            sold.append((charge, minor))
            plain.sales.append(minor)
            plain.tips += [tip] if tip else []
            plain.discounts += [small] if small else []
        elif act == "wait":
            town.advance(small * MINUTE)
        elif act == "turn":
            plain.agrees(counter.report(shift.id))
            counter.close(shift.id)
            closed = counter.report(shift.id)
            plain.agrees(closed)
            assert closed.net.minor == town.takings(counter.shop) - opening
            reports.append((shift.id, closed))
            opening, plain, shift = town.takings(counter.shop), Plain(), counter.open()
        elif sold:
            charge, price = sold.pop(small % len(sold))
            if act == "refund" and price > 1:
                town.run(refund, town.refund(counter.shop, charge, price // 2))
                plain.refunds.append(price // 2)
            elif act == "reverse":
                town.run(reverse, town.reverse(counter.shop, charge))
                plain.reversals.append(price)
    plain.agrees(counter.report(shift.id))
    assert counter.report(shift.id).net.minor == town.takings(counter.shop) - opening
    assert [(id_, counter.report(id_)) for id_, _ in reports] == reports
    assert town.findings() == []
    town.close()


def test_an_open_shift_reports_x_and_a_closed_one_z(counter: Counter) -> None:
    shift = counter.open(20_000)
    first = counter.sell(1_000)
    running = counter.report(shift.id)
    assert (running.kind, running.closed_at, running.cash_float.minor) == ("x", None, 20_000)
    last = counter.sell(500)
    counter.town.advance(HOUR)
    counter.close(shift.id)
    final = counter.report(shift.id)
    assert (final.kind, final.first_charge, final.last_charge) == ("z", first, last)
    assert (final.opened_at, final.closed_at) == (
        "2027-01-15T08:00:00.000Z",
        "2027-01-15T09:00:00.000Z",
    )
    assert (final.merchant, final.store) == ("Tea House", "Main Street")


def told(hours: list[HourTakings]) -> list[tuple[str, int, int]]:
    return [(hour.starts_at, hour.sales.count, hour.returns.count) for hour in hours]


@pytest.mark.parametrize(
    ("zone", "starts"),
    [
        ("Asia/Shanghai", ["2027-01-15T08:00:00.000Z", "2027-01-15T09:00:00.000Z"]),
        ("Asia/Kathmandu", ["2027-01-15T07:15:00.000Z", "2027-01-15T08:15:00.000Z"]),
    ],
)
def test_hours_are_those_of_the_banks_clock(counter: Counter, zone: str, starts: list[str]) -> None:
    """Nepal's hours begin at a quarter past of UTC's."""
    town, shift = counter.town, counter.open()
    town.advance(14 * MINUTE)
    charge = counter.sell(1_000)
    town.advance(HOUR)
    town.run(refund, town.refund(counter.shop, charge, 300))
    with patch.object(takings, "business_zone", lambda _transaction: ZoneInfo(zone)):
        hours = counter.report(shift.id).hours
    assert told(hours) == [(starts[0], 1, 0), (starts[1], 0, 1)]


def test_a_sale_that_races_the_close_is_in_one_report_or_the_next(counter: Counter) -> None:
    town = counter.town
    shift = counter.open()
    charges = [town.run(create_charge, town.charge(counter.shop, 100)).value.id for _ in range(8)]
    half = [town.submit(pay, town.pay(counter.wallet, charge)) for charge in charges[:4]]
    end = town.submit(end_shift, counter.end(shift.id))
    rest = [town.submit(pay, town.pay(counter.wallet, charge)) for charge in charges[4:]]
    assert all(answer.result(30).value.state == "succeeded" for answer in (*half, *rest))
    assert end.result(30).value.state == "closed"
    shifts = [town.charge_row(charge).shift for charge in charges]
    assert shifts == [shift.id] * 4 + [None] * 4
    assert counter.report(shift.id).sales.count == 4


def test_a_kept_count_cannot_be_changed(counter: Counter) -> None:
    shift = counter.open()
    counter.sell(100)
    counter.close(shift.id)
    for statement in ("UPDATE takings SET sold = 1", "DELETE FROM takings"):
        with pytest.raises(Exception, match="final"):
            counter.town.change(statement)


def test_a_closed_shift_is_reported_as_it_was_counted(damaged: Town) -> None:
    counter = Counter(damaged)
    shift = counter.open()
    counter.sell(100)
    running = counter.report(shift.id)
    counter.close(shift.id)
    final = counter.report(shift.id)
    assert final.sales == running.sales
    damaged.change("UPDATE charges SET amount = amount + 1, tip = 1")
    assert counter.report(shift.id) == final


#: Rule → statements that break it. ``{0}`` is a closed shift, ``{1}`` the open one after it.
DAMAGES = {
    "the shifts of a till are not numbered from 1 without gaps": (
        "UPDATE shifts SET number = 7 WHERE id = '{1}'",
    ),
    "a shift is closed and not counted, or counted and open": (
        "UPDATE shifts SET closed_at = NULL WHERE id = '{0}'",
        "UPDATE shifts SET closed_at = opened_at WHERE id = '{1}'",
    ),
    "a sale does not belong to its shift": (
        "UPDATE charges SET shift = '{1}' WHERE shift = '{0}'",
        "UPDATE shifts SET closed_at = opened_at - 1 WHERE id = '{0}'",
    ),
    "a refund does not belong to its shift": (
        "UPDATE refunds SET created_at = 1 WHERE shift = '{0}'",
    ),
    "a reversal does not belong to its shift": (
        "UPDATE charges SET reversed_in = '{1}' WHERE state = 'partially_refunded'",
    ),
    "a closed shift's takings are not those of its sales and returns": tuple(
        f"UPDATE takings SET {column} = {column} + 1"
        for column in (
            *("sales", "sold", "tips", "tipped", "discounts", "discounted"),
            *("refunds", "refunded", "reversals", "reversed"),
        )
    ),
    "a closed shift's takings and the ledger disagree": (
        "UPDATE takings SET fees = fees + 1",
        "UPDATE takings SET sold = sold + 1",
        "UPDATE charges SET shift = NULL WHERE state = 'partially_refunded'",
    ),
}
CASES = [
    pytest.param(rule, statement, id=f"{rule} {number}")
    for rule, statements in DAMAGES.items()
    for number, statement in enumerate(statements)
]


def a_closed_shift(counter: Counter) -> list[str]:
    """Give a closed shift with one of everything, and an open one."""
    town = counter.town
    shift = counter.open()
    sold, undone = counter.sell(10_000, tip=500, discount=300), counter.sell(20_000)
    town.advance(MINUTE)
    town.run(refund, town.refund(counter.shop, sold, 4_000))
    town.run(reverse, town.reverse(counter.shop, undone))
    town.advance(MINUTE)
    counter.close(shift.id)
    town.advance(MINUTE)
    return [shift.id, counter.open().id]


@pytest.mark.parametrize(("rule", "statement"), CASES)
def test_a_damaged_shift_is_found(damaged: Town, rule: str, statement: str) -> None:
    shifts = a_closed_shift(Counter(damaged))
    assert damaged.findings() == []
    damaged.change("DROP TRIGGER takings_kept", "DROP INDEX shifts_open", statement.format(*shifts))
    assert any(finding.startswith(f"{rule}: ") for finding in damaged.findings())


def test_every_rule_is_broken_once() -> None:
    assert DAMAGES.keys() == RULES.keys()


def test_the_takings_follow_the_money_not_the_charge(counter: Counter) -> None:
    """A refund gives its fee back in the shift that gives it, whatever the sale's shift says."""
    town = counter.town
    first = counter.open()
    charge = counter.sell(10_000)
    counter.close(first.id)
    second = counter.open()
    town.run(refund, town.refund(counter.shop, charge))
    fees = [counter.report(shift.id).fees.minor for shift in (first, second)]
    assert (fees, town.takings(counter.shop), town.fees()) == ([60, -60], 0, 0)
