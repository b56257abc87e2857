"""Text copied from a terminal, as a picture: a drawn code is read straight from its characters.

Every cell becomes four pixels by eight, so that a half block is as square as a cell of two columns.
Blocks, and characters that a drawing repeats, are ink; letters beside a drawing are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise
from typing import Final, NamedTuple

from payment_codes.scan.decoder import GreyPicture
from payment_codes.scan.sgr import OWN_GROUND, OWN_INK, Pen

MOST_COLUMNS: Final = 512
MOST_LINES: Final = 512
_FEWEST_CELLS: Final = 40
"""A drawing has more cells with ink or a colour: the smallest bar code has 4 lines of 23."""
_FEWEST_LINES: Final = 4
_FEWEST_PAIRS: Final = 20
"""A drawing in letters doubles one of them as often at least, on as many lines."""
_SHORTEST: Final = 20
"""No line of a drawing is shorter."""

_TOKEN: Final = re.compile(
    r"\x1b\[(?P<parameters>[0-9:;<=>?]*)[ -/]*(?P<final>[@-~])"  # Control sequences.
    r"|\x1b[\]PX^_](?:[^\x07\x1b]|\x1b(?!\\))*(?:\x07|\x1b\\|\Z)"  # Strings: titles, links.
    r"|\x1b[ -/]*[0-~]"
    r"|(?P<run>[^\x00-\x1f\x7f]+|[\n\t])"
)

# Quarters of a cell with ink: upper left 1, upper right 2, lower left 4, lower right 8.
_QUARTERS: Final = {
    "█": 15, "▀": 3, "▄": 12, "▌": 5, "▐": 10, "▘": 1, "▝": 2, "▖": 4, "▗": 8,
    "▚": 9, "▞": 6, "▛": 7, "▜": 11, "▙": 13, "▟": 14, "▓": 15, "■": 15,
}  # fmt: skip
_FAINT: Final = frozenset(" .,:;'`\"-_~·°░\u00a0\u2800")
"""Characters that stand for no ink where a drawing is made of letters."""
_ACROSS, _DOWN = 4, 8
"""Pixels of a cell."""
_MARGIN: Final = 16
"""Pixels around the whole."""


class _Cell(NamedTuple):
    """A character with the greys of its colours, or the terminal's own."""

    character: str
    ink: int = OWN_INK
    ground: int = OWN_GROUND


_BLANK: Final = _Cell(" ")


def picture_of_terminal_text(text: str) -> GreyPicture | None:
    """Return what a terminal shows for a text, with or without escape sequences, as a picture.

    Read are the blocks of Unicode with the colours and the reverse of ECMA-48 §8.3.117, and
    drawings in any doubled character, light or dark. None for a text that shows no drawing.
    """
    lines = _lines(text)
    letter = _drawing_letter(lines)
    lines[0] = _realigned(lines, letter)
    drawn = [[cell for cell in line if _is_drawn(cell, letter)] for line in lines]
    if sum(map(len, drawn)) < _FEWEST_CELLS:
        return None
    greys = [grey for line in drawn for cell in line for grey in cell[1:] if grey >= 0]
    if greys:
        # The terminal's own ground is what most of the drawing's colours are not.
        light_ink = 2 * sum(grey >= 128 for grey in greys) > len(greys)
    else:
        light_ink = _has_inked_margin([line for line in lines if len(line) >= _SHORTEST], letter)
    return _picture(lines, letter, ink=255 if light_ink else 0)


def _is_drawn(cell: _Cell, letter: str | None) -> bool:
    return cell.character in _QUARTERS or cell.character == letter or cell.ground != OWN_GROUND


def _realigned(lines: list[list[_Cell]], letter: str | None) -> list[_Cell]:
    """Return the first line of a drawing with the blanks that a copied text has often lost."""
    others = [_first_ink(line, letter) for line in lines[1:] if len(line) >= _SHORTEST]
    margin = min((first for first in others if first >= 0), default=0)
    lost = margin if _first_ink(lines[0], letter) == 0 else 0
    return [*[_BLANK] * lost, *lines[0]]


def _has_inked_margin(lines: list[list[_Cell]], letter: str | None) -> bool:
    """Say whether what has ink begins with a quiet zone of ink on every line."""
    starts = [line[first : first + 3] for line in lines if (first := _first_ink(line, letter)) >= 0]
    return all(_quarters(cell, letter) == 15 for start in starts for cell in start)


def _first_ink(line: list[_Cell], letter: str | None) -> int:
    return next((i for i, cell in enumerate(line) if _quarters(cell, letter)), -1)


def _lines(text: str) -> list[list[_Cell]]:
    """Return the cells of every line; a colour lasts until another one is selected."""
    pen = Pen()
    lines: list[list[_Cell]] = [[]]
    for token in _TOKEN.finditer(text):
        run, final = token["run"], token["final"]
        if run == "\n":
            if len(lines) == MOST_LINES:
                break
            lines.append([])
        elif run == "\t":
            _fill(lines[-1], 8 - len(lines[-1]) % 8)
        elif run:
            _put(lines[-1], run, pen)
        elif final == "m":
            pen = pen.changed(token["parameters"])
        elif final == "C":
            columns = token["parameters"]
            _fill(lines[-1], int(columns) if columns.isdecimal() else 1)
    return lines


def _put(line: list[_Cell], run: str, pen: Pen) -> None:
    """Put characters at the end of a line: into two cells where one is wide, none for an accent."""
    ink, ground = pen.shown
    for character in run[: MOST_COLUMNS - len(line)]:
        line += [_Cell(character, ink, ground)] * _columns(character)


def _columns(character: str) -> int:
    if character.isascii() or character in _QUARTERS:
        return 1
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _fill(line: list[_Cell], columns: int) -> None:
    line += [_BLANK] * min(columns, MOST_COLUMNS - len(line))


def _drawing_letter(lines: list[list[_Cell]]) -> str | None:
    """Return the character that a drawing without blocks doubles for each module."""
    pairs: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    for line in lines:
        characters = [cell.character for cell in line]
        doubled = Counter(one for one, other in pairwise(characters) if one == other)
        pairs += doubled
        spread.update(doubled.keys())
    for character, count in pairs.most_common():
        # Codes as bare text have rows of zeros too.
        if character in _FAINT or character in _QUARTERS or character.isdigit():
            continue
        drawn = count >= _FEWEST_PAIRS and spread[character] >= _FEWEST_LINES
        return character if drawn else None
    return None


def _picture(lines: list[list[_Cell]], letter: str | None, ink: int) -> GreyPicture:
    """Return the cells as pixels, with a margin of the terminal's own ground around them."""
    ground = bytes([255 - ink])
    width = max(map(len, lines)) * _ACROSS + 2 * _MARGIN
    own = {OWN_INK: ink, OWN_GROUND: 255 - ink}
    halves = {cell: _halves(cell, letter, own) for line in lines for cell in line}
    rows = [ground * width] * _MARGIN
    for line in lines:
        for half in (0, 1):
            row = ground * _MARGIN + b"".join(halves[cell][half] for cell in line)
            rows += [row.ljust(width, ground)] * (_DOWN // 2)
    rows += [ground * width] * _MARGIN
    return GreyPicture(width, len(rows), b"".join(rows))


def _halves(cell: _Cell, letter: str | None, own: dict[int, int]) -> tuple[bytes, bytes]:
    """Return a row of pixels of a cell's upper half, and one of its lower half."""
    quarters = _quarters(cell, letter)
    ink, ground = own.get(cell.ink, cell.ink), own.get(cell.ground, cell.ground)
    greys = [ink if quarters & bit else ground for bit in (1, 2, 4, 8)]
    upper, lower = (
        bytes([left] * (_ACROSS // 2) + [right] * (_ACROSS // 2))
        for left, right in (greys[:2], greys[2:])
    )
    return upper, lower


def _quarters(cell: _Cell, letter: str | None) -> int:
    return 15 if cell.character == letter else _QUARTERS.get(cell.character, 0)
