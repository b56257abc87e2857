"""Giving money back while answers are lost: done once, and known in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pos.till import Till
from pos.undoing import Undoing
from terminal_kit.asking import Asking, Doing
from terminal_kit.session import Session
from tests.end_to_end.conftest import nothing_moves, programs, service, shop
from tests.end_to_end.day import cny, day_of
from tests.end_to_end.programs import TILL
from wallet_api.client.sync import Client
from wallet_api.contract.errors import OutcomeUnknown, RefundTooLarge
from wallet_api.contract.wire import ChargeRequest, ChargeState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.end_to_end.programs import Programs
    from wallet_api.client.answers import Reply

__all__ = ["nothing_moves", "programs", "service", "shop"]


@pytest.fixture
def till(shop: Programs, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """Give a till that never sleeps."""
    for name, value in shop.environment.items():
        monkeypatch.setenv(name, value)
    with Session(TILL) as session:
        session.sleep = lambda _seconds: None
        yield session


@pytest.fixture
def lose(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int], list[str]]:
    """Give what has so many answers get lost whose path ends so; the requests arrive."""
    send = Client.send

    def lose(end: str, times: int) -> list[str]:
        keys: list[str] = []

        def sent(
            client: Client,
            method: str,
            path: str,
            **options: Any,  # noqa: ANN401
        ) -> Reply[Any]:
            reply = send(client, method, path, **options)
            if path.endswith(end):
                keys.append(options["key"])
                if len(keys) <= times:
                    raise OutcomeUnknown(id=options["key"])
            return reply

        monkeypatch.setattr(Client, "send", sent)
        return keys

    return lose


def test_a_refund_is_found_by_its_key(
    shop: Programs, till: Session, lose: Callable[[str, int], list[str]]
) -> None:
    with day_of(shop) as day:
        charge = day.sell(4200)
    keys, told = lose("/refunds", 1), list[Doing]()
    refund = Undoing(till, told.append).refund(charge.id, cny(1000), "cold")
    assert [refund.id] == keys
    assert isinstance(told[0], Asking)
    till.state.forget_answered()
    # The same amount once more is another refund.
    assert Undoing(till).refund(charge.id, cny(1000), "cold").id != refund.id
    assert Till(till).show(charge.id).refunded == cny(2000)
    with pytest.raises(RefundTooLarge):
        Undoing(till).refund(charge.id, cny(2300), None)


def test_a_reversal_is_repeated_with_its_key_until_it_is_answered(
    shop: Programs, till: Session, lose: Callable[[str, int], list[str]]
) -> None:
    with day_of(shop) as day:
        charge = day.sell(4200)
    keys = lose("/reverse", 3)
    reversal = Undoing(till).reverse(charge.id)
    assert (reversal.action, reversal.state) == ("returned", ChargeState.REVERSED)
    assert len(keys) == 4
    assert len(set(keys)) == 1
    assert shop.balances() == (250_000, 0)


def test_a_charge_is_closed_though_the_answer_is_lost(
    till: Session, lose: Callable[[str, int], list[str]]
) -> None:
    charge = Till(till).charge(ChargeRequest(amount=cny(900)))
    keys = lose("/close", 1)
    assert Undoing(till).close(charge.id).state is ChargeState.CLOSED
    assert len(set(keys)) == 1
    assert not till.state.read().open


def test_nobody_answers_and_that_is_said(
    shop: Programs, till: Session, lose: Callable[[str, int], list[str]]
) -> None:
    with day_of(shop) as day:
        charge = day.sell(4200)
    lose("/reverse", 99)
    told = list[Doing]()
    with pytest.raises(OutcomeUnknown):
        Undoing(till, told.append).reverse(charge.id)
    assert [doing.number for doing in told if isinstance(doing, Asking)] == list(range(1, 13))
