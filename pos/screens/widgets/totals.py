"""What a sale comes to besides its lines: what is off, what is added, what is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalGroup
from textual.widgets import Static

from payment_codes.amount import Amount
from pos.sale import part_text
from terminal_kit.language import _
from terminal_kit.screens.money import shown
from terminal_kit.screens.widgets.columns import fit
from wallet_api.contract.text import cells

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from pos.sale import Part, Sale


class Totals(VerticalGroup):
    """The rows under the lines; those that say nothing are left out."""

    def compose(self) -> ComposeResult:
        """Give one text for all rows."""
        yield Static(id="totals-rows", markup=False)

    def show(self, sale: Sale, width: int) -> None:
        """Show what belongs to a sale, in so many columns."""
        rows: list[tuple[str, str]] = []
        if sale.discount or sale.tip:
            rows.append((_("Subtotal"), shown(sale.subtotal)))
        if sale.discount:
            off = Amount(-sale.discount_amount.minor, sale.currency)
            rows.append((_named(_("Discount"), sale.discount), shown(off)))
        if sale.tip:
            rows.append((_named(_("Tip"), sale.tip), shown(sale.tip_amount)))
        if sale.note:
            rows.append((_("Note"), sale.note))
        if sale.reference:
            rows.append((_("Reference"), sale.reference))
        text = "\n".join(_row(name, value, width) for name, value in rows)
        static = self.query_one("#totals-rows", Static)
        if static.content != text:
            static.update(text)
        self.set_class(bool(rows), "said")


def _named(name: str, part: Part) -> str:
    """Name a part; of a per cent say which."""
    return name if isinstance(part, Amount) else f"{name} {part_text(part)}"


def _row(name: str, value: str, width: int) -> str:
    room = width - cells(name) - 2
    value = fit(value, room).rstrip()
    return f"{name}  {' ' * (room - cells(value))}{value}"
