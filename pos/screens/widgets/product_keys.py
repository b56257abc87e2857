"""The quick keys: what a till sells, each by a letter or a click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalGroup, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from pos.screens.widgets.tap import Tap, Tile
from terminal_kit.language import _
from terminal_kit.screens.money import figure
from terminal_kit.screens.widgets.columns import fit
from wallet_api.contract.text import cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos.products import Product

#: The letters that are no key of the sale itself.
LETTERS = "abefgijklmopqsuvwyz"
#: A key of so many rows has its price on a row of its own.
TALL = 3


class ProductKey(Tile):
    """One product: its letter, its name, its price."""

    def __init__(self, product: Product, letter: str) -> None:
        super().__init__("", letter)
        self.product = product

    def render(self) -> Content:
        """Write as much as there is room for."""
        width, height = self.content_size
        letter = Content.styled(self.value or " ", "$primary bold")
        price = figure(self.product.price)
        if height >= TALL:
            name = fit(self.product.name, max(width - 2, 0)).rstrip()
            return Content("\n").join(
                [
                    Content.assemble(letter, " ", (name, "bold")),
                    Content(""),
                    Content.styled(" " * max(width - cells(price), 0) + price, "$muted"),
                ]
            )
        name = fit(self.product.name, max(width - 3 - cells(price), 0))
        return Content.assemble(letter, " ", name, " ", (price, "$muted"))


class ProductKeys(VerticalScroll, can_focus=False):
    """All products in the order of their letters; those beyond have none."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._items: tuple[Product, ...] | None = None

    async def show(self, items: Sequence[Product]) -> None:
        """Show these products, or how to get some."""
        if tuple(items) == self._items:
            return
        self._items = tuple(items)
        await self.remove_children()
        if items:
            letters = LETTERS.ljust(len(items))
            await self.mount_all(map(ProductKey, items, letters))
            return
        await self.mount(
            VerticalGroup(
                Static(_("No quick keys yet."), classes="card-title", markup=False),
                Static(_("F10 has the list of products."), classes="muted", markup=False),
                Tap(_("Begin with examples"), id="examples"),
                classes="empty",
            )
        )
