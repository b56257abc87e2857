"""Codes as lines of text: dark on light whatever the terminal's theme, or without any colour."""

from __future__ import annotations

from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from payment_codes.draw.matrix import Matrix

# Colours 16 and 231 are the black and white of the fixed 6x6x6 cube: themes leave them alone, and
# terminals without 24-bit colour know them too.
_BLACK_ON_WHITE: Final = "\x1b[38;5;16;48;5;231m"
_WHITE_ON_BLACK: Final = "\x1b[38;5;231;48;5;16m"
_RESET: Final = "\x1b[0m"

_UPPER_HALF: Final = "▀"
_LEFT_HALF: Final = "▌"
_UPRIGHT: Final = " ▀▄█"
_SIDEWAYS: Final = " ▌▐█"
BAR_ROWS: Final = 4
"""A bar code is so many rows high unless another number is asked for."""

_Cell = tuple[bool, bool]


def half_blocks(matrix: Matrix) -> list[str]:
    """Return one line for every two rows of modules; a line is `matrix.size` columns wide.

    A last row without a partner stands above a light one. Each line resets the colours at its end.
    """
    return [_line(row, _UPPER_HALF) for row in _stacked(matrix)]


def full_blocks(matrix: Matrix) -> list[str]:
    """Return one line a row of modules, two columns a module: no glyph is cut in halves."""
    doubled = ([(dark, dark) for dark in row for _half in range(2)] for row in matrix.rows)
    return [_line(row, _UPPER_HALF) for row in doubled]


def plain_blocks(matrix: Matrix, *, light_ink: bool = False) -> list[str]:
    """Return the lines of `half_blocks` without colours: blocks stand for the dark modules.

    With `light_ink` they stand for the light ones, which is right on a dark ground.
    """
    return [_inked(row, _UPRIGHT, light_ink=light_ink) for row in _stacked(matrix)]


def plain_characters(matrix: Matrix, *, light_ink: bool = False) -> list[str]:
    """Return the lines of `full_blocks` in ASCII: "##" for the dark, or the light, modules."""
    return ["".join("  " if dark is light_ink else "##" for dark in row) for row in matrix.rows]


def half_width_bars(modules: Sequence[bool], height: int = BAR_ROWS) -> list[str]:
    """Return `height` equal lines with two modules of a bar code in every column.

    A last module without a partner stands beside a light one. Code 128 of 18 digits takes 77
    columns.
    """
    return [_line(_side_by_side(modules), _LEFT_HALF)] * height


def full_width_bars(modules: Sequence[bool], height: int = BAR_ROWS) -> list[str]:
    """Return `height` equal lines with a module of a bar code in every column."""
    return [_line([(dark, dark) for dark in modules], _LEFT_HALF)] * height


def plain_bars(
    modules: Sequence[bool], height: int = BAR_ROWS, *, light_ink: bool = False
) -> list[str]:
    """Return the lines of `half_width_bars` without colours, as `plain_blocks` does."""
    return [_inked(_side_by_side(modules), _SIDEWAYS, light_ink=light_ink)] * height


def _stacked(matrix: Matrix) -> Iterator[list[_Cell]]:
    light = (False,) * matrix.size
    for upper, lower in zip_longest(matrix.rows[::2], matrix.rows[1::2], fillvalue=light):
        yield list(zip(upper, lower, strict=True))


def _side_by_side(modules: Sequence[bool]) -> list[_Cell]:
    return list(zip_longest(modules[::2], modules[1::2], fillvalue=False))


def _line(cells: Iterable[_Cell], half: str) -> str:
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


def _inked(cells: Iterable[_Cell], glyphs: str, *, light_ink: bool) -> str:
    """Draw cells by glyphs alone: that of nothing, of the first module, the second, and both."""
    return "".join(
        glyphs[(first is not light_ink) + 2 * (second is not light_ink)] for first, second in cells
    )
