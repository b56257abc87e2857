"""Paper as lines of text, for a screen or a file, by terminal cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal_kit.receipts.paper import Code, Row, Rule, lay_out, wrapped
from wallet_api.contract.text import cells

if TYPE_CHECKING:
    from terminal_kit.receipts.paper import Paper

#: Columns of the paper of small (58 mm) and of usual (80 mm) receipt printers.
WIDTHS = (32, 42)


def text_rows(paper: Paper, width: int) -> list[tuple[str, bool]]:
    """Give each line, without spaces at its end, and whether it is bold."""
    rows: list[tuple[str, bool]] = []
    for row in lay_out(paper, width, cells):
        match row:
            case Rule():
                rows.append(("-" * width, False))
            case Code():
                parts = wrapped(row.text, width, cells)
                rows += [(_centred(part, width), False) for part in parts]
            case Row():
                rows.append((_aligned(row, width), row.bold))
    return rows


def text_lines(paper: Paper, width: int) -> list[str]:
    """Give the lines of a paper, none of them wider than ``width`` cells."""
    return [line for line, _ in text_rows(paper, width)]


def _aligned(row: Row, width: int) -> str:
    if row.right:
        return row.left + " " * (width - cells(row.left) - cells(row.right)) + row.right
    return _centred(row.left, width) if row.align == "center" else row.left


def _centred(text: str, width: int) -> str:
    return (" " * ((width - cells(text)) // 2) + text).rstrip()
