"""The lines of a sale as they will stand on the receipt, one row each, with one marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from terminal_kit.language import N_
from terminal_kit.screens.money import figure
from terminal_kit.screens.widgets.columns import fit
from wallet_api.contract.text import cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos.sale import Line

#: From so many columns on a row says what one costs, too.
WITH_PRICE = 50


class SaleLines(OptionList, can_focus=False, inherit_bindings=False):
    """Shows lines; the marked one is what plus, minus and Del are about."""

    BINDINGS: ClassVar = [
        Binding("up", "cursor_up", N_("Line above"), id="line-up", show=False),
        Binding("down", "cursor_down", N_("Line below"), id="line-down", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, markup=False)
        self._sold: tuple[Line, ...] = ()

    @property
    def marked(self) -> int | None:
        """The place of the marked line, from 0."""
        return self.highlighted

    def show(self, lines: Sequence[Line], mark: int | None = None) -> None:
        """Show these lines; ``mark`` is the one to mark now."""
        before = self.highlighted
        if self._sold != tuple(lines):
            self._sold = tuple(lines)
            self.clear_options()
            self.add_options([Option(self._row(line)) for line in lines])
        if lines:
            place = before if mark is None else mark
            self.highlighted = min(len(lines) - 1 if place is None else place, len(lines) - 1)

    def on_resize(self) -> None:
        """Lay the rows out for the new width."""
        for place, line in enumerate(self._sold):
            self.replace_option_prompt_at_index(place, self._row(line))

    def _row(self, line: Line) -> str:
        width = max(self.size.width - 2, 20)
        times = f"{line.quantity:>3} × "
        each = f"@ {figure(line.price)}" if width >= WITH_PRICE and line.quantity > 1 else ""
        total = figure(line.total)
        room = width - len(times) - cells(each) - cells(total) - 4
        return f"{times}{fit(line.name, room)}  {each}  {total}"
