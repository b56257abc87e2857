"""Asking for the code of a gift."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from terminal_kit.language import N_, _
from terminal_kit.reading import Source, read_code
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from terminal_kit.screens.app import KitApp


class GiftCode(ModalScreen[str | None]):
    """Gives the text of the code, or None when one goes back."""

    BINDINGS: ClassVar = [
        Binding("escape", "dismiss(None)", N_("Back"), id="back"),
        Binding("f2", "clipboard", N_("From the clipboard"), id="clipboard"),
    ]

    def compose(self) -> ComposeResult:
        """Give the field."""
        with VerticalGroup(classes="dialog"):
            yield Static(_("Which gift do you take?"), classes="question", markup=False)
            yield Input(placeholder=_("The text of its code"), id="code")
            yield Static(id="wrong", classes="bad", markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Take it"), variant="primary", id="take")
                yield Button(_("Clipboard F2"), id="clipboard")
                yield Button(_("Back"), id="leave")

    @on(Input.Submitted, "#code")
    @on(Button.Pressed, "#take")
    def _take(self) -> None:
        text = self.query_one("#code", Input).value.strip()
        if text:
            self.dismiss(text)

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.dismiss(None)

    @on(Button.Pressed, "#clipboard")
    def action_clipboard(self) -> None:
        """Take the code, or its picture, in the clipboard."""
        self._read()

    @work(exclusive=True)
    async def _read(self) -> None:
        desk = cast("KitApp", self.app).desk
        assert desk is not None, "a profile is open"
        try:
            text = await desk.look(lambda: read_code(Source(clipboard=True)).strip())
        except WalletError as error:
            self.query_one("#wrong", Static).update(f"✗ {told(error)}")
        else:
            self.dismiss(text)
