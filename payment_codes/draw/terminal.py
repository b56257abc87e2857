"""Codes as lines of text for a terminal, always dark on light whatever the terminal's theme."""

from collections.abc import Iterable, Sequence
from itertools import groupby, zip_longest
from typing import Final

from payment_codes.draw.matrix import Matrix

# Colours 16 and 231 are the black and white of the fixed 6x6x6 cube: themes leave them alone, and
# terminals without 24-bit colour know them too.
_BLACK_ON_WHITE: Final = "\x1b[38;5;16;48;5;231m"
_WHITE_ON_BLACK: Final = "\x1b[38;5;231;48;5;16m"
_RESET: Final = "\x1b[0m"

_UPPER_HALF: Final = "▀"
_LEFT_HALF: Final = "▌"


def half_blocks(matrix: Matrix) -> list[str]:
    """Return one line for every two rows of modules; a line is `matrix.size` columns wide.

    A last row without a partner stands above a light one. Each line resets the colours at its end.
    """
    light = (False,) * matrix.size
    pairs = zip_longest(matrix.rows[::2], matrix.rows[1::2], fillvalue=light)
    return [_line(zip(upper, lower, strict=True), _UPPER_HALF) for upper, lower in pairs]


def half_width_bars(modules: Sequence[bool], height: int = 4) -> list[str]:
    """Return `height` equal lines with two modules of a bar code in every column.

    A last module without a partner stands beside a light one. Code 128 of 18 digits takes 77
    columns.
    """
    pairs = zip_longest(modules[::2], modules[1::2], fillvalue=False)
    return [_line(pairs, _LEFT_HALF)] * height


def _line(cells: Iterable[tuple[bool, bool]], half: str) -> str:
    """Draw cells of two modules each: the first under the glyph `half`, the second beside it.

    The second module is the cell's background and a cell of one colour is a space, because
    backgrounds join without gaps where a font's blocks may not.
    """
    spans = (
        (_WHITE_ON_BLACK if dark else _BLACK_ON_WHITE)
        + "".join(half if first != second else " " for first, second in span)
        for dark, span in groupby(cells, key=lambda cell: cell[1])
    )
    return "".join(spans) + _RESET
