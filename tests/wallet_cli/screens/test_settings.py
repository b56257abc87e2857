"""Settings: what is chosen holds at once, and at the next start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import OptionList

from terminal_kit.language import choose, language
from terminal_kit.screens.dialogs.pin import PinDialog
from terminal_kit.session import Session
from terminal_kit.settings import Settings, load_settings, settings_file
from tests.end_to_end.programs import WALLET
from tests.stage.playing import LARGE, SMALL, Player, play
from wallet_cli.screens.app import WalletApp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end_to_end.programs import Programs


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English again, whatever the test has chosen."""
    choose("en")
    yield
    choose("en")


async def at_settings(player: Player) -> None:
    await player.see("● live")
    await player.press("o")
    await player.see("Settings", "Secrets")


async def kept(player: Player, settings: Settings) -> None:
    await player.until(lambda: load_settings() == settings, settings)


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_the_profile_says_which_wallet_device_bank_and_store_this_is(
    shop: Programs, size: tuple[int, int]
) -> None:
    with Session(WALLET) as session:
        profile = session.profile

    async def scenario(player: Player) -> None:
        await at_settings(player)
        await player.see(profile.url, "✓ an encrypted file: ready", "CNY")
        text = "".join(part.strip() for part in player.text().split())
        assert profile.owner[:30] in text
        await player.press("c")
        assert player.app.clipboard == profile.owner

    play(lambda: WalletApp(WALLET), scenario, size)


def test_a_theme_is_tried_on_kept_by_enter_and_worn_at_the_next_start(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_settings(player)
        await player.press("down", "down", "enter")
        await player.see("● Night", "○ Day")
        await player.press("down")
        await player.until(lambda: player.app.theme == "day")
        await player.press("escape")
        await player.until(lambda: player.app.theme == "night")
        assert not settings_file().exists(), "trying on keeps nothing"
        await player.press("right", "down", "enter")
        await player.see("○ Night", "● Day")
        await kept(player, Settings(theme="day"))
        await player.press("escape", "down", "enter", "down", "enter")
        await player.see("○ Things may move", "● Nothing moves")
        await kept(player, Settings(theme="day", motion=False))

    play(lambda: WalletApp(WALLET), scenario)

    async def again(player: Player) -> None:
        await player.see("● live")
        assert (player.app.theme, player.app.animation_level) == ("day", "none")

    play(lambda: WalletApp(WALLET), again)


def test_a_theme_of_the_palette_is_kept_too(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_settings(player)
        await player.press("down", "down")
        await player.click("#more")
        await player.see("Search for a theme")
        await player.write("nord")
        await player.see("nord")
        await player.press("enter")
        await player.until(lambda: player.app.theme == "nord")
        await kept(player, Settings(theme="nord"))

    play(lambda: WalletApp(WALLET), scenario)


def test_themes_that_know_nothing_of_ours_can_be_worn(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_settings(player)
        for theme in ("ansi-dark", "ansi-light", "nord", "textual-light"):
            player.app.theme = theme
            await player.pilot.pause()
            await player.see("Settings", "Copy the number")
            player.app.push_screen(PinDialog("Why?"))
            await player.see("Why?")
            await player.press("escape")

    play(lambda: WalletApp(WALLET), scenario)


def test_another_language_is_spoken_at_once_and_by_the_commands(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_settings(player)
        await player.press("down", "enter")
        await player.see("● As the system says", "○ 中文")
        await player.press("down", "down", "enter")
        await player.see("档案", "● 中文")
        assert language() == "zh"
        await kept(player, Settings(language="zh"))
        # One is still where one was, and back in the list by Esc.
        assert isinstance(player.app.focused, OptionList)
        await player.press("up", "up", "enter")
        await player.see("Profile", "● As the system says")
        await player.press("down", "down", "enter")
        await kept(player, Settings(language="zh"))

    play(lambda: WalletApp(WALLET), scenario)
    assert "余额" in shop.run("wallet", "whoami").out
    assert "Balance" in shop.run("wallet", "--lang", "en", "whoami").out


def test_settings_that_cannot_be_kept_hold_for_now(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_settings(player)
        await player.press("down", "down", "enter", "down", "enter")
        await player.until(lambda: player.app.settings.theme == "day")
        notes = player.app._notifications
        await player.until(lambda: any("cannot be kept" in one.message for one in notes))

    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().mkdir()
    play(lambda: WalletApp(WALLET), scenario)


def test_the_doors_lead_on_and_back(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_settings(player)
        await player.press("end", "up", "enter")
        await player.see("Devices", "(this one)")
        await player.press("escape")
        await player.see("Settings", "Secrets")
        await player.press("escape")
        await player.see("Last movements")

    play(lambda: WalletApp(WALLET), scenario)
