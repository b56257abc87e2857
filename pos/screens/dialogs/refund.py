"""Giving money back: how much of what is left, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from payment_codes.amount import Amount, decimal_text
from terminal_kit.language import N_, _
from terminal_kit.screens.money import shown
from terminal_kit.screens.widgets.amount_field import AmountField
from terminal_kit.words import told
from wallet_api.contract.errors import TextInvalid
from wallet_api.contract.text import clean_text

if TYPE_CHECKING:
    from textual.app import ComposeResult


class RefundDialog(ModalScreen[tuple[Amount, str | None] | None]):
    """Gives the amount and the reason, or None when the person goes back.

    ``left`` is what can be given back at most, and is proposed.
    """

    BINDINGS: ClassVar = [Binding("escape", "dismiss(None)", N_("Back"), id="back")]

    def __init__(self, left: Amount) -> None:
        super().__init__()
        self._left = left

    def compose(self) -> ComposeResult:
        """Give both fields, and the sentence that this is for good."""
        with VerticalGroup(classes="dialog"):
            yield Static(_("Refund"), classes="card-title", markup=False)
            yield AmountField(
                self._left.currency,
                value=decimal_text(self._left),
                check=self._too_much,
                id="amount",
            )
            yield Input(placeholder=_("Reason, if you like"), id="reason")
            yield Static(id="wrong", classes="bad", markup=False)
            final = _("The customer gets it at once, and you cannot take it back.")
            yield Static(f"▲ {final}", classes="warn", markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Refund"), variant="error", id="refund")
                yield Button(_("Back"), id="cancel")

    def on_mount(self) -> None:
        """Say what is left, and begin with the amount."""
        field = self.query_one(AmountField)
        field.hint(_("{left} can be given back.").format(left=shown(self._left)))
        field.focus()

    def _too_much(self, amount: Amount) -> str:
        if amount.currency == self._left.currency and amount.minor <= self._left.minor:
            return ""
        return _("No more than {left} is left.").format(left=shown(self._left))

    @on(AmountField.Changed)
    def _typed(self) -> None:
        self.query_one("#refund", Button).disabled = not self.query_one(AmountField).is_ready

    @on(AmountField.Submitted)
    def _to_reason(self) -> None:
        self.query_one("#reason", Input).focus()

    @on(Input.Submitted, "#reason")
    def _to_button(self) -> None:
        # Money leaves: the key that ends a field must not be the one that does it.
        self.query_one("#refund", Button).focus()

    @on(Button.Pressed, "#refund")
    def _give(self) -> None:
        amount = self.query_one(AmountField).amount
        reason = self.query_one("#reason", Input).value.strip()
        try:
            kept = clean_text(reason, "reason") if reason else None
        except TextInvalid as error:
            self.query_one("#wrong", Static).update(f"✗ {told(error)}")
            return
        if amount is not None:
            self.dismiss((amount, kept))

    @on(Button.Pressed, "#cancel")
    def _go_back(self) -> None:
        self.dismiss(None)
