"""Leaving a program while it is making a screen."""

from __future__ import annotations

import asyncio

import pytest
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widgets import Static

from tests.end_to_end.programs import WALLET
from wallet_cli.screens.app import WalletApp


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
