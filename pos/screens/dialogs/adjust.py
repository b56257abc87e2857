"""Changing one thing of a sale: its tip, its discount, its note, its reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from pos.screens.widgets.tap import Tap
from terminal_kit.diagnostics import as_wallet_error
from terminal_kit.language import N_, _
from terminal_kit.screens.money import shown
from terminal_kit.screens.scanned import Scanned
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from pos.sale import Sale


@dataclass(frozen=True, slots=True)
class Adjusted:
    """The sale as it is now, and the customer's code where it was scanned meanwhile."""

    sale: Sale
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What to change: its name, what it is now, ``change`` which raises WalletError or ValueError.

    ``choices`` are offered beside the field. An empty text takes it away.
    """

    title: str
    placeholder: str
    value: str
    change: Callable[[str], Sale]
    choices: Sequence[str] = ()


class AdjustDialog(ModalScreen[Adjusted | None], Scanned):
    """Shows what the total would be while one types; Enter takes it over, and so does a scan."""

    CSS_PATH = "adjust.tcss"
    BINDINGS: ClassVar = [Binding("escape", "dismiss(None)", N_("Back"), id="back")]

    def __init__(self, adjustment: Adjustment) -> None:
        super().__init__()
        Scanned.__init__(self)
        self._adjustment = adjustment

    def compose(self) -> ComposeResult:
        """Give the field, what is often chosen, and what the customer would pay."""
        adjustment = self._adjustment
        with VerticalGroup(classes="dialog"):
            yield Static(adjustment.title, classes="card-title", markup=False)
            yield Input(adjustment.value, placeholder=adjustment.placeholder, id="value")
            with HorizontalGroup(classes="choices"):
                for choice in adjustment.choices:
                    yield Tap(choice, name=choice, classes="choice")
                yield Tap(_("None"), name="", classes="choice")
            yield Static(id="then", markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Take over"), variant="primary", id="take")
                yield Button(_("Back"), id="cancel")

    def on_mount(self) -> None:
        """Say what is paid as it is."""
        self._changed()

    def scanned(self, code: str) -> None:
        """Take over what stands in the field, as Enter does, and go on with the code."""
        self._take(code)

    def _changed(self) -> Sale | None:
        """Make the change and say what comes of it, or what is wrong with it."""
        then = self.query_one("#then", Static)
        text = self.query_one("#value", Input).value.strip()
        try:
            sale = self._adjustment.change(text)
        except WalletError as error:
            reason = told(error)
        except ValueError as error:
            reason = told(as_wallet_error(error))
        else:
            then.update(_("The customer pays {amount}.").format(amount=shown(sale.total)))
            then.set_classes("muted")
            return sale
        then.update(f"✗ {reason}")
        then.set_classes("bad")
        return None

    @on(Input.Changed)
    def _typed(self) -> None:
        self._changed()

    @on(Button.Pressed, ".choice")
    def _choose(self, event: Button.Pressed) -> None:
        self.query_one("#value", Input).value = event.button.name or ""
        self._take()

    @on(Input.Submitted)
    @on(Button.Pressed, "#take")
    def _enter(self) -> None:
        self._take()

    def _take(self, code: str | None = None) -> None:
        sale = self._changed()
        if sale is not None:
            self.dismiss(Adjusted(sale, code))

    @on(Button.Pressed, "#cancel")
    def _go_back(self) -> None:
        self.dismiss(None)
