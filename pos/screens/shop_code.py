"""The shop's code for good: to show, to print and put up, and what is paid on it as it comes in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, HorizontalGroup, Vertical
from textual.widgets import Button, Static

from pos.poster import save_static_code
from pos.till import Till
from terminal_kit.console import local_time
from terminal_kit.language import N_, _
from terminal_kit.screens.dialogs.save import SaveDialog
from terminal_kit.screens.money import shown
from terminal_kit.screens.panel import Panel
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.widgets.code_picture import QrCode
from terminal_kit.screens.workers import start
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.static_codes import StaticCode

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from wallet_api.contract.events import Event
    from wallet_api.contract.wire import Charge

PAID = "charge.succeeded"
#: How many payments are seen at once.
MOST_ROWS = 30
#: What a code in large, and the words beside it, need.
LARGE_COLUMNS, LARGE_ROWS = 132, 48


class CodePanel(Panel[StaticCode]):
    """The code, and for whom it is."""

    def content(self) -> ComposeResult:
        """Give the code and what stands beside it."""
        with Horizontal(id="shop-code"):
            with Vertical(id="code-side"):
                yield QrCode(id="code")
            with Vertical(id="beside"):
                yield Static(id="merchant", markup=False)
                yield Static(id="store", markup=False)
                yield Static(_("The customer types the amount."), classes="muted", markup=False)
                with HorizontalGroup(classes="buttons"):
                    yield Button(_("Save or print"), variant="primary", id="save")
                yield Static(_("Paid on it"), id="paid-title", classes="card-title", markup=False)
                yield Static(_("Nothing yet."), id="paid", markup=False)

    def load(self) -> StaticCode:
        """Ask for the code, which stays the same."""
        return Till(self.desk.session).static_code()

    def show(self, value: StaticCode) -> None:
        """Fill it in."""
        self.code = value
        self.add_class("-there")
        self.query_one("#merchant", Static).update(value.merchant)
        self.query_one("#store", Static).update(value.store)
        self.on_resize()
        self.screen.refresh_bindings()

    #: The code, once it is there.
    code: StaticCode | None = None

    def on_resize(self) -> None:
        """Draw the code as large as there is room."""
        size = self.app.size
        large = size.width >= LARGE_COLUMNS and size.height >= LARGE_ROWS
        payload = "" if self.code is None else self.code.payload
        self.query_one(QrCode).show(payload, large=large)


class ShopCode(KitScreen[None]):
    """Shows the till's own code and what is paid meanwhile."""

    TITLE = N_("Shop code")
    BARE = True
    CSS_PATH = "shop_code.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar = [
        Binding("s", "save", N_("Save or print"), id="save"),
        Binding("c", "copy", N_("Copy the code"), id="copy"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._paid: list[Charge] = []

    def body(self) -> ComposeResult:
        """Give the code."""
        yield CodePanel()

    @property
    def code(self) -> StaticCode | None:
        """The code, once it is there."""
        panels = self.query(CodePanel)
        return panels.first().code if panels else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with a code only where there is one."""
        if action in {"save", "copy"}:
            return None if self.code is None else True
        return super().check_action(action, parameters)

    def hear(self, event: Event | None) -> None:
        """Look at what was paid at this till."""
        super().hear(event)
        if event is None or event.kind != PAID or self.code is None:
            return
        if event.data["till"] == self.code.till:
            start(self, partial(self._add, str(event.data["charge"])), group="paid")

    async def _add(self, charge_id: str) -> None:
        try:
            charge = await self.ask(partial(Till(self.desk.session).show, charge_id))
        except WalletError:
            return  # The sales list has it.
        self._paid = [charge, *self._paid][:MOST_ROWS]
        rows = (_row(one) for one in self._paid)
        paid = self.query_one("#paid", Static)
        paid.update("\n".join(rows))
        paid.add_class("good")

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Save the code as a page to print, or as a picture."""
        code = self.code
        if code is not None:
            hint = _("A page to print as .pdf, a picture as .png or .svg, text as .txt")
            write = partial(save_static_code, code)
            self.app.push_screen(SaveDialog(_("Save the code"), "shop-code.pdf", write, hint))

    def action_copy(self) -> None:
        """Copy the code's text."""
        if self.code is not None:
            self.app.copy_to_clipboard(self.code.payload)
            self.notify(_("Copied."))


def _row(charge: Charge) -> str:
    when = local_time(charge.paid_at or charge.created_at)[11:16]
    return f"✓ {when}  {shown(charge.amount)}" + (f"  {charge.note}" if charge.note else "")
