"""The section of the settings that edits what the till sells by one key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from pos.products import Products
from pos.screens.dialogs.product import ProductDialog
from terminal_kit.console import fitted
from terminal_kit.language import N_, _
from terminal_kit.screens.money import shown
from terminal_kit.words import system_reason, told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from pos.products import Product
    from terminal_kit.screens.app import KitApp
    from terminal_kit.screens.desk import Desk

NAME_CELLS = 26
BUTTONS = {
    "add": "add",
    "change": "change",
    "remove": "remove",
    "up": "move(-1)",
    "down": "move(1)",
}


class ProductsSection(VerticalGroup):
    """The products in the order of their keys; what is changed is written down at once."""

    BINDINGS: ClassVar = [
        Binding("a", "add", N_("Add"), id="add-product"),
        Binding("e", "change", N_("Change"), id="change-product"),
        Binding("x,delete", "remove", N_("Remove"), id="remove-product"),
        Binding("plus", "move(-1)", N_("Up"), id="product-up", key_display="+"),
        Binding("minus", "move(1)", N_("Down"), id="product-down", key_display="-"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._products: Products | None = None

    def compose(self) -> ComposeResult:
        """Give the list and what can be done."""
        yield Static(_("Products"), classes="card-title", markup=False)
        yield OptionList(id="products", markup=False)
        yield Static(id="none", classes="muted", markup=False)
        with HorizontalGroup(classes="buttons"):
            for name, label in (
                ("add", _("Add")),
                ("change", _("Change")),
                ("remove", _("Remove")),
                ("up", "↑"),
                ("down", "↓"),
            ):
                yield Button(label, id=name, compact=True)
        yield Static(classes="said", markup=False)

    @property
    def _kit(self) -> KitApp:
        return cast("KitApp", self.app)

    @property
    def _desk(self) -> Desk:
        assert self._kit.desk is not None, "a profile is open"
        return self._kit.desk

    @property
    def _currency(self) -> str:
        return self._desk.session.profile.currency

    @property
    def _items(self) -> tuple[Product, ...]:
        return () if self._products is None else self._products.items

    @property
    def _at(self) -> int | None:
        return self.query_one("#products", OptionList).highlighted

    def on_mount(self) -> None:
        """Look at the file."""
        self._look()

    @work(group="products", exclusive=True)
    async def _look(self) -> None:
        try:
            load = partial(Products.load, self._kit.chosen.profile, self._currency)
            self._products = await self._desk.look(load)
        except WalletError as error:
            self._say(f"✗ {told(error)}", "bad")
        self._show(0)

    def _show(self, at: int) -> None:
        options = self.query_one("#products", OptionList)
        options.clear_options()
        options.add_options(Option(_row(one)) for one in self._items)
        options.display = bool(self._items)
        if self._items:
            options.highlighted = min(max(at, 0), len(self._items) - 1)
        empty = _("No products yet. Press a to add the first one.")
        self.query_one("#none", Static).update("" if self._items else empty)

    def _say(self, text: str, tone: str = "good") -> None:
        row = self.query_one(".said", Static)
        row.update(text)
        row.set_classes(f"said {tone}")

    async def _keep(self, items: Sequence[Product], at: int) -> None:
        """Write the products down, and show them with the cursor at a place."""
        products = self._products
        if products is None:
            return
        try:
            await self._desk.look(partial(_save, products, items))
        except WalletError as error:
            self._say(f"✗ {told(error)}", "bad")
            return
        self._say(_("✓ Kept."))
        self._show(at)

    @on(Button.Pressed)
    async def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        await self.run_action(BUTTONS[str(event.button.id)])

    @on(OptionList.OptionSelected, "#products")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_change()

    @work(group="products", exclusive=True)
    async def action_add(self) -> None:
        """Ask for a product and put it at the end."""
        if self._products is None:
            return
        dialog = ProductDialog(self._products, self._currency)
        made = await self.app.push_screen_wait(dialog)
        if made is not None:
            await self._keep([*self._items, made], len(self._items))

    @work(group="products", exclusive=True)
    async def action_change(self) -> None:
        """Change the name or the price of the chosen product."""
        at, items = self._at, list(self._items)
        if self._products is None or at is None:
            return
        dialog = ProductDialog(self._products, self._currency, items[at])
        made = await self.app.push_screen_wait(dialog)
        if made is not None:
            items[at] = made
            await self._keep(items, at)

    @work(group="products", exclusive=True)
    async def action_remove(self) -> None:
        """Take the chosen product away; it is quickly added again, so nobody is asked."""
        at, items = self._at, list(self._items)
        if at is not None:
            del items[at]
            await self._keep(items, at)

    @work(group="products", exclusive=True)
    async def action_move(self, by: int) -> None:
        """Move the chosen product to another key."""
        at, items = self._at, list(self._items)
        if at is not None and 0 <= at + by < len(items):
            items[at], items[at + by] = items[at + by], items[at]
            await self._keep(items, at + by)


def _row(product: Product) -> str:
    return f"{fitted(product.name, NAME_CELLS)} {shown(product.price):>14}"


def _save(products: Products, items: Sequence[Product]) -> None:
    """Write the products down. Raises Usage."""
    try:
        products.save(items)
    except OSError as error:
        reason = _("The products cannot be written: {reason}.")
        raise Usage(reason=reason.format(reason=system_reason(error))) from None
