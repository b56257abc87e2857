"""Setting the PIN: the one before where there is one, the new one twice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.containers import HorizontalGroup, VerticalScroll
from textual.widgets import Button, Input, Static

from terminal_kit.language import N_, _
from terminal_kit.screens.outcome import Outcome, OutcomeScreen
from terminal_kit.screens.screen import KitScreen
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.pins import PIN_DIGITS
from wallet_cli.security import Security

if TYPE_CHECKING:
    from textual.app import ComposeResult

FIELDS = {
    "old": N_("The PIN before"),
    "new": N_("New PIN, six digits"),
    "again": N_("The same PIN again"),
}


class NewPin(KitScreen[None]):
    """A form of hidden fields."""

    TITLE = N_("The PIN")
    CSS_PATH = "new_pin.tcss"

    def __init__(self, *, has_one: bool) -> None:
        super().__init__()
        self._fields = [name for name in FIELDS if has_one or name != "old"]

    def body(self) -> ComposeResult:
        """Give the fields."""
        with VerticalScroll(classes="card", can_focus=False):
            for name in self._fields:
                yield Static(_(FIELDS[name]), classes="label", markup=False)
                yield Input(
                    password=True, restrict=r"[0-9]*", max_length=PIN_DIGITS, id=f"pin-{name}"
                )
            yield Static(id="wrong", classes="bad", markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Set the PIN"), variant="primary", id="set")

    @on(Input.Submitted)
    def _next_field(self) -> None:
        empty = [one for one in self.query(Input) if len(one.value) != PIN_DIGITS]
        if empty:
            empty[0].focus()
        else:
            self._set()

    @on(Button.Pressed, "#set")
    def _set(self) -> None:
        self.run_worker(self._send(), group="set", exclusive=True)

    async def _send(self) -> None:
        pins = {name: self.query_one(f"#pin-{name}", Input).value for name in self._fields}
        wrong = self.query_one("#wrong", Static)
        if any(len(pin) != PIN_DIGITS for pin in pins.values()):
            wrong.update(_("✗ A PIN has six digits. Nothing changed."))
            return
        if pins["new"] != pins["again"]:
            wrong.update("✗ " + _("The two PINs differ. Nothing changed."))
            return
        set_pin = partial(Security(self.desk.session).set_pin, pins.get("old"), pins["new"])
        try:
            async with self.busy("set"):
                await self.ask(set_pin)
        except WalletError as error:
            wrong.update(f"✗ {told(error)}")
            return
        await self.app.push_screen(
            OutcomeScreen(Outcome("done", _("The PIN is set."))), lambda _seen: self.dismiss()
        )
