"""A device that joined a wallet: the digits to compare, until it is let in on another device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Digits

from terminal_kit.language import N_, _
from terminal_kit.screens.shut_out import ShutOut
from wallet_api.contract.ids import short_code

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from wallet_api.contract.administration import JoinCard


class LettingIn(ShutOut):
    """Covers every other screen until the device is let in, which is seen at once."""

    TITLE = N_("Waits to be let in")
    TONE = "warn"

    def __init__(self, joined: JoinCard | None) -> None:
        super().__init__()
        self._digits = "" if joined is None else joined.comparison or ""

    def headline(self) -> str:
        """Say what is waited for."""
        return _("◌ This device waits to be let in")

    def content(self) -> ComposeResult:
        """Give the digits, while they are known."""
        if self._digits:
            yield Digits(self._digits, id="digits")

    def about(self) -> str:
        """Say where to approve it, and what to compare."""
        device = short_code(self.desk.session.profile.device)
        said = _("On your other device: Devices, {device}, approve; or wallet approve {device}.")
        if self._digits:
            compare = _("Do so only if the same digits stand there.")
            return f"{said.format(device=device)} {compare}"
        return said.format(device=device)
