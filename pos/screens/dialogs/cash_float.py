"""Opening a shift: how much change the drawer starts with."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from pos.shop import ShopDay
from terminal_kit.language import N_, _
from terminal_kit.screens.widgets.amount_field import AmountField
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from terminal_kit.screens.app import KitApp


class CashFloatDialog(ModalScreen[bool]):
    """Opens a shift; gives whether it did. ``back`` names what happens without one."""

    BINDINGS: ClassVar = [Binding("escape", "dismiss(False)", N_("Back"), id="back")]

    def __init__(self, currency: str, back: str = "") -> None:
        super().__init__()
        self._currency = currency
        self._back = back

    def compose(self) -> ComposeResult:
        """Give the field and what may be wrong."""
        with VerticalGroup(classes="dialog"):
            yield Static(_("Open a shift"), classes="card-title question", markup=False)
            yield Static(_("Change in the drawer"), classes="label", markup=False)
            yield AmountField(self._currency, optional=True, id="float")
            yield Static(id="wrong", classes="bad", markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Open the shift"), variant="primary", id="open")
                yield Button(self._back or _("Back"), id="cancel")

    def on_mount(self) -> None:
        """Say that nothing may be typed."""
        field = self.query_one(AmountField)
        field.hint(_("Leave it empty where there is none."))
        field.focus()

    @on(AmountField.Changed)
    def _typed(self) -> None:
        self.query_one("#open", Button).disabled = not self.query_one(AmountField).is_ready

    @on(AmountField.Submitted)
    @on(Button.Pressed, "#open")
    def _start(self) -> None:
        button = self.query_one("#open", Button)
        if not button.disabled:
            button.disabled = True
            self.run_worker(self._open(), exclusive=True)

    @on(Button.Pressed, "#cancel")
    def _go_back(self) -> None:
        self.dismiss(result=False)

    async def _open(self) -> None:
        desk = cast("KitApp", self.app).desk
        assert desk is not None, "a profile is open"
        cash = self.query_one(AmountField).amount
        try:
            await desk.ask(partial(ShopDay(desk.session).open, cash))
        except WalletError as error:
            self.query_one("#wrong", Static).update(f"✗ {told(error)}")
            self.query_one("#open", Button).disabled = False
            return
        await desk.told()
        self.dismiss(result=True)
