"""A few rows in columns, to choose one from: a part of a screen, where a list is too much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from terminal_kit.screens.widgets.columns import laid_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from terminal_kit.screens.widgets.columns import Cell, Column

TONES = {
    "good": "$success",
    "warn": "$warning",
    "bad": "$error",
    "muted": "$muted",
    "bold": "bold",
    "": "",
}


class Rows(OptionList):
    """Up and down move, Enter or a click chooses; the cursor shows while it has the focus."""

    DEFAULT_CSS = "Rows { height: auto; padding: 0; } Rows > .option-list--option { padding: 0; }"

    def __init__(self, columns: tuple[Column, ...], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self._columns = columns
        self._cells: list[Sequence[Cell]] = []
        self.can_focus = False

    def fill(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show these rows; the cursor stays where it is."""
        self._cells = list(rows)
        self.can_focus = bool(self._cells)
        self._draw()

    def on_resize(self) -> None:
        """Lay the rows out anew."""
        self._draw()

    def on_focus(self) -> None:
        """Show where the cursor is."""
        if self.highlighted is None and self._cells:
            self.highlighted = 0

    def on_blur(self) -> None:
        """Show no cursor where keys do nothing."""
        self.highlighted = None

    def _draw(self) -> None:
        place, width = self.highlighted, self.size.width
        self.clear_options()
        if not width:
            return
        self.add_options(Option(_content(self._columns, cells, width)) for cells in self._cells)
        if place is not None and self._cells:
            self.highlighted = min(place, len(self._cells) - 1)


def _content(columns: tuple[Column, ...], cells: Sequence[Cell], width: int) -> Content:
    row = laid_out(columns, cells, width)
    return Content.assemble(*((text, TONES[tone]) for text, tone in row)).rstrip()
