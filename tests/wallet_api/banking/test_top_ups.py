"""Top-ups: asked until answered, answered once, and what is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payment_codes.amount import Amount
from tests.wallet_api.checkout.books import SECOND
from wallet_api.banking import top_ups
from wallet_api.banking.notices import Notice
from wallet_api.banking.outbox import BACKOFF, Silence, next_due, note_silence
from wallet_api.banking.top_ups import request_top_up, view_top_up
from wallet_api.contract.errors import LimitExceeded, NotFound, NotYours
from wallet_api.contract.limits import Tier

if TYPE_CHECKING:
    from tests.wallet_api.banking.harbour import Harbour
    from tests.wallet_api.checkout.town import Wallet


def asked(harbour: Harbour, wallet: Wallet, minor: int) -> str:
    command = harbour.top_up(wallet, minor)
    harbour.run(request_top_up, command)
    return command.key.id


def state(harbour: Harbour, wallet: Wallet, top_up: str) -> str:
    return harbour.engine.read(lambda tx, _now: view_top_up(tx, top_up, wallet.id)).state


def test_a_top_up_is_seen_by_its_customer_only(harbour: Harbour) -> None:
    wallet, other = harbour.wallet(7), harbour.wallet()
    command = harbour.top_up(wallet, 100)
    harbour.run(request_top_up, command)
    harbour.answer(command.key.id, paid=True, simulated="bank:late")
    again = harbour.run(request_top_up, command)
    assert (again.replayed, again.value.state) == (True, "pending")
    seen = harbour.engine.read(lambda tx, _now: view_top_up(tx, command.key.id, wallet.id))
    assert (seen.state, seen.balance) == ("succeeded", Amount(107, "CNY"))
    assert seen.simulated == "bank:late"
    with pytest.raises(NotYours):
        harbour.engine.read(lambda tx, _now: view_top_up(tx, command.key.id, other.id))
    with pytest.raises(NotFound):
        harbour.engine.read(lambda tx, _now: view_top_up(tx, other.id, other.id))


def test_a_silent_bank_is_asked_again_after_longer_and_longer_pauses_for_ever(
    harbour: Harbour,
) -> None:
    wallet = harbour.wallet()
    top_up = asked(harbour, wallet, 100)
    pauses = (*BACKOFF, BACKOFF[-1], BACKOFF[-1])
    for pause in pauses:
        assert harbour.engine.read(next_due) == harbour.clock.business + pause * SECOND
        harbour.advance(pause * SECOND - 1)
        assert harbour.due() == []
        harbour.advance(1)
        assert harbour.due() == [top_up]
        harbour.run(note_silence, Silence(top_up, "bank:never"))
    assert state(harbour, wallet, top_up) == "pending"
    harbour.answer(top_up, paid=True)
    assert harbour.engine.read(next_due) is None
    harbour.run(note_silence, Silence(top_up, "bank:never"))
    assert harbour.engine.read(next_due) is None


@pytest.mark.parametrize("first", [True, False])
def test_the_first_answer_counts_and_the_second_changes_nothing(
    harbour: Harbour, *, first: bool
) -> None:
    wallet = harbour.wallet()
    top_up = asked(harbour, wallet, 100)
    harbour.answer(top_up, paid=first)
    entries = harbour.entries()
    for paid in (True, False):
        harbour.answer(top_up, paid=paid)
        harbour.say(Notice(int(paid), "answer", top_up, 100, "CNY", paid))
    assert harbour.entries() == entries == int(first)
    assert harbour.balance(wallet) == (100 if first else 0)


@pytest.mark.parametrize(("spent", "covered"), [(0, 100), (70, 30), (100, 0)])
def test_what_the_bank_takes_back_comes_from_the_wallet_and_the_rest_is_owed(
    harbour: Harbour, spent: int, covered: int
) -> None:
    wallet, shop = harbour.wallet(), harbour.shop()
    top_up = harbour.fund(wallet, 100)
    if spent:
        harbour.buy(wallet, shop, spent)
    for number in (1, 1, 2):
        harbour.take_back(number, top_up, 100)
    lines = {
        f"customer:{wallet.id}": covered,
        f"receivable:{wallet.id}": 100 - covered,
        "bank.safeguarded": -100,
    }
    taken = ("top_up_returned", {name: amount for name, amount in lines.items() if amount})
    assert harbour.moves(top_up)[1:] == [taken]
    assert state(harbour, wallet, top_up) == "returned"
    assert harbour.balance(wallet) == 0
    assert harbour.report()["CNY"].shortfall == 100 - covered


def test_what_is_taken_back_before_its_answer_has_failed(harbour: Harbour) -> None:
    wallet = harbour.wallet()
    top_up = asked(harbour, wallet, 100)
    harbour.take_back(1, top_up, 100)
    harbour.answer(top_up, paid=True)
    assert state(harbour, wallet, top_up) == "failed"
    assert harbour.entries() == 0


def test_a_wallet_cannot_ask_for_more_than_it_may_hold(harbour: Harbour) -> None:
    """What is on its way counts; what has come stays, even above the cap."""
    wallet = harbour.wallet(tier=Tier.IV)
    first = asked(harbour, wallet, 9_000_00)
    command = harbour.top_up(wallet, 1_000_01)
    assert isinstance(harbour.refusal(request_top_up, command), LimitExceeded)
    asked(harbour, wallet, 1_000_00)
    harbour.answer(first, paid=False)
    asked(harbour, wallet, 9_000_00)


def test_lists_are_newest_first_and_page_by_page(harbour: Harbour) -> None:
    wallet = harbour.wallet()
    harbour.fund(harbour.wallet(), 5)
    made = []
    for minor in (1, 2, 3):
        harbour.clock.wall += 1
        made.append(harbour.fund(wallet, minor))
    first = harbour.engine.read(lambda tx, _now: top_ups.list_top_ups(tx, wallet.id, "z", 2))
    assert [item.id for item in first.items] == made[:0:-1]
    assert first.next is not None
    rest = harbour.engine.read(
        lambda tx, _now: top_ups.list_top_ups(tx, wallet.id, first.next or "", 2)
    )
    assert ([item.id for item in rest.items], rest.next) == (made[:1], None)
