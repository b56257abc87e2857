"""The charge table, cell by cell: the next state, the answer, the money, and the books whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.checkout.charge_cases import ORIGINS, SMALL, Case, Origin
from tests.wallet_api.checkout.charge_table import (
    COLUMNS,
    DASHES,
    EVENTS,
    NOTHING,
    Dash,
    Event,
    change,
)
from wallet_api.checkout.charges import create_charge

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Town

TESTS = [
    pytest.param(event, origin, id=f"{event.row} {event.variant} × {origin.column} {origin.way}")
    for event in EVENTS
    for origin in ORIGINS
    if origin.column in event.cells
]


@pytest.mark.parametrize(("event", "origin"), TESTS)
def test_cell(town: Town, event: Event, origin: Origin) -> None:
    case = Case(town, event.amount)
    origin.reach(case)
    column = "closed" if origin.column == "tombstone" else origin.column
    assert case.state() == column
    if event.before is not None:
        event.before(case)
    expected = change(event.cells[origin.column], column)
    before, entries = case.money(), town.entries()

    outcome = case.outcome(event.act)

    after = case.money()
    moved = tuple(now - then for now, then in zip(after, before, strict=True))
    assert (case.state(), outcome, moved) == (expected.after, expected.outcome, expected.moved)
    assert town.entries() - entries == (expected.moved != NOTHING)
    if expected.payment is not None and case.created is not None:
        assert town.payment_view(case.payer, case.payment).state == expected.payment
    if expected.burnt is not None:
        again = case.outcome(_charge_again)
        assert (again == "code_used") is expected.burnt


def _charge_again(case: Case) -> str:
    command = case.town.charge(case.shop, SMALL, code=case.code)
    return case.town.run(create_charge, command).value.state.value


def test_every_cell_of_the_table_is_tested() -> None:
    told = {(event.row, column) for event in EVENTS for column in event.cells}
    assert told == {(row, column) for row in DASHES for column in COLUMNS}
    assert {origin.column for origin in ORIGINS} == set(COLUMNS)


def test_every_dash_of_the_table_is_tested_as_one() -> None:
    dashes = {
        (event.row, column)
        for event in EVENTS
        for column, cell in event.cells.items()
        if isinstance(cell, Dash)
    }
    assert dashes == {(row, column) for row, columns in DASHES.items() for column in columns}
