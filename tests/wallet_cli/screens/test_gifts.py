"""Gifts: given by code or to one person, taken, and watched as they are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, Select

from payment_codes.scan.scanner import scan
from terminal_kit.screens.widgets.code_picture import QrCode
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
)
from tests.stage.others import cny, owner
from tests.stage.playing import Player, play
from wallet_api.contract.people import GiftRequest
from wallet_cli.gifts import Gifts
from wallet_cli.screens import check
from wallet_cli.screens.app import WalletApp

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.conftest import NothingMoves
    from tests.end_to_end.programs import Programs
    from wallet_api.contract.people import Gift


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "GUARD_SECONDS", 0.05)


async def at_gifts(player: Player) -> None:
    await player.see("Last movements")
    player.app.go("gifts")
    await player.see("State")


def given(**wish: object) -> Gift:
    """Have the friend give 8.88 CNY."""
    request = GiftRequest(amount=cny(8_88), **wish)  # type: ignore[arg-type]
    return friend(lambda session: Gifts(session).give(request))


def test_a_gift_in_shares_is_given_by_a_code_and_taken_live(shop: Programs, tmp_path: Path) -> None:
    meet()

    async def scenario(player: Player) -> None:
        await at_gifts(player)
        await player.see("No gifts yet. Press n")
        await player.press("n")
        await player.write("9.01")
        await player.see("CN¥2,470.99 left after it")
        await player.press("enter")
        player.widget("#count", Input).value = "3"
        await player.press("enter")
        await player.write("luck")
        await player.press("enter")
        await player.see("Whoever has the code", "3, all alike")
        await confirm(player)
        await player.see("◌ Waits to be taken", "0 of 3 taken")
        await player.press("enter")
        await player.see("0 of 3 taken", "s Save")
        picture = tmp_path / "terminal.png"
        player.photograph(picture)
        (code,) = [found.text for found in scan(picture)]
        await player.apart(lambda: friend(lambda session: Gifts(session).claim(code)))
        await player.see("1 of 3 taken", "✓ Bob 李四", "CN¥3.01")
        await player.press("escape")
        await player.see("by its code", "1 of 3")

    play(lambda: WalletApp(WALLET), scenario)
    assert balances() == (OWN - 9_01, FRIENDS + 3_01)


def test_a_gift_to_one_person_needs_the_pin_above_the_limit(shop: Programs) -> None:
    meet()

    async def scenario(player: Player) -> None:
        await at_gifts(player)
        await player.press("n")
        await player.write("1500")
        await player.press("f3")
        await player.see("A gift to whom?")
        await choose_friend(player)
        assert player.widget("#random", Select).disabled
        await player.press("enter")
        await player.see("Bob 李四", "a gift")
        await confirm(player)
        await give_pin(player)
        await player.see("◌ Waits to be taken", "For")
        await player.press("enter")
        await player.see("Waits to be taken", "0 of 1 taken")
        assert not player.widget("QrCode", QrCode).payload

    play(lambda: WalletApp(WALLET), scenario)
    assert balances() == (OWN - 1500_00, FRIENDS)


def test_a_gift_that_waits_for_the_pin_is_given_up(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_gifts(player)
        await player.press("n")
        await player.write("1500")
        await player.press("enter", "enter", "enter")
        await confirm(player)
        await player.see("PIN, six digits")
        await player.press("escape", "escape", "escape")
        await player.see("◌ pin required")
        await player.press("enter")
        await player.see("Waits for your PIN", "Give up")
        await player.press("x")
        await player.see("Give up the gift of CN¥1,500.00?")
        await player.press("enter")
        await player.see("↩ Cancelled, not given")

    play(lambda: WalletApp(WALLET), scenario)
    assert shop.balances()[0] == 2500_00


def test_a_gift_is_taken_by_its_code_once(shop: Programs) -> None:
    meet()
    code = given(count=2).payload
    assert code is not None

    async def take(player: Player) -> None:
        await player.press("t")
        await player.see("Which gift do you take?")
        await player.paste(code)
        await player.press("enter")

    async def scenario(player: Player) -> None:
        await at_gifts(player)
        await take(player)
        await player.see("✓ Yours", "CN¥4.44", "Bob 李四")
        await player.press("enter")
        await take(player)
        await player.see("✗", "already")

    play(lambda: WalletApp(WALLET), scenario)
    assert balances() == (OWN + 4_44, FRIENDS - 8_88)


def test_a_gift_to_oneself_comes_up_and_is_taken(shop: Programs) -> None:
    meet()

    async def scenario(player: Player) -> None:
        await at_gifts(player)
        await player.see("No gifts yet")
        await player.apart(lambda: given(receiver=owner(), note="红包"))
        await player.see("from Bob 李四", "◌ open")
        await player.press("enter")
        await player.see("红包", "Take it")
        await player.press("t")
        await player.see("✓ Yours", "CN¥8.88")
        await player.press("enter")
        await player.see("✓ All of it was taken")
        assert "t Take" not in player.text()

    play(lambda: WalletApp(WALLET), scenario)
    assert balances() == (OWN + 8_88, FRIENDS - 8_88)


def test_what_is_no_gift_is_said_in_place(shop: Programs, nothing_moves: NothingMoves) -> None:
    async def scenario(player: Player) -> None:
        await at_gifts(player)
        await player.press("n")
        await player.write("5")
        await player.press("enter")
        player.widget("#count", Input).value = "101"
        await player.click("#check")
        await player.see("✗ A gift has 1 to 100 shares.")
        await player.press("escape", "t")
        await player.see("Which gift")
        await player.write("0123abcd")
        await player.press("enter")
        await player.see("✗ There is no such gift here.")

    with nothing_moves():
        play(lambda: WalletApp(WALLET), scenario)
    assert not act(WALLET, lambda session: Gifts(session).page().items)
