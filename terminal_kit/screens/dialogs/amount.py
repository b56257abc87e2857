"""Asking for an amount, where what is paid does not state one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from payment_codes.amount import Amount
from terminal_kit.language import N_, _
from terminal_kit.screens.widgets.amount_field import AmountField

if TYPE_CHECKING:
    from textual.app import ComposeResult


class AmountDialog(ModalScreen[Amount | None]):
    """Gives an amount, or None when the person goes back; ``why`` says what it is for."""

    BINDINGS: ClassVar = [Binding("escape", "dismiss(None)", N_("Back"), id="back")]

    def __init__(self, why: str, about: str, currency: str) -> None:
        super().__init__()
        self._why = why
        self._about = about
        self._currency = currency

    def compose(self) -> ComposeResult:
        """Give the question and its field."""
        with VerticalGroup(classes="dialog"):
            yield Static(self._why, classes="question", markup=False)
            yield Static(self._about, classes="muted", markup=False)
            yield AmountField(self._currency, id="amount")
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Next"), variant="primary", id="next", disabled=True)
                yield Button(_("Back"), id="cancel")

    def on_mount(self) -> None:
        """Let the person type at once."""
        self.query_one("#amount", AmountField).focus()

    @on(AmountField.Changed)
    def _typed(self, event: AmountField.Changed) -> None:
        self.query_one("#next", Button).disabled = event.amount is None

    @on(AmountField.Submitted)
    @on(Button.Pressed, "#next")
    def _give(self) -> None:
        amount = self.query_one("#amount", AmountField).amount
        if amount is not None:
            self.dismiss(amount)

    @on(Button.Pressed, "#cancel")
    def _go_back(self) -> None:
        self.dismiss(None)
