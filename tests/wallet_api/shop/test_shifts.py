"""A till's shifts: one at a time, numbered without gaps, final once they are closed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from payment_codes.amount import LARGEST_MINOR, Amount
from tests.wallet_api.checkout.books import DAY
from tests.wallet_api.shop.counter import Counter
from wallet_api.checkout.charges import create_charge
from wallet_api.checkout.payments import pay
from wallet_api.checkout.returns import refund, reverse
from wallet_api.contract.errors import (
    AmountInvalid,
    CurrencyMismatch,
    NotFound,
    NotYours,
    ShiftOpen,
)
from wallet_api.contract.ids import new_id
from wallet_api.identity.records import TILLS, Till
from wallet_api.shop.shifts import EndShift, begin_shift, end_shift

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Town


@pytest.fixture
def counter(town: Town) -> Counter:
    return Counter(town)


def test_shifts_of_a_till_are_numbered_without_gaps(counter: Counter) -> None:
    made = []
    for _ in range(4):
        made.append(counter.open())
        counter.close(made[-1].id)
    assert [shift.number for shift in made] == [1, 2, 3, 4]
    other = Counter(counter.town)
    assert other.open().number == 1
    assert [shift.number for shift in counter.shifts(limit=3)] == [4, 3, 2]
    assert [shift.number for shift in counter.shifts(below=2)] == [1]


def test_one_shift_is_open_at_a_till(counter: Counter) -> None:
    town = counter.town
    first = counter.open()
    assert isinstance(town.refusal(begin_shift, counter.begin()), ShiftOpen)
    counter.close(first.id)
    assert counter.open().number == 2


def test_a_lost_answer_is_replayed(counter: Counter) -> None:
    town, command = counter.town, counter.begin(500)
    first, again = town.run(begin_shift, command), town.run(begin_shift, command)
    assert (first.value, first.replayed, again.replayed) == (again.value, False, True)
    end = counter.end(first.value.id)
    assert town.run(end_shift, end).value == town.run(end_shift, end).value
    assert town.run(begin_shift, command).value.state == "open"


def test_openings_at_once_open_one(counter: Counter) -> None:
    town = counter.town
    answers = [town.submit(begin_shift, counter.begin()) for _ in range(8)]
    errors: list[Any] = [answer.exception(30) for answer in answers]
    assert [error is None for error in errors].count(True) == 1
    assert {type(error) for error in errors if error is not None} == {ShiftOpen}


def test_closing_twice_changes_nothing(counter: Counter) -> None:
    town, shift = counter.town, counter.open()
    closed = counter.close(shift.id)
    report = counter.report(shift.id)
    town.advance(DAY)
    assert counter.close(shift.id) == closed
    assert counter.report(shift.id) == report


@pytest.mark.parametrize(
    ("cash", "error"),
    [
        (Amount(-1, "CNY"), AmountInvalid),
        (Amount(LARGEST_MINOR + 1, "CNY"), AmountInvalid),
        (Amount(1, "EUR"), CurrencyMismatch),
    ],
)
def test_a_float_is_nothing_or_more(counter: Counter, cash: Amount, error: type) -> None:
    command = counter.begin()
    request = type(command.request)(cash_float=cash)
    assert isinstance(counter.town.refusal(begin_shift, replace(command, request=request)), error)
    assert counter.open(0).cash_float == Amount(0, "CNY")


def second_till(counter: Counter) -> Till:
    """Give another till of the same merchant."""
    till = Till(new_id(counter.town.clock.wall), counter.shop.till.store, counter.shop.id)
    counter.town.engine.submit(lambda tx, _now: TILLS.insert(tx, till)).result(30)
    return till


def test_a_shift_is_closed_by_its_own_till_and_seen_by_its_merchant(counter: Counter) -> None:
    town, shift = counter.town, counter.open()
    other_till = second_till(counter)
    command = EndShift(town.key(counter.shop.id, "end"), other_till, shift.id)
    assert isinstance(town.refusal(end_shift, command), NotYours)
    rival = Counter(town)
    assert isinstance(town.refusal(end_shift, rival.end(shift.id)), NotYours)
    assert isinstance(town.refusal(end_shift, counter.end(new_id())), NotFound)
    with pytest.raises(NotYours):
        rival.report(shift.id)
    assert counter.report(shift.id).number == 1


def test_what_is_paid_belongs_to_the_shift_that_is_open_then(counter: Counter) -> None:
    """A charge made in one shift and paid in the next counts in the next: a Z report is final."""
    town = counter.town
    before = counter.sell(100)
    first = counter.open()
    during = counter.sell(200)
    left_open = town.run(create_charge, town.charge(counter.shop, 300)).value.id
    counter.close(first.id)
    between = counter.sell(400)
    second = counter.open()
    town.run(pay, town.pay(counter.wallet, left_open))
    belongs = {one: town.charge_row(one).shift for one in (before, during, between, left_open)}
    assert belongs == {before: None, during: first.id, between: None, left_open: second.id}
    assert counter.report(first.id).sales.amount.minor == 200
    assert counter.report(second.id).sales.amount.minor == 300


def test_what_goes_back_belongs_to_the_shift_that_gives_it(counter: Counter) -> None:
    town = counter.town
    first = counter.open()
    sold, undone, kept = counter.sell(10_000), counter.sell(5_000), counter.sell(10_000)
    counter.close(first.id)
    second = counter.open()
    town.run(refund, town.refund(counter.shop, sold, 1_000))
    town.run(reverse, town.reverse(counter.shop, undone))
    counter.close(second.id)
    town.run(refund, town.refund(counter.shop, kept, 10))
    early, late = counter.report(first.id), counter.report(second.id)
    assert (early.sales.count, early.refunds.count, early.reversals.count) == (3, 0, 0)
    assert (late.sales.count, late.refunds.amount.minor, late.reversals.amount.minor) == (
        *(0, 1_000),
        5_000,
    )
    assert late.net.minor == -(1_000 + 5_000) + 6 + 30
    assert (early.first_charge, early.last_charge) == (sold, kept)
    assert (late.first_charge, late.last_charge) == (None, None)


def test_a_refund_at_another_till_counts_there(counter: Counter) -> None:
    town = counter.town
    mine = counter.open()
    charge = counter.sell(10_000)
    other = second_till(counter)
    command = replace(town.refund(counter.shop, charge, 1_000), till=other)
    town.run(refund, command)
    assert counter.report(mine.id).refunds.count == 0
