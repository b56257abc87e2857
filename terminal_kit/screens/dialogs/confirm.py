"""Asking for a yes, in proportion to what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from terminal_kit.language import N_, _

if TYPE_CHECKING:
    from textual.app import ComposeResult


class ConfirmDialog(ModalScreen[bool]):
    """Gives True only where the person chose ``act``, which names what would be done."""

    BINDINGS: ClassVar = [Binding("escape", "dismiss(False)", N_("Back"), id="back")]

    def __init__(self, question: str, act: str, *, dangerous: bool = False) -> None:
        super().__init__()
        self._question = question
        self._act = act
        self._dangerous = dangerous

    def compose(self) -> ComposeResult:
        """Give the question; what does nothing has the focus where the act is dangerous."""
        with VerticalGroup(classes="dialog"):
            yield Static(self._question, classes="question", markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button(self._act, variant="error" if self._dangerous else "primary", id="yes")
                yield Button(_("Back"), id="no")

    def on_mount(self) -> None:
        """Put the focus where Enter does what is meant."""
        self.query_one("#no" if self._dangerous else "#yes", Button).focus()

    @on(Button.Pressed)
    def _answer(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")
