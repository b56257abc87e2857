"""The till: what is sold, what it comes to, and the ways to be paid for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.widgets import Button

from pos.held import HeldSales
from pos.presented import payer_code
from pos.products import Products
from pos.ringing import Ringing
from pos.screens.adjusting import adjustment
from pos.screens.dialogs.adjust import AdjustDialog
from pos.screens.dialogs.cash_float import CashFloatDialog
from pos.screens.dialogs.customer_code import CustomerCodeDialog
from pos.screens.places import PLACES
from pos.screens.ringing_up import RingingUp
from pos.screens.waiting import WaitingScreen
from pos.screens.widgets.earlier import Earlier
from pos.shop import ShopDay
from pos.till_settings import TillSettings, load_till_settings
from terminal_kit.language import N_, _
from terminal_kit.screens.dialogs.confirm import ConfirmDialog
from terminal_kit.screens.link import Line
from terminal_kit.words import system_reason, told
from wallet_api.contract.error_base import WalletError

if TYPE_CHECKING:
    from pos.screens.dialogs.adjust import Adjusted
    from wallet_api.contract.events import Event
    from wallet_api.contract.wire import Charge

#: The letters of the counter: the button that does the same, what it does, its name.
_LETTERS = (
    ("c", "code", "code", N_("Code")),
    ("t", "tip", "adjust('tip')", N_("Tip")),
    ("d", "discount", "adjust('discount')", N_("Discount")),
    ("n", "note", "adjust('note')", N_("Note")),
    ("r", "reference", "adjust('reference')", N_("Ref")),
    ("h", "hold", "hold", N_("Hold")),
    ("x", "clear", "clear", N_("Clear")),
)
_BUTTONS = {button: action for _key, button, action, _name in _LETTERS} | {
    "charge": "charge",
    "examples": "examples",
}


class SaleScreen(RingingUp):
    """Rings up a sale and charges it: by a code to show, or on the customer's own code."""

    TITLE = N_("Sale")
    BINDINGS: ClassVar = [
        Binding("enter", "charge", N_("Charge it"), id="charge"),
        *(Binding(key, action, name, id=button) for key, button, action, name in _LETTERS),
        *(
            Binding(
                place.key, f"app.go('{place.id}')", place.title, id=f"go-{place.id}", show=False
            )
            for place in PLACES
            if place.key
        ),
    ]
    ACTS: ClassVar = {key: action for key, _button, action, _name in _LETTERS} | {
        "?": "app.go('help')"
    }

    def __init__(self) -> None:
        super().__init__()
        self._products: Products | None = None
        self._settings = TillSettings()
        self._signed_on = False

    async def load(self) -> None:
        """Read what the settings may have changed, and look after charges that were left."""
        for earlier in self.query(Earlier):
            earlier.reload()
        session = self.desk.session
        profile, currency = session.chosen.profile, session.profile.currency
        try:
            self._settings = await self.desk.look(partial(load_till_settings, profile))
            self._products = await self.desk.look(partial(Products.load, profile, currency))
        except WalletError as error:
            self.refuse(told(error))
        if self._products is not None:
            await self.offer(self._products.items)

    def hear(self, event: Event | None) -> None:
        """Ask for the shift once the line is there."""
        super().hear(event)
        if event is None and not self._signed_on and self.is_current and self.ringing.is_clear:
            self.run_worker(self._sign_on(), group="sign-on", exclusive=True)

    async def _sign_on(self) -> None:
        """Offer to open a shift where none is open."""
        session = self.desk.session
        try:
            shift = await self.ask(ShopDay(session).current)
        except WalletError:
            return  # Sales go on without; the next time the line is there, it is asked again.
        self._signed_on = True
        if shift is None and self.is_current and self.ringing.is_clear:
            await self.app.push_screen(CashFloatDialog(session.profile.currency, _("Sell without")))

    @on(Button.Pressed)
    async def _pressed(self, event: Button.Pressed) -> None:
        await self.run_action(_BUTTONS[str(event.button.id)])

    def action_examples(self) -> None:
        """Begin with a few products."""
        self.run_worker(self._begin_with_examples(), group="load", exclusive=True)

    async def _begin_with_examples(self) -> None:
        products = self._products
        if products is None:
            return
        try:
            await self.desk.look(lambda: products.save(products.examples()))
        except OSError as error:
            self.refuse(system_reason(error))
        await self.offer(products.items)

    def action_adjust(self, what: str) -> None:
        """Change the tip, the discount, the note or the reference."""
        dialog = AdjustDialog(adjustment(what, self.ringing.sale, self._settings.tips))
        dialog.scanning.gap = self.scanning.gap
        self.app.push_screen(dialog, self._adjusted)

    def _adjusted(self, adjusted: Adjusted | None) -> None:
        if adjusted is None:
            return
        self.change(lambda ringing: ringing.adjusted(adjusted.sale))
        if adjusted.code is not None:
            self.scanned(adjusted.code)

    def action_clear(self) -> None:
        """Forget the sale, once that is confirmed."""
        if not self.ringing.sale.lines:
            self.begin()
            return
        question = _("Forget this sale? Nothing was charged.")
        dialog = ConfirmDialog(question, _("Forget it"), dangerous=True)
        self.app.push_screen(dialog, lambda yes: self.begin() if yes else None)

    def action_hold(self) -> None:
        """Put the sale aside."""
        self.run_worker(self._hold(), group="hold", exclusive=True)

    async def _hold(self) -> None:
        session = self.desk.session
        try:
            sale = self.ringing.ready().sale
            await self.desk.look(lambda: HeldSales.of(session).hold(sale, session.clock()))
        except WalletError as error:
            self.refuse(told(error))
            return
        self.begin()
        self.say(_("✓ Put aside. F3 takes it up again."), "good")

    def action_code(self) -> None:
        """Ask for the customer's code."""
        if self._has_something(_("Key in an amount first.")) and self.change(Ringing.ready):
            dialog = CustomerCodeDialog(self.ringing.sale.total)
            dialog.scanning.gap = self.scanning.gap
            self.app.push_screen(dialog, lambda code: self._charge(code) if code else None)

    def action_charge(self) -> None:
        """Show a code for the customer to scan."""
        if self._has_something(_("Key in an amount first.")):
            self._charge(None)

    def scanned(self, code: str) -> None:
        """Charge on the customer's code, whatever was being done."""
        if self._has_something(_("Key in an amount first; then scan again.")):
            self.run_worker(self._present(code), group="present", exclusive=True)

    async def _present(self, text: str) -> None:
        try:
            code = await self.desk.look(partial(payer_code, text))
        except WalletError as error:
            self.refuse(told(error))
        else:
            self._charge(code)

    def _has_something(self, otherwise: str) -> bool:
        """Say whether anything is rung up or typed, or what to do otherwise."""
        ringing = self.ringing
        if ringing.sale.is_empty and not ringing.keypad.is_overfull:
            self.refuse(otherwise)
            return False
        return True

    def _charge(self, code: str | None) -> None:
        """Ask for the money; whatever is typed is rung up first."""
        if not self.change(Ringing.ready):
            return
        if self.kit.link.line is Line.OFFLINE:
            self.refuse(
                _("The bank cannot be reached, so nothing can be charged. Hold the sale with h.")
            )
            return
        sale = self.ringing.sale
        try:
            request = sale.request(code)
        except WalletError as error:
            self.refuse(told(error))
            return
        self.app.push_screen(WaitingScreen(request, sale), self._charged)

    def _charged(self, charge: Charge | None) -> None:
        """Begin anew after a paid sale; one that was not paid stays rung up."""
        if charge is not None and charge.state.is_paid:
            self.begin()
