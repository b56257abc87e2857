"""Leaving a program, or a screen of it, while something is being made or done there."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

import pytest
from textual.containers import VerticalGroup
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widgets import Static

from terminal_kit.asking import Away
from terminal_kit.screens.followed import once_drawn
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.workers import start
from tests.end_to_end.programs import WALLET
from tests.stage.playing import Player, play
from wallet_cli.screens.app import WalletApp

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from terminal_kit.asking import Doing
    from tests.end_to_end.programs import Programs


class HalfMade(Screen[None]):
    """Looks for a part of itself that was not made any more."""

    def __init__(self, *, leaves: bool) -> None:
        super().__init__()
        self._leaves = leaves

    def on_mount(self) -> None:
        if self._leaves:
            self.app.exit(0)
        self.query_one(Static)


class Leaving(WalletApp):
    """Shows such a screen as soon as it starts."""

    leaves = True

    def on_mount(self) -> None:
        self.push_screen(HalfMade(leaves=self.leaves))


@pytest.mark.parametrize("leaves", [True, False])
def test_a_half_made_screen_is_a_failure_unless_one_leaves(*, leaves: bool) -> None:
    app = Leaving(WALLET)
    app.leaves = leaves
    asyncio.run(app.run_async(headless=True))
    assert isinstance(app.failure, NoMatches) is not leaves


class Around(VerticalGroup):
    """Stays until the screen's work has missed what stood in it."""

    async def on_unmount(self) -> None:
        """Let the work go on: what stood in it is gone."""
        screen = cast("Working", self.screen)
        screen.goes_on.set()
        await screen.missed.wait()


class Working(KitScreen[None]):
    """Looks for a part of itself after it waited for something."""

    def __init__(self) -> None:
        super().__init__()
        self.goes_on, self.missed = asyncio.Event(), asyncio.Event()
        self.shown: list[object] = []

    def body(self) -> ComposeResult:
        """Give a part of a part."""
        with Around():
            yield Static(id="part")

    def on_mount(self) -> None:
        """Begin."""
        start(self, self._work)

    def progress(self, doing: Doing) -> None:
        """Note it."""
        self.shown.append(doing)

    async def _work(self) -> None:
        await self.goes_on.wait()
        try:
            self.query_one("#part")
        finally:
            self.missed.set()


def test_work_of_a_screen_that_is_taken_away_may_miss_its_parts(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.see("● live")
        screen = Working()
        await player.app.push_screen(screen)
        screen.dismiss()
        await screen.missed.wait()
        await player.see("● live")

    play(lambda: WalletApp(WALLET), scenario)


def test_what_was_to_be_drawn_or_told_is_not_once_its_screen_is_gone(shop: Programs) -> None:
    """The customer's display takes a scene away as soon as the next line is rung up."""
    screen = Working()

    async def scenario(player: Player) -> None:
        await player.see("● live")
        await player.app.push_screen(screen)
        tell = screen.teller()
        await player.apart(lambda: tell(Away()))
        await player.until(lambda: bool(screen.shown), "what is done")
        once_drawn(screen.query_one("#part"), lambda: screen.shown.append("drawn"))
        screen.query_one("#part").remove()
        screen.missed.set()
        await screen.dismiss()
        await player.apart(lambda: tell(Away()))
        await player.see("● live")
        await player.pilot.pause()

    play(lambda: WalletApp(WALLET), scenario)
    assert screen.shown == [Away()]


def test_nobody_is_asked_for_the_pin_while_the_program_ends(shop: Programs) -> None:
    apps: list[WalletApp] = []

    def make() -> WalletApp:
        apps.append(WalletApp(WALLET))
        return apps[-1]

    async def scenario(player: Player) -> None:
        await player.see("● live")
        assert player.app.is_open
        await player.press("p")

    play(make, scenario)
    app = apps[0]
    assert not app.is_open
    # An event that came, and a timer that was over, just as the last screen went.
    app.heard(None)
    app.earlier.show()
