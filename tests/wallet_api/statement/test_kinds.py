"""Whatever moved the money, the history says with whom, and what it was for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.banking.harbour import Harbour
from tests.wallet_api.people.neighbours import Neighbours
from tests.wallet_api.statement.walk import whole
from wallet_api.banking.notices import Notice
from wallet_api.banking.strays import Match, match
from wallet_api.contract.ids import new_id
from wallet_api.contract.risk import Outcome
from wallet_api.people.claims import claim
from wallet_api.people.gifts import give
from wallet_api.people.transfers import cancel_transfer, deliver_transfer, send
from wallet_api.risk.rules import NewDevice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.wallet_api.checkout.town import Wallet


class Place(Neighbours, Harbour):
    """Books with people and a bank."""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    assert made.findings() == []
    made.close()


def told(place: Place, wallet: Wallet) -> list[tuple[str, str, int, str, str | None]]:
    """Give what the history says, oldest first."""
    return [
        (one.kind, one.direction, one.amount.minor, one.party, one.note)
        for one in whole(place, wallet)[::-1]
    ]


def test_transfers_name_the_other_person(place: Place) -> None:
    ann, ben = place.wallet(10_000, name="Ann"), place.wallet(name="Ben 本")
    place.run(send, place.send(ann, ben, 500, "for tea"))
    place.adopt(NewDevice("new_device", Outcome.HOLD, hours=24, above={"CNY": 1}))
    kept, undone = place.sent(ann, ben, 300), place.sent(ann, ben, 200)
    place.run(deliver_transfer, place.deliver(kept.id))
    place.run(cancel_transfer, place.cancel(ann, undone.id))
    assert told(place, ann)[1:] == [
        ("send", "out", 500, "Ben 本", "for tea"),
        ("hold", "out", 300, "Ben 本", None),
        ("hold", "out", 200, "Ben 本", None),
        ("send_return", "in", 200, "Ben 本", None),
    ]
    assert told(place, ben) == [
        ("send", "in", 500, "Ann", "for tea"),
        ("release", "in", 300, "Ann", None),
    ]


def test_gifts_name_who_gave_and_whom_they_are_for(place: Place) -> None:
    ann, ben = place.wallet(10_000, name="Ann"), place.wallet(name="Ben")
    _, token = place.given(ann, 600, 2)
    place.run(give, place.give(ann, 100, receiver=ben))
    place.run(claim, place.take(ben, token))
    place.advance(40 * 86_400_000)
    place.run_due()
    assert told(place, ann)[1:] == [
        ("gift", "out", 600, "", "good luck"),
        ("gift", "out", 100, "Ben", "good luck"),
        ("gift_return", "in", 300, "", "good luck"),
        ("gift_return", "in", 100, "Ben", "good luck"),
    ]
    assert told(place, ben) == [("gift_claim", "in", 300, "Ann", "good luck")]


def test_the_bank_is_named_for_all_that_it_does(place: Place) -> None:
    wallet = place.wallet()
    top_up = place.fund(wallet, 10_000)
    for paid in (True, False):
        place.answer(place.take_out(wallet, 1_000), paid=paid)
    place.take_back(1, top_up, 10_000)
    key = new_id()
    place.say(Notice(2, "incoming", key, 700, "CNY"))
    stray = place.rows("SELECT id FROM strays")[0][0]
    place.run(match, Match(place.key("admin", "match"), stray, wallet.id))
    found = told(place, wallet)
    assert {(party, note) for _, _, _, party, note in found} == {("bank", None)}
    assert [(kind, direction, minor) for kind, direction, minor, _, _ in found] == [
        ("top_up", "in", 10_000),
        ("withdrawal", "out", 1_000),
        ("withdrawal", "out", 1_000),
        ("withdrawal_returned", "in", 1_000),
        ("top_up_returned", "out", 9_000),
        ("stray_matched", "in", 700),
    ]
