"""Photographs of terminals: what a program drew, as a picture that a till or a phone could take."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from payment_codes.scan.scanner import scan_one
from tests.payment_codes.pictures import encoded, screenshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CELL = (8, 16)
ESCAPE = "\x1b"

_TOKEN = re.compile(r"\x1b\[([\d;]*)m|(.)")
_COLOURS = re.compile(r"([34])8;5;(\d+)")


def drawing(lines: Iterable[str]) -> list[str]:
    """Give each line's cells in the two colours of codes: the code without the text beside it.

    Each cell is written with both of its colours; tmux lets them last over the end of a line.
    """
    colours: dict[str, str] = {}
    drawn = [_coloured_cells(line, colours) for line in lines]
    return [line for line in drawn if line]


def read_screen(lines: Sequence[str]) -> str:
    """Photograph lines of a drawing and scan the one code in it."""
    return scan_one(encoded(screenshot(lines, CELL))).text


def _coloured_cells(line: str, colours: dict[str, str]) -> str:
    written = ""
    for token in _TOKEN.finditer(line):
        parameters, glyph = token.groups()
        if glyph is None:
            chosen = dict(_COLOURS.findall(parameters))
            if not chosen:
                colours.clear()
            colours.update(chosen)
        elif len(colours) == 2:
            written += f"{ESCAPE}[38;5;{colours['3']};48;5;{colours['4']}m{glyph}{ESCAPE}[0m"
    return written
