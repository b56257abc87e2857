"""Requests for money, and bills that are split: asked, paid, declined, taken back, live."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from tests.end_to_end.go_between import BEHIND, GoBetween
from tests.end_to_end.programs import WALLET
from tests.stage.friends import (
    FRIENDS,
    OWN,
    act,
    balances,
    choose_friend,
    confirm,
    friend,
    give_pin,
    meet,
    once,
)
from tests.stage.others import cny, owner
from tests.stage.playing import Player, play
from wallet_api.contract.people import RequestState
from wallet_cli.requests import Requests
from wallet_cli.screens import check
from wallet_cli.screens.app import WalletApp

if TYPE_CHECKING:
    from terminal_kit.session import Session
    from tests.end_to_end.programs import Programs
    from tests.end_to_end.services import Service
    from wallet_api.contract.people import MoneyRequest

SERVE = BEHIND


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "GUARD_SECONDS", 0.05)


async def at(player: Player, place: str) -> None:
    await player.see("Last movements")
    player.app.go(place)


def asked(minor: int, note: str) -> None:
    """Have the friend ask for money."""
    friend(lambda session: Requests(session).ask(owner(), cny(minor), note))


def newest() -> MoneyRequest:
    return act(WALLET, lambda session: Requests(session).page().items[0])


def pay_newest() -> None:
    """Have the friend pay what was asked last."""

    def pay(session: Session) -> None:
        requests = Requests(session)
        requests.pay(requests.page().items[0])

    friend(pay)


def test_somebody_is_asked_and_pays(shop: Programs) -> None:
    meet()

    async def scenario(player: Player) -> None:
        await at(player, "requests")
        await player.see("No requests yet. Press n")
        await player.press("n")
        await player.see("Ask whom for money?")
        await choose_friend(player)
        await player.write("12.5")
        await player.press("enter")
        await player.write("lunch")
        await player.press("enter")
        await player.see("◌ Not paid yet", "You asked", "Bob 李四", "lunch")
        await player.apart(pay_newest)
        await player.see("✓ Paid")
        await player.press("escape")
        await player.see("you asked", "✓ paid")

    play(lambda: WalletApp(WALLET), scenario)
    assert balances() == (OWN + 12_50, FRIENDS - 12_50)


def test_what_somebody_asks_for_comes_up_and_is_paid_with_the_pin(shop: Programs) -> None:
    meet()

    async def scenario(player: Player) -> None:
        await at(player, "requests")
        await player.see("No requests yet")
        await player.apart(lambda: asked(1200_00, "rent"))
        await player.see("asks you", "CN¥1,200.00", "◌ open")
        await player.press("enter")
        await player.see("Asks you", "rent", "Decline")
        await player.press("p")
        await confirm(player)
        await give_pin(player)
        await player.see("✓ Sent", "CN¥1,280.00")
        await player.press("enter")
        await player.see("✓ Paid")
        assert "p Pay" not in player.text()

    play(lambda: WalletApp(WALLET), scenario)
    assert balances() == (OWN - 1200_00, FRIENDS + 1200_00)


def test_a_request_is_declined_or_taken_back_after_a_question(shop: Programs) -> None:
    wallet = meet()
    asked(3_00, "taxi")
    act(WALLET, lambda session: Requests(session).ask(wallet, cny(4_00), "tea"))

    async def scenario(player: Player) -> None:
        await at(player, "requests")
        await player.see("asks you", "you asked")
        await player.press("enter")
        await player.see("You asked", "tea")
        await player.press("t")
        await player.see("Take back the request for CN¥4.00?")
        await player.press("escape")
        await player.see("◌ Not paid yet")
        await player.press("t")
        await player.see("Take back the request")
        await player.press("enter")
        await player.see("↩ Taken back")
        await player.press("escape", "down", "enter")
        await player.see("Asks you", "taxi")
        await player.click("#act-decline")
        await player.see("Decline to pay CN¥3.00?")
        await player.press("enter")
        await player.see("✗ Declined")

    play(lambda: WalletApp(WALLET), scenario)
    assert balances() == (OWN, FRIENDS)


def test_without_a_line_asking_says_so_and_works_once_it_is_back(
    shop: Programs, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    meet()

    async def scenario(player: Player) -> None:
        with GoBetween(service, once):
            await at(player, "requests")
            await player.press("n")
            await choose_friend(player)
            await player.write("5")
            await player.press("enter", "enter")
            await player.see("◌ Not paid yet")
            await player.press("escape", "n")
            await choose_friend(player)
            await player.write("7")
            await player.press("enter")
        await player.press("enter")
        await player.see("✗ The service at", "does not answer. Nothing")
        with GoBetween(service, once):
            await player.press("enter")
            await player.see("◌ Not paid yet", "CN¥7.00")

    with GoBetween(service, once) as between:
        monkeypatch.setenv("WALLET_API_URL", between.url)
    play(lambda: WalletApp(WALLET), scenario)
    monkeypatch.setenv("WALLET_API_URL", service.url)
    items = act(WALLET, lambda session: Requests(session).page().items)
    assert [item.amount for item in items] == [cny(7_00), cny(5_00)]


def test_a_bill_is_split_to_the_cent_as_it_was_shown(shop: Programs) -> None:
    meet()

    async def scenario(player: Player) -> None:
        await at(player, "split")
        await player.see("The bill", "You")
        await player.write("100.01")
        await player.see("CN¥100.01")
        await player.press("enter")
        await player.write("dinner")
        await player.press("enter")
        await player.see("Who else has a share?")
        await choose_friend(player)
        # What does not divide falls on the one who splits.
        await player.see("CN¥50.01", "CN¥50.00")
        own, other = player.app.screen.query(".share-weight").results(Input)
        other.value = "2"
        await player.see("CN¥33.34", "CN¥66.67")
        own.value = "0"
        await player.see("CN¥0.00", "CN¥100.01")
        own.value = "1"
        await player.see("CN¥33.34", "CN¥66.67")
        await player.press("enter")
        await player.see("◌ 0 of 1 paid", "dinner", "Your own share", "CN¥33.34", "CN¥66.67")
        await player.apart(pay_newest)
        await player.see("✓ 1 of 1 paid", "CN¥66.67  ✓ paid")
        await player.press("escape")
        await at(player, "split")
        await player.press("f4")
        await player.see("dinner", "✓ 1 of 1")

    play(lambda: WalletApp(WALLET), scenario)
    assert balances() == (OWN + 66_67, FRIENDS - 66_67)


def test_a_share_of_nothing_is_marked_and_refused_and_nobody_is_asked(shop: Programs) -> None:
    meet()

    async def scenario(player: Player) -> None:
        await at(player, "split")
        await player.see("The bill")
        await player.click("#ask")
        await player.see("No amount was given.")
        await player.write("10")
        await player.click("#ask")
        await player.see("Add at least one person: F3.")
        await player.press("f3")
        await choose_friend(player)
        await player.see("CN¥5.00")
        *_own, other = player.app.screen.query(".share-weight").results(Input)
        other.value = "0"
        await player.see("✗ CN¥0.00")
        await player.click("#ask")
        await player.see("each person's share must be more")
        # The same person has one share only, and can be taken off again.
        await player.press("f3")
        await choose_friend(player)
        await player.see("Bob 李四 has a share already.")
        await player.click("Shares ShareRow:last-of-type .share-off")
        await player.see_no("Bob 李四  ")
        assert len(player.app.screen.query("ShareRow")) == 1

    play(lambda: WalletApp(WALLET), scenario)
    assert not act(WALLET, lambda session: Requests(session).page().items)


def test_an_own_share_alone_can_be_nothing(shop: Programs) -> None:
    meet()

    async def scenario(player: Player) -> None:
        await at(player, "split")
        await player.write("10")
        await player.press("f3")
        await choose_friend(player)
        own, _other = player.app.screen.query(".share-weight").results(Input)
        own.value = ""
        await player.see("CN¥10.00")
        await player.press("enter")
        await player.see("◌ 0 of 1 paid", "CN¥0.00")

    play(lambda: WalletApp(WALLET), scenario)
    assert (newest().amount, newest().state) == (cny(10_00), RequestState.OPEN)
