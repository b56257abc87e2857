"""Decode: what any payment code in the world says, without paying it."""

from __future__ import annotations

from functools import partial

from terminal_kit.decoding import decode
from terminal_kit.language import N_
from wallet_cli.screens.code_card import CodeCardScreen
from wallet_cli.screens.finding import Finding


class Decode(Finding):
    """Shows the card of a code."""

    TITLE = N_("What a code says")
    ABOUT = N_("Any payment code of the world. The name of a picture does too.")

    async def follow(self, text: str) -> None:
        """Show its card. Raises CodeUnreadable."""
        decoded = await self.desk.look(partial(decode, text, self.now()))
        self.app.push_screen(CodeCardScreen(decoded))
