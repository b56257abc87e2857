"""Held sales: those that were put aside, to be taken up again or dropped."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from pos.held import HeldSale, HeldSales
from pos.screens.sale import SaleScreen
from terminal_kit.console import local_time
from terminal_kit.language import N_, _
from terminal_kit.screens.dialogs.confirm import ConfirmDialog
from terminal_kit.screens.followed import once_drawn
from terminal_kit.screens.money import shown
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.widgets.columns import fit
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.instants import instant_text
from wallet_api.contract.text import cells

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Held(KitScreen[None]):
    """Lists held sales, the oldest first. They are on this till: no network is needed."""

    TITLE = N_("Held sales")
    CSS_PATH = "held.tcss"
    RESPEAKS = True
    BINDINGS: ClassVar = [
        Binding("enter", "resume", N_("Take up"), id="resume"),
        Binding("d,delete", "drop", N_("Drop"), id="drop"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._items: list[HeldSale] = []

    def body(self) -> ComposeResult:
        """Give the list and what can be done."""
        with VerticalGroup(classes="card"):
            yield Static(id="count", classes="card-title", markup=False)
            yield Static(id="said", markup=False)
            yield OptionList(id="held", markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Take up"), variant="primary", id="resume")
                yield Button(_("Drop"), id="drop")

    def on_mount(self) -> None:
        """Read them."""
        self.action_reload()

    def action_reload(self) -> None:
        """Read them again."""
        self.run_worker(self._load(), group="held", exclusive=True)

    async def _load(self) -> None:
        try:
            self._items = await self.desk.look(HeldSales.of(self.desk.session).items)
        except WalletError as error:
            self._say(f"✗ {told(error)}", "bad")
            return
        self._show()

    def _show(self) -> None:
        count = len(self._items)
        title = _("{count} put aside") if count else _("Nothing is put aside.")
        self.query_one("#count", Static).update(title.format(count=count))
        said = "" if count else _("On the sale, h puts one aside. Esc goes back.")
        self._say(said, "muted")
        held = self.query_one("#held", OptionList)
        before = held.highlighted or 0
        held.clear_options()
        held.add_options(Option(self._row(one), id=one.id) for one in self._items)
        held.display = self.query_one(".buttons").display = bool(count)
        if count:
            held.highlighted = min(before, count - 1)
            held.focus()
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Lay the rows out for the new width."""
        if self._items:
            once_drawn(self, self._show)

    def _row(self, held: HeldSale) -> str:
        sale = held.sale
        when = local_time(instant_text(held.held_at))[:16]
        total = shown(sale.total)
        about = sale.note or ", ".join(f"{one.quantity} × {one.name}" for one in sale.rung)
        width = max(self.query_one("#held").content_size.width - 2, 40)
        room = width - cells(when) - cells(total) - 4
        return f"{when}  {fit(about, room)}  {total}"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is a sale for."""
        if action in {"resume", "drop"}:
            return bool(self._items)
        return super().check_action(action, parameters)

    @on(Button.Pressed, "#resume")
    @on(OptionList.OptionSelected)
    def action_resume(self) -> None:
        """Take the sale up; one that is rung up now is put aside in its place."""
        if (held := self._chosen()) is not None:
            self.run_worker(self._resume(held), group="act", exclusive=True)

    @on(Button.Pressed, "#drop")
    def action_drop(self) -> None:
        """Forget a sale, once that is confirmed."""
        held = self._chosen()
        if held is None:
            return
        question = _("Drop this sale of {amount}? Nothing was charged.")
        dialog = ConfirmDialog(
            question.format(amount=shown(held.sale.total)), _("Drop it"), dangerous=True
        )
        self.app.push_screen(dialog, lambda yes: self._dropping(held) if yes else None)

    def _dropping(self, held: HeldSale) -> None:
        self.run_worker(self._drop(held), group="act", exclusive=True)

    async def _drop(self, held: HeldSale) -> None:
        try:
            await self.desk.look(partial(HeldSales.of(self.desk.session).drop, held.id))
        except WalletError as error:
            self._say(f"✗ {told(error)}", "bad")
            return
        await self._load()

    async def _resume(self, held: HeldSale) -> None:
        counter = next(one for one in self.app.screen_stack if isinstance(one, SaleScreen))
        session = self.desk.session
        try:
            rung = counter.ringing.ready().sale
            instead = None if rung.is_empty else rung
            take_up = partial(HeldSales.of(session).resume, held.id, instead, session.clock())
            sale = await self.desk.look(take_up)
        except WalletError as error:
            self._say(f"✗ {told(error)}", "bad")
            return
        counter.begin(sale)
        self.dismiss()

    def _chosen(self) -> HeldSale | None:
        place = self.query_one("#held", OptionList).highlighted
        return None if place is None or place >= len(self._items) else self._items[place]

    def _say(self, text: str, tone: str) -> None:
        said = self.query_one("#said", Static)
        said.update(text)
        said.display = bool(text)
        said.set_classes(tone)
