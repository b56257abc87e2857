"""Rows of a list laid out in columns, by terminal cells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from rich.cells import cell_len, set_cell_size

from wallet_api.contract.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A text and its tone: good, warn, bad, muted, bold, or "" for none.
Cell: TypeAlias = "tuple[str, str]"

#: A list of fewer cells than this leaves out columns that are not for narrow ones.
NARROW = 100
GAP = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list. ``title`` is marked by `N_`; without a ``width`` it shares what is left.

    One that is not ``narrow`` is left out of a list of less than 100 cells.
    """

    title: str
    width: int | None = None
    align: Literal["left", "right"] = "left"
    narrow: bool = True


@lru_cache
def widths(columns: tuple[Column, ...], room: int) -> Sequence[int]:
    """Give the columns' widths in so many cells; 0 for those that are left out."""
    shown = [column for column in columns if column.narrow or room >= NARROW]
    sharing = sum(column.width is None for column in shown)
    left = room - 1 - GAP * len(shown) - sum(column.width or 0 for column in shown)
    share, more = divmod(max(left, 0), max(sharing, 1))
    found = []
    for column in columns:
        if column.width is not None or column not in shown:
            found.append((column.width or 0) if column in shown else 0)
            continue
        found.append(share + (more > 0))
        more -= 1
    return found


def fit(text: str, width: int, align: Literal["left", "right"] = "left") -> str:
    """Make a text safe and exactly so many cells wide; what is too long ends in an ellipsis."""
    if not (text.isascii() and text.isprintable()):
        text = printable(text)
    taken = cell_len(text)
    if taken > width:
        return f"{set_cell_size(text, width - 1)}…" if width > 0 else ""
    spaces = " " * (width - taken)
    return spaces + text if align == "right" else text + spaces


def laid_out(columns: tuple[Column, ...], cells: Sequence[Cell], room: int) -> list[Cell]:
    """Give a row's texts in so many cells, gaps included."""
    fitting = widths(columns, room)
    row = [
        (fit(text, width, column.align) + " " * GAP, tone)
        for column, (text, tone), width in zip(columns, cells, fitting, strict=True)
        if width
    ]
    used = 1 + sum(width + GAP for width in fitting if width)
    if not row:
        return [(" " * room, "")]
    # The margins belong to the outer cells: fewer pieces are drawn faster.
    text, tone = row[-1]
    row[-1] = (text + " " * max(room - used, 0), tone)
    text, tone = row[0]
    row[0] = (" " + text, tone)
    return row
