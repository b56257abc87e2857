"""An amount in figures of blocks, as large as there is room: to be read from across a counter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from terminal_kit.screens.money import figure, shown, symbol

if TYPE_CHECKING:
    from payment_codes.amount import Amount

#: Each figure in five rows of dots.
_ROWS = 5
_FONT = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", " ##", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", " # ", " # ", " # "),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ".": (" ", " ", " ", " ", "#"),
    ",": (" ", " ", " ", "#", "#"),
    "-": ("   ", "   ", "###", "   ", "   "),
}
#: A dot is twice as many columns wide as it is rows high, since a cell is half as wide as high.
_COLUMNS_A_ROW = 2
SCALES = (2, 1)
#: Rows of a terminal that has room for more than the smallest figures.
TALL = 36


class BlockFigure(Static):
    """Shows an amount; in plain letters where even the smallest figures are too wide."""

    DEFAULT_CSS = "BlockFigure { width: 100%; height: auto; text-align: center; }"

    def __init__(self, amount: Amount, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(shown(amount), id=id, markup=False)
        self._amount = amount

    def on_resize(self) -> None:
        """Draw as large as there is room."""
        number, sign = figure(self._amount), symbol(self._amount.currency)
        for scale in SCALES if self.app.size.height >= TALL else SCALES[-1:]:
            rows = drawn(number, scale)
            if len(rows[0]) + len(sign) + 1 <= self.size.width:
                self.update("\n".join(_signed(rows, sign)))
                return
        self.update(shown(self._amount))


def _signed(rows: list[str], sign: str) -> list[str]:
    """Put a currency's sign before the middle of the figures; the other side gets as much room."""
    middle, space = len(rows) // 2, " " * len(sign)
    return [f"{sign if place == middle else space} {row}" for place, row in enumerate(rows)]


def drawn(number: str, scale: int) -> list[str]:
    """Draw figures as rows of equal width; each dot is ``scale`` rows high."""
    wide = scale * _COLUMNS_A_ROW
    rows = []
    for place in range(_ROWS):
        dots = " ".join(_FONT[letter][place] for letter in number)
        row = "".join(("█" if dot == "#" else " ") * wide for dot in dots)
        rows += [row] * scale
    return rows
