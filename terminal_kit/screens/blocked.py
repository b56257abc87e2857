"""What is left to say when a profile cannot be opened at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import VerticalGroup
from textual.widgets import Button, Static

from terminal_kit.language import N_, _
from terminal_kit.screens.screen import KitScreen
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Blocked(KitScreen[None]):
    """Says why, and tries again when asked."""

    TITLE = N_("Not open")
    BINDINGS: ClassVar = [Binding("enter", "again", N_("Try again"), id="again")]

    def __init__(self, error: WalletError) -> None:
        super().__init__()
        self._error = error

    def body(self) -> ComposeResult:
        """Give the reason and the way on."""
        with VerticalGroup(classes="card"):
            yield Static(f"✗ {told(self._error)}", id="reason", classes="bad", markup=False)
            yield Button(_("Try again"), id="again", variant="primary")

    def on_button_pressed(self) -> None:
        """Try again."""
        self.action_again()

    def action_again(self) -> None:
        """Try to open the profile once more."""
        self.run_worker(self._again(), exclusive=True)

    async def _again(self) -> None:
        try:
            await self.kit.enter()
        except WalletError as error:
            self._error = error
            self.query_one("#reason", Static).update(f"✗ {told(error)}")
