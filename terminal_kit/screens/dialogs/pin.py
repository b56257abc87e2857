"""Asking for the PIN: six digits, never shown, and no timer that takes them away."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from terminal_kit.language import N_, _
from wallet_api.contract.pins import PIN_DIGITS

if TYPE_CHECKING:
    from textual.app import ComposeResult


class PinDialog(ModalScreen[str | None]):
    """Gives the six digits, or None when the person goes back.

    ``why`` says what they are for; ``wrong`` is said of an attempt before.
    """

    BINDINGS: ClassVar = [Binding("escape", "dismiss(None)", N_("Back"), id="back")]

    def __init__(self, why: str, wrong: str = "") -> None:
        super().__init__()
        self._why = why
        self._wrong = wrong

    def compose(self) -> ComposeResult:
        """Give the question and its field."""
        with VerticalGroup(classes="dialog"):
            yield Static(self._why, classes="question", markup=False)
            yield Static(self._wrong, id="wrong", classes="bad", markup=False)
            yield Input(
                password=True,
                placeholder=_("PIN, six digits"),
                restrict=r"[0-9]*",
                max_length=PIN_DIGITS,
                id="pin",
            )
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Confirm"), variant="primary", id="confirm", disabled=True)
                yield Button(_("Back"), id="cancel")

    @on(Input.Changed, "#pin")
    def _typed(self, event: Input.Changed) -> None:
        self.query_one("#confirm", Button).disabled = len(event.value) != PIN_DIGITS

    @on(Input.Submitted, "#pin")
    @on(Button.Pressed, "#confirm")
    def _give(self) -> None:
        pin = self.query_one("#pin", Input).value
        if len(pin) == PIN_DIGITS:
            self.dismiss(pin)

    @on(Button.Pressed, "#cancel")
    def _go_back(self) -> None:
        self.dismiss(None)
