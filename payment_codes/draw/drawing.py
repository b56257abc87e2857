"""Draw a text as a code, in any form that a terminal, a file or a pipe takes."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from payment_codes.draw.barcode import code128_modules
from payment_codes.draw.matrix import Matrix, qr_matrix
from payment_codes.draw.terminal import (
    BAR_ROWS,
    full_blocks,
    full_width_bars,
    half_blocks,
    half_width_bars,
    plain_bars,
    plain_blocks,
    plain_characters,
)

if TYPE_CHECKING:
    from payment_codes.draw.levels import Level
    from payment_codes.draw.picture import Rows

_BAR_MODULES: Final = 40
"""Modules that the bars of a picture are high."""
_SCALE: Final = 8
"""Pixels a module of a picture."""


class Form(enum.StrEnum):
    """How a code is drawn: by a terminal's cells, inside a terminal as a picture, or as a file."""

    HALF = "half"
    FULL = "full"
    TEXT = "text"
    ASCII = "ascii"
    KITTY = "kitty"
    SIXEL = "sixel"
    PNG = "png"
    SVG = "svg"


class Symbology(enum.StrEnum):
    """The two kinds of codes that are drawn."""

    QR = "qr"
    CODE_128 = "code128"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn code: a file's `content`, or for a terminal `lines`, each `columns` wide."""

    form: Form
    content: bytes
    lines: tuple[str, ...] = ()
    columns: int = 0


def draw(
    text: str,
    form: Form = Form.HALF,
    *,
    symbology: Symbology = Symbology.QR,
    level: Level | None = None,
    columns: int | None = None,
    rows: int | None = None,
    scheme: str | None = None,
    light_ink: bool = False,
) -> Drawing:
    """Draw a text in the asked form.

    A QR code takes its level from `level`, from the `columns` and `rows` of a terminal that there
    are, and from `scheme`, the id of the text's scheme, as `matrix.qr_matrix` says; Code 128 knows
    none of them. `light_ink` has the forms without colours use ink for what is light.
    Raises ValueError for a text that no such code can hold.
    """
    if symbology is Symbology.CODE_128:
        return _bars(code128_modules(text), form, light_ink=light_ink)
    if form in (Form.FULL, Form.ASCII):
        # A module takes two columns and a row, not a column and half a row.
        columns, rows = _least((columns and columns // 2, rows)), None
    return draw_matrix(
        qr_matrix(text, level=level, columns=columns, rows=rows, scheme=scheme),
        form,
        light_ink=light_ink,
    )


def draw_matrix(matrix: Matrix, form: Form, *, light_ink: bool = False) -> Drawing:
    """Draw a QR code that has been made."""
    size = matrix.size
    match form:
        case Form.HALF:
            return _shown(form, half_blocks(matrix), size)
        case Form.FULL:
            return _shown(form, full_blocks(matrix), 2 * size)
        case Form.TEXT:
            return _shown(form, plain_blocks(matrix, light_ink=light_ink), size)
        case Form.ASCII:
            return _shown(form, plain_characters(matrix, light_ink=light_ink), 2 * size)
        case Form.KITTY | Form.SIXEL:
            # Two modules a line, so an odd number of rows needs a light one more.
            below = ((False,) * size,) * (size % 2)
            return _graphics((*matrix.rows, *below), form, 1)
        case Form.PNG | Form.SVG:
            return _file(matrix.rows, form)


def _bars(modules: tuple[bool, ...], form: Form, *, light_ink: bool) -> Drawing:
    columns = -(-len(modules) // 2)
    match form:
        case Form.HALF:
            return _shown(form, half_width_bars(modules), columns)
        case Form.TEXT:
            return _shown(form, plain_bars(modules, light_ink=light_ink), columns)
        case Form.FULL:
            return _shown(form, full_width_bars(modules), len(modules))
        case Form.ASCII:
            ink = "".join(" " if dark is light_ink else "#" for dark in modules)
            return _shown(form, [ink] * BAR_ROWS, len(modules))
        case Form.KITTY | Form.SIXEL:
            return _graphics((modules,) * (2 * BAR_ROWS), form, 2)
        case Form.PNG | Form.SVG:
            return _file((modules,) * _BAR_MODULES, form)


def _shown(form: Form, lines: list[str], columns: int) -> Drawing:
    content = "".join(line + "\n" for line in lines).encode()
    return Drawing(form, content, tuple(lines), columns)


def _graphics(rows: Rows, form: Form, modules_a_column: int) -> Drawing:
    from payment_codes.draw.graphics import kitty_lines, sixel_lines

    make = kitty_lines if form is Form.KITTY else sixel_lines
    columns = -(-len(rows[0]) // modules_a_column)
    return _shown(form, make(rows, columns, len(rows) // 2), columns)


def _file(rows: Rows, form: Form) -> Drawing:
    from payment_codes.draw.picture import rows_png, rows_svg

    content = rows_png(rows, _SCALE, _SCALE) if form is Form.PNG else rows_svg(rows).encode()
    return Drawing(form, content)


def _least(numbers: tuple[int | None, ...]) -> int | None:
    return min((number for number in numbers if number is not None), default=None)
