"""A receipt on the screen, as it will stand on paper, with the lines that this till rang up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from pos.baskets import Baskets
from pos.sale import Line
from pos.shop import ShopDay
from terminal_kit.receipts.paper import Code
from terminal_kit.receipts.plain import WIDTHS, text_rows
from terminal_kit.receipts.purchase import receipt_paper
from terminal_kit.screens.panel import Panel
from wallet_api.contract.statement import Receipt

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from wallet_api.contract.events import Event

Bought = tuple[Receipt, tuple[Line, ...]]


class ReceiptView(Panel[Bought]):
    """Shows the receipt of a charge by its full id, and follows what becomes of it."""

    FOLLOWS = ("charge.*",)

    def __init__(self, charge: str) -> None:
        super().__init__(id="receipt")
        self._charge = charge
        self.bought: Bought | None = None

    def content(self) -> ComposeResult:
        """Give the paper."""
        with VerticalScroll(id="paper"):
            yield Static(id="rows", markup=False)

    def is_about(self, event: Event) -> bool:
        """Say whether an event is about this charge."""
        return super().is_about(event) and event.data.get("charge") == self._charge

    def load(self) -> Bought:
        """Ask for the receipt; the lines are the till's own."""
        receipt = ShopDay(self.desk.session).receipt(self._charge)
        return receipt, Baskets.of(self.desk.session).lines(self._charge)

    def show(self, value: Bought) -> None:
        """Lay it out."""
        self.bought = value
        receipt, lines = value
        # Its code is for scanners of paper.
        paper = [one for one in receipt_paper(receipt, items=lines) if not isinstance(one, Code)]
        rows = text_rows(paper, WIDTHS[0])
        written = [Content.styled(text, "bold") if bold else Content(text) for text, bold in rows]
        self.query_one("#rows", Static).update(Content("\n").join(written))
        self.screen.refresh_bindings()
