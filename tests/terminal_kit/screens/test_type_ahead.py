"""Keys that come one right behind the other reach what the ones before them led to."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.widgets import Input

from pos.screens.app import TillApp
from terminal_kit.screens import type_ahead
from terminal_kit.screens.dialogs.pin import PinDialog
from terminal_kit.session import Session
from tests.end_to_end.programs import CUSTOMER, MERCHANT, PIN, TILL, WALLET
from tests.stage.playing import Player, play
from wallet_cli.screens.app import WalletApp
from wallet_cli.screens.bank import BankScreen
from wallet_cli.screens.home import Home
from wallet_cli.screens.new_pin import NewPin
from wallet_cli.security import Security

if TYPE_CHECKING:
    import pytest
    from textual.widget import Widget

    from tests.end_to_end.programs import Programs

ENTER = "enter"


def test_a_whole_first_run_of_the_wallet_is_typed_in_one_go(town: Programs) -> None:
    async def scenario(player: Player) -> None:
        player.type_at_once(CUSTOMER, ENTER, ENTER, PIN, ENTER, PIN, ENTER)
        await player.see("✓ Your wallet is open")
        await player.press(ENTER)
        await player.see("● live", CUSTOMER)

    play(lambda: WalletApp(WALLET), scenario)
    with town.wallet() as wallet:
        assert wallet.card().pin_set


def test_a_whole_first_run_of_the_till_is_typed_in_one_go(town: Programs) -> None:
    async def scenario(player: Player) -> None:
        player.type_at_once(MERCHANT, ENTER, ENTER, ENTER, ENTER)
        await player.see("✓ Your till is open", MERCHANT)

    play(lambda: TillApp(TILL), scenario)


def test_a_passphrase_that_differs_is_typed_again_where_it_is_asked_for(
    town: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WALLET_PASSPHRASE_FILE")

    async def scenario(player: Player) -> None:
        player.type_at_once(CUSTOMER, ENTER, ENTER, "one", ENTER, "other", ENTER, "one", ENTER)
        await player.see("Choose a PIN")

    play(lambda: WalletApp(WALLET), scenario)


def test_the_pin_is_typed_before_its_dialog_is_drawn(shop: Programs) -> None:
    given: list[str | None] = []

    async def scenario(player: Player) -> None:
        await player.see("● live")
        player.app.push_screen(PinDialog("why"), given.append)
        player.type_at_once(PIN, ENTER)
        await player.until(lambda: bool(given), "the PIN")

    play(lambda: WalletApp(WALLET), scenario)
    assert given == [PIN]


def test_a_form_of_hidden_fields_is_filled_in_one_go(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.see("● live")
        player.app.push_screen(NewPin(has_one=True))
        player.type_at_once(PIN, ENTER, "135790", ENTER, "135790", ENTER)
        await player.see("The PIN is set.")

    play(lambda: WalletApp(WALLET), scenario)
    with Session(WALLET) as session:
        Security(session).set_pin("135790", PIN)


def test_keys_go_through_places_that_they_open(shop: Programs) -> None:
    """`b` opens the bank, whose field of an amount is a part of a part of the screen."""

    async def scenario(player: Player) -> None:
        await player.see("● live", "Last movements")
        player.type_at_once("b", "12.5")
        await player.until(lambda: isinstance(player.app.screen, BankScreen))
        await player.until(lambda: player.widget("#sum Input", Input).value == "12.5")
        player.type_at_once("escape", "p", "no code")
        await player.see("Paste or type a code", "no code")

    play(lambda: WalletApp(WALLET), scenario)


def test_what_is_held_waits_but_for_the_way_out(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.see("● live")
        with player.app.typing.held():
            player.type_at_once("p")
            await player.until(lambda: not player.app.typing.is_settled, "the key")
            await player.pilot.pause()
            assert isinstance(player.app.screen, Home)
        await player.see("Paste or type a code")
        with player.app.typing.held():
            await player.press("ctrl+q")
            assert not player.app.is_open

    play(lambda: WalletApp(WALLET), scenario)


def test_a_part_that_hangs_does_not_lock_the_keyboard(
    shop: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(_target: Widget) -> None:
        await asyncio.Event().wait()

    async def scenario(player: Player) -> None:
        await player.see("● live")
        monkeypatch.setattr(type_ahead, "LONGEST", 0.05)
        monkeypatch.setattr(type_ahead, "_handled", never)
        player.type_at_once("p", "escape", "b")
        await player.until(lambda: isinstance(player.app.screen, BankScreen), "the bank")

    play(lambda: WalletApp(WALLET), scenario)
