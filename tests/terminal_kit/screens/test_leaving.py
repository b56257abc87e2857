"""Leaving a program while it is making a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widgets import Static

from tests.end_to_end.programs import WALLET
from tests.stage.playing import Player, play
from wallet_cli.screens.app import WalletApp

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs


class HalfMade(Screen[None]):
    """Looks for a part that was not made any more."""

    def __init__(self, *, leaves: bool) -> None:
        super().__init__()
        self._leaves = leaves

    def on_mount(self) -> None:
        if self._leaves:
            self.app.exit(0)
        self.query_one(Static)


@pytest.mark.parametrize("leaves", [True, False])
def test_a_half_made_screen_fails_unless_one_leaves(town: Programs, *, leaves: bool) -> None:
    async def scenario(player: Player) -> None:
        await player.see("Step 1")
        player.app.push_screen(HalfMade(leaves=leaves))
        await player.pilot.pause()

    if leaves:
        play(lambda: WalletApp(WALLET), scenario)
    else:
        with pytest.raises(NoMatches):
            play(lambda: WalletApp(WALLET), scenario)
