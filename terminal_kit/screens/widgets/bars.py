"""A plot of bars: what came in stands on a row of labels, what went back hangs under it.

The two differ by their glyph as well as by their colour, and every bar can be read as a text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from terminal_kit.language import _
from wallet_api.contract.text import cells

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: Eighths of a row, from empty to full.
EIGHTHS = " ▁▂▃▄▅▆▇█"
FULL, BACK = "█", "▒"
WIDEST_BAR = 8
#: Columns from one bar to the next from which on a space stands between them.
ROOMY = 3
FEWEST_ROWS = 3
#: What a part of a row shows: a scale or a label, what came in, what went back.
AXIS, VALUE, RETURNED = "bars--axis", "bars--value", "bars--returned"
Part = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: ``value`` upwards and ``back`` downwards, neither below zero, and its labels."""

    label: str
    short: str
    value: int
    back: int = 0


def plotted(
    bars: Sequence[Bar], width: int, height: int, scale: Callable[[int], str], margin: int = 0
) -> list[list[Part]]:
    """Lay bars out in rows of exactly ``width`` cells; the newest are kept where not all fit.

    ``scale`` writes a number beside the plot, in ``margin`` cells or more. Needs three rows, and
    room for one bar.
    """
    highest, deepest = max(one.value for one in bars), max(one.back for one in bars)
    below = _rows_below(highest, deepest, height - 1)
    above = height - 1 - below
    margin = max(margin, margin_of(bars, scale))
    kept = bars[-max(width - margin, 1) :]
    slot = max((width - margin) // len(kept), 1)
    bar = min(slot - 1 if slot >= ROOMY else slot, WIDEST_BAR)
    # What came in and what went back have one scale: this much is one row.
    unit = max(_ceil(highest, max(above, 1)), _ceil(deepest, max(below, 1)), 1)
    top, bottom = _ceil(highest, unit) - 1, _ceil(deepest, unit) - 1

    def row(aside: str, tone: str, glyphs: Sequence[str]) -> list[Part]:
        drawn = "".join((glyph * bar).ljust(slot) for glyph in glyphs)
        room = width - margin
        return [(" " * (margin - 1 - cells(aside)) + aside + " ", AXIS), (drawn.ljust(room), tone)]

    rows = []
    for level in range(above - 1, -1, -1):
        glyphs = [_upward(one.value, unit, level) for one in kept]
        rows.append(row(scale(highest) if level == top else "", VALUE, glyphs))
    rows.append([(" " * (margin - 2) + "0 ", AXIS), (_labels(kept, slot, width - margin), AXIS)])
    for level in range(below):
        glyphs = [BACK if one.back > level * unit else " " for one in kept]
        rows.append(row(scale(-deepest) if level == bottom else "", RETURNED, glyphs))
    return rows


def margin_of(bars: Sequence[Bar], scale: Callable[[int], str]) -> int:
    """Give the cells that the scale takes at the left of bars."""
    numbers = (0, max(one.value for one in bars), -max(one.back for one in bars))
    return max(cells(scale(number)) for number in numbers) + 1


def _ceil(number: int, by: int) -> int:
    return -(-number // by)


def _rows_below(highest: int, deepest: int, rows: int) -> int:
    """Share rows between what came in and what went back, one for each at least."""
    if not deepest:
        return 0
    if not highest:
        return rows
    return min(max(_ceil(rows * deepest, highest + deepest), 1), rows - 1)


def _upward(value: int, unit: int, level: int) -> str:
    """Give the glyph of a bar in a row; the smallest value is seen too."""
    eighths = max(value * 8 // unit, 1) if value else 0
    return EIGHTHS[min(max(eighths - level * 8, 0), 8)]


def _labels(bars: Sequence[Bar], slot: int, room: int) -> str:
    """Write as many labels as there is room for, each under its bar's left edge."""
    long = max(cells(one.label) for one in bars) < slot
    texts = [one.label if long else one.short for one in bars]
    step = _ceil(max(map(cells, texts)) + 1, slot)
    line = ""
    for place in range(0, len(bars), step):
        if place * slot + cells(texts[place]) <= room:
            line += " " * (place * slot - cells(line)) + texts[place]
    return line + " " * (room - cells(line))


class Bars(Widget):
    """Shows bars in all the room it has; ``words`` gives what they say."""

    COMPONENT_CLASSES: ClassVar = {AXIS, VALUE, RETURNED}
    DEFAULT_CSS = """
    Bars { height: 8; min-height: 3; }
    Bars > .bars--axis { color: $muted; }
    Bars > .bars--value { color: $primary; }
    Bars > .bars--returned { color: $warning; }
    """

    def __init__(self, scale: Callable[[int], str], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._scale = scale
        self._bars: Sequence[Bar] = ()
        self._margin = 0
        self._rows: list[list[Part]] = []

    def plot(self, bars: Sequence[Bar], margin: int = 0) -> None:
        """Show bars, or nothing for none; ``margin`` cells at the left are for the scale."""
        self._bars, self._margin = bars, margin
        self._lay_out()

    @property
    def words(self) -> list[str]:
        """Each bar that is not empty, in words."""
        return [self._said(one) for one in self._bars if one.value or one.back]

    def _said(self, one: Bar) -> str:
        if not one.back:
            return f"{one.label}  {self._scale(one.value)}"
        said = _("{label}  {value}, back {back}")
        back, value = self._scale(one.back), self._scale(one.value)
        return said.format(label=one.label, value=value, back=back)

    def on_resize(self) -> None:
        """Draw for the new size."""
        self._lay_out()

    def _lay_out(self) -> None:
        width, height = self.size
        fits = self._bars and height >= FEWEST_ROWS
        fits = fits and width > max(self._margin, margin_of(self._bars, self._scale))
        drawn = plotted(self._bars, width, height, self._scale, self._margin) if fits else []
        self._rows = drawn
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Give one row."""
        if y >= len(self._rows):
            return Strip.blank(self.size.width, self.rich_style)
        styles = [(text, self.get_component_rich_style(part)) for text, part in self._rows[y]]
        return Strip([Segment(text, style) for text, style in styles]).adjust_cell_length(
            self.size.width, self.rich_style
        )
