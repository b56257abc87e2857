"""Draws the lines of a list: its titles, its rows, and what it says in place of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.cache import LRUCache
from textual.content import Content
from textual.strip import Strip

from terminal_kit.language import _
from terminal_kit.screens.widgets.columns import fit, laid_out

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style

    from terminal_kit.screens.widgets.columns import Cell, Column

CACHED_ROWS = 1_024
#: What a strip's cells may be styled by; the widget's style sheet colours ``list--`` and this.
PARTS = ("header", "edge", "cursor", "resting", "good", "warn", "bad", "muted", "bold")


class RowStrips:
    """Remembers what it has drawn. ``style`` gives the style of one of PARTS, or of "" for none."""

    def __init__(self, columns: tuple[Column, ...], style: Callable[[str], Style]) -> None:
        self._columns = columns
        self._look_up = style
        self._styles: dict[str, Style] = {}
        self._drawn: LRUCache[tuple[int, str, int], Strip] = LRUCache(CACHED_ROWS)

    def clear(self) -> None:
        """Forget what was drawn: rows or colours have changed."""
        self._drawn.clear()
        self._styles.clear()

    def titles(self, width: int) -> Strip:
        """Draw the titles of the columns."""
        titles = [(_(column.title), "header") for column in self._columns]
        return self.strip(laid_out(self._columns, titles, width), width, "header")

    def row(self, index: int, cells: Callable[[], Sequence[Cell]], width: int, under: str) -> Strip:
        """Draw a row; ``under`` is "cursor" or "resting" for the selected one."""
        place = (index, under, width)
        strip = self._drawn.get(place)
        if strip is None:
            laid = laid_out(self._columns, cells(), width)
            if under:
                # The selected row is not told by colour alone.
                text = "".join(text for text, _tone in laid)
                laid = [("▌", "edge" if under == "cursor" else under), (text[1:], under)]
            strip = self.strip(laid, width, under)
            self._drawn.set(place, strip)
        return strip

    def strip(self, cells: Sequence[Cell], width: int, under: str = "") -> Strip:
        """Draw texts that have their widths already."""
        segments = [Segment(text, self._style(tone or under)) for text, tone in cells]
        strip = Strip(segments, sum(cell_len(text) for text, _tone in cells))
        return strip.adjust_cell_length(width, self._style(under))

    def said(self, text: str, tone: str, line: int, width: int) -> Strip:
        """Draw one line of a text that stands in place of rows."""
        lines = Content(text).wrap(max(width - 4, 1)) if text else []
        said = lines[line].plain if 0 <= line < len(lines) else ""
        return self.strip([("  ", ""), (fit(said, max(width - 2, 0)), tone)], width)

    def note(self, text: str, tone: str, width: int) -> Strip:
        """Draw a text below the rows, on one line."""
        return self.strip([(fit(f" {text.replace(chr(10), ' ')}", width), tone)], width)

    def _style(self, part: str) -> Style:
        style = self._styles.get(part)
        if style is None:
            style = self._styles[part] = self._look_up(part)
        return style
