"""One charge in steps: it is remembered while it is open, and given up only where it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos.baskets import Baskets
from pos.till import Till
from pos.waiting import Waiting
from terminal_kit.session import Session
from tests.end_to_end.programs import TILL
from tests.pos.screens.stand import SALE, pay
from wallet_api.contract.errors import NotFound
from wallet_api.contract.wire import ChargeState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end_to_end.programs import Programs
    from wallet_api.contract.wire import Charge


@pytest.fixture
def session(shop: Programs) -> Iterator[Session]:
    del shop
    with Session(TILL) as opened:
        yield opened


def paid(charge: Charge) -> None:
    assert charge.payload is not None
    pay(charge.payload)


def told(session: Session) -> list[str]:
    """Let the cashier see the answer, and give the charges that are still remembered."""
    session.state.forget_answered()
    return session.state.read().open


def test_an_open_charge_is_remembered_until_its_end_was_seen(session: Session) -> None:
    waiting = Waiting(session)
    charge = waiting.ask(SALE.request(), SALE.rung)
    assert told(session) == [charge.id]
    assert Baskets.of(session).lines(charge.id) == SALE.lines
    paid(charge)
    done = waiting.step(charge)
    assert done.state is ChargeState.SUCCEEDED
    assert session.state.read().open == [charge.id]
    assert told(session) == []


def test_what_is_cancelled_cannot_be_paid(session: Session) -> None:
    waiting = Waiting(session)
    charge = waiting.ask(SALE.request())
    assert waiting.cancel(charge).state is ChargeState.CLOSED
    assert told(session) == []


def test_what_was_paid_is_not_cancelled(session: Session) -> None:
    waiting = Waiting(session)
    charge = waiting.ask(SALE.request())
    paid(charge)
    assert waiting.cancel(charge).state is ChargeState.SUCCEEDED


def test_what_was_paid_and_reversed_is_given_as_that(session: Session) -> None:
    waiting = Waiting(session)
    charge = waiting.ask(SALE.request())
    paid(charge)
    Till(session).reverse(charge.id)
    assert waiting.cancel(charge).state is ChargeState.REVERSED


def test_there_is_nothing_to_ask_again_for_without_an_attempt(session: Session) -> None:
    with pytest.raises(NotFound):
        Waiting(session).ask_again(SALE.request())
