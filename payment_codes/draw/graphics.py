"""Codes as pictures inside a terminal: the kitty graphics protocol, and sixels.

Both give lines like those of half blocks. The first makes room, draws, and puts the cursor back;
every line leaves it behind the drawing, so that text can stand beside it.
"""

from __future__ import annotations

from base64 import standard_b64encode
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from payment_codes.draw.picture import Rows

_CHUNK: Final = 4096
"""Characters of one escape code at most (kitty graphics protocol, "Remote client")."""
_BAND: Final = 6
"""Pixels that one row of sixels is high: here a module, and a column's width (DEC STD 070, 9.6).

A cell is that wide at least on the screens of today, so the picture stays inside its room.
"""
_PALETTE: Final = "#0;2;0;0;0#1;2;100;100;100"


def kitty_lines(rows: Rows, columns: int, lines: int) -> list[str]:
    """Return a picture of modules that fills `columns` by `lines` cells.

    The terminal is asked for no answer and not to move the cursor (q=2, C=1).
    """
    from payment_codes.draw.picture import rows_png

    data = standard_b64encode(rows_png(rows, 8, 8)).decode("ascii")
    chunks = [data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK)]
    heads = [f"a=T,f=100,q=2,C=1,c={columns},r={lines},", *("" for _ in chunks[1:])]
    more = [*(1 for _ in chunks[1:]), 0]
    codes = (
        f"\x1b_G{head}m={left};{chunk}\x1b\\"
        for head, left, chunk in zip(heads, more, chunks, strict=True)
    )
    return _placed("".join(codes), columns, lines)


def sixel_lines(rows: Rows, columns: int, lines: int) -> list[str]:
    """Return a picture of modules inside `columns` by `lines` cells, two modules a line."""
    across = _BAND * columns // len(rows[0])
    size = f'"1;1;{len(rows[0]) * across};{len(rows) * _BAND}'
    bands = "-".join("".join(_band(row, across)) for row in rows)
    return _placed(f"\x1b7\x1bP0;1;0q{size}{_PALETTE}{bands}\x1b\\\x1b8", columns, lines)


def _band(row: Sequence[bool], across: int) -> Iterator[str]:
    """Yield one row of modules: the dark ones, back to the left, the light ones."""
    yield "#0" + _runs(row, across)
    yield "$#1" + _runs([not dark for dark in row], across)


def _runs(row: Sequence[bool], across: int) -> str:
    """Return a repeated sixel for each run: all six pixels ("~") or none ("?")."""
    runs = ((inked, len(list(run))) for inked, run in groupby(row))
    return "".join(f"!{length * across}{'~' if inked else '?'}" for inked, length in runs)


def _placed(picture: str, columns: int, lines: int) -> list[str]:
    """Return lines whose first makes room below itself, so that no picture scrolls away."""
    behind = f"\x1b[{columns}C"
    room = "\n" * (lines - 1) + f"\x1b[{lines - 1}A" if lines > 1 else ""
    return [room + picture + behind, *(behind for _ in range(lines - 1))]
