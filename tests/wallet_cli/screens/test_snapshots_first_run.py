"""The first run, the locked store, settings, help and activity, as they look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, OptionList

from terminal_kit.screens.activity import EventList
from terminal_kit.screens.link import Line, Link
from tests.end_to_end.programs import WALLET
from tests.stage.snapshots import snapshot
from wallet_api.contract.administration import JoinCard
from wallet_cli.screens.app import WalletApp
from wallet_cli.screens.letting_in import LettingIn

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs
    from tests.stage.playing import Player


async def typing(player: Player) -> None:
    await player.until(lambda: isinstance(player.app.focused, Input))


async def named(player: Player) -> None:
    await typing(player)
    await player.write("Zoe")
    await player.press("enter")
    await player.until(lambda: isinstance(player.app.focused, OptionList))
    await player.until(lambda: player.widget("#stores", OptionList).option_count == 2)


async def live(player: Player) -> None:
    await player.see("●", "2,500.00")


async def at(player: Player, place: str) -> None:
    await live(player)
    player.app.go(place)


def test_the_first_question(town: Programs) -> None:
    snapshot("wallet-first-run-name", lambda: WalletApp(WALLET), typing)


def test_where_secrets_are_kept(town: Programs) -> None:
    snapshot("wallet-first-run-store", lambda: WalletApp(WALLET), named)


def test_a_pin_that_is_weak(town: Programs) -> None:
    async def scenario(player: Player) -> None:
        await named(player)
        await player.press("enter")
        await typing(player)
        await player.write("123456")
        await player.press("enter")
        await player.write("123456")
        await player.press("enter")
        await player.see("✗")

    snapshot("wallet-first-run-pin", lambda: WalletApp(WALLET), scenario)


def test_the_locked_store(shop: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WALLET_PASSPHRASE_FILE")

    async def scenario(player: Player) -> None:
        await typing(player)
        await player.write("wrong")
        await player.press("enter")
        await player.see("✗")

    snapshot("wallet-unlock", lambda: WalletApp(WALLET), scenario)


@pytest.mark.parametrize(("name", "down"), [("language", 1), ("theme", 2), ("motion", 3)])
def test_settings(shop: Programs, name: str, down: int) -> None:
    async def scenario(player: Player) -> None:
        await at(player, "settings")
        await player.see("✓")
        await player.press(*["down"] * down, "enter")

    snapshot(f"wallet-settings-{name}", lambda: WalletApp(WALLET), scenario)


def test_help(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at(player, "help")
        await player.until(lambda: bool(player.app.screen.query("#topics")))
        await player.until(lambda: player.widget("#topics", OptionList).option_count > 0)

    snapshot("wallet-help", lambda: WalletApp(WALLET), scenario)


def test_activity(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at(player, "activity")
        await player.until(lambda: bool(player.app.screen.query("EventList")))
        await player.until(lambda: bool(player.widget("EventList", EventList).rows))

    snapshot("wallet-activity", lambda: WalletApp(WALLET), scenario)


def test_a_device_that_waits_to_be_let_in(shop: Programs) -> None:
    joined = JoinCard(wallet="", device="", currency="CNY", state="pending", comparison="123 456")

    async def scenario(player: Player) -> None:
        await live(player)
        player.app.link = Link(Line.CONNECTING)
        player.app.push_screen(LettingIn(joined))
        await player.until(lambda: bool(player.app.screen.query("#digits")))

    snapshot("wallet-letting-in", lambda: WalletApp(WALLET), scenario)


def test_offline(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at(player, "settings")
        await player.press("down")
        player.app.link = Link(Line.OFFLINE, "12:04")
        await player.see("▲", "12:04")

    snapshot("wallet-offline", lambda: WalletApp(WALLET), scenario)
