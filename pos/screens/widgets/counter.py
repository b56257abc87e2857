"""The counter: the ticket at the left, the total, the keypad and the quick keys at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.containers import Grid, Horizontal, HorizontalGroup, Vertical
from textual.widgets import Digits, Static

from pos.screens.places import PLACES
from pos.screens.widgets.earlier import Earlier
from pos.screens.widgets.keypad_grid import KeypadGrid
from pos.screens.widgets.product_keys import ProductKeys
from pos.screens.widgets.sale_lines import SaleLines
from pos.screens.widgets.tap import Tap, Tile
from pos.screens.widgets.totals import Totals
from terminal_kit.language import _
from terminal_kit.screens.followed import once_drawn
from terminal_kit.screens.money import figure

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from pos.keypad import Keypad
    from pos.ringing import Ringing
    from terminal_kit.resuming import Outcome

#: Columns that a figure of the large kind takes.
DIGIT = 3
#: Columns beside the rows under the lines, and how wide those are at least.
MARGINS, LEAST_WIDTH = 3, 20


class Door(Tile):
    """Leads to another place of the till."""


class Counter(Grid):
    """Shows a sale that is being rung up; the screen has the keys."""

    def __init__(self, earlier: dict[str, Outcome], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._earlier = earlier
        self._ringing: Ringing | None = None

    def compose(self) -> ComposeResult:
        """Give all parts."""
        with Vertical(id="ticket"):
            yield Earlier(self._earlier, id="earlier")
            with Vertical(id="nothing"):
                yield Static(_nothing(), classes="muted", markup=False)
                for place in PLACES:
                    if place.key:
                        yield Door(f"{place.key.upper():<4}{_(place.title)}", place.id)
            yield SaleLines(id="lines")
            yield Totals(id="totals")
            yield Static(id="said", markup=False)
        with Vertical(id="head"):
            with HorizontalGroup():
                yield Static(_("Total"), id="total-name", markup=False)
                yield Static(id="count", classes="muted", markup=False)
            yield Digits("", id="total")
            yield Static(id="total-text", markup=False)
            yield Static(id="keyed", markup=False)
        yield KeypadGrid(id="keypad")
        yield ProductKeys(id="products")
        with Vertical(id="acts"):
            with Horizontal(id="pay"):
                yield Tap(_("Charge  ⏎"), variant="primary", id="charge")
                yield Tap(_("Customer's code  c"), id="code")
            with Horizontal(id="more"):
                yield Tap(_("Tip  t"), id="tip")
                yield Tap(_("Discount  d"), id="discount")
                yield Tap(_("Note  n"), id="note")
                yield Tap(_("Reference  r"), id="reference")
                yield Tap(_("Hold  h"), id="hold")
                yield Tap(_("Clear  x"), id="clear")

    def show(self, ringing: Ringing) -> None:
        """Show what is rung up and typed."""
        self._ringing, sale = ringing, ringing.sale
        lines = self.query_one(SaleLines)
        lines.show(sale.lines, ringing.marked)
        lines.display = bool(sale.lines)
        self.query_one("#nothing").display = not sale.lines
        width = self.query_one("#ticket").content_size.width - MARGINS
        self.query_one(Totals).show(sale, max(width, LEAST_WIDTH))
        count = _("{count} pcs").format(count=sale.count) if sale.count else ""
        _put(self.query_one("#count", Static), f"{count}  {sale.currency}")
        self._show_total(figure(sale.total))
        self._show_keyed(ringing.keypad)

    def on_resize(self) -> None:
        """Lay everything out for the new size, once that is known."""
        if self._ringing is not None:
            once_drawn(self, partial(self.show, self._ringing))

    def say(self, text: str, tone: str = "") -> None:
        """Say something in place, or nothing any more."""
        said = self.query_one("#said", Static)
        _put(said, text)
        said.set_classes(f"{tone} said" if text else "")

    def _show_total(self, number: str) -> None:
        """Show the total as large as there is room for."""
        head = self.query_one("#head")
        room = head.content_size.width
        head.set_class(0 < room < DIGIT * len(number), "-plain")
        self.query_one("#total", Digits).update(number)
        self.query_one("#total-text", Static).update(number, layout=False)

    def _show_keyed(self, keypad: Keypad) -> None:
        """Show what is typed, or what could be."""
        keyed = self.query_one("#keyed", Static)
        if keypad.is_overfull:
            keyed.update(_("✗ Too many digits: C clears them."), layout=False)
        else:
            text = keypad.shown() or _("Price, or a product's letter")
            keyed.update(text, layout=False)
        keyed.set_class(keypad.is_overfull, "bad")
        keyed.set_class(not keypad.is_overfull and not keypad.shown(), "hint")


def _put(static: Static, text: str) -> None:
    """Change a text whose size the layout follows, where it is another one."""
    if static.content != text:
        static.update(text)


def _nothing() -> str:
    """Say how to begin."""
    rows = (
        _("Nothing rung up yet."),
        "",
        _("Type a price, then Enter."),
        _("3* makes three of the next."),
        _("Scan a code at any time."),
        "",
    )
    return "\n".join(rows)
