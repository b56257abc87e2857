"""A piece of paper: what stands on it, and how it is laid out in the columns that there are.

The content is the same for a screen, a printer and a page; they differ in how wide a text is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from wallet_api.contract.text import cells, printable

#: Gives how wide a text is, in the unit that the paper's width is given in.
Measure = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is broken into as many rows as it needs."""

    text: str
    align: Literal["left", "center"] = "left"
    bold: bool = False
    large: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A name at the left and its value at the right, under it where both do not fit."""

    name: str
    value: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code of a text; what cannot draw one writes the text."""

    text: str


#: What Chinese and Western typesetting never begin a line with.
_NEVER_FIRST = frozenset("，。、；：？！）》」』】”’,.;:?!)]}")

Paper = Sequence[Text | Pair | Rule | Code]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a layout; ``right`` stands at the right edge."""

    left: str
    right: str = ""
    align: Literal["left", "center"] = "left"
    bold: bool = False
    large: bool = False


def lay_out(
    paper: Paper, width: float, measure: Measure, enlarge: float = 1
) -> list[Row | Rule | Code]:
    """Break a paper into rows that are nowhere wider than ``width``.

    A large text is ``enlarge`` times as wide as a plain one.
    """
    rows: list[Row | Rule | Code] = []
    for item in paper:
        match item:
            case Text():
                room = width / enlarge if item.large else width
                rows += [
                    Row(part, align=item.align, bold=item.bold, large=item.large)
                    for part in wrapped(printable(item.text), room, measure)
                ]
            case Pair():
                rows += _pair(item, width, measure)
            case Rule() | Code():
                rows.append(item)
    return rows


def _pair(pair: Pair, width: float, measure: Measure) -> list[Row]:
    """Give a pair in one row, or its name and its value in rows of their own."""
    row = Row(printable(pair.name), printable(pair.value), bold=pair.bold)
    if measure(f"{row.left}  {row.right}") <= width:
        return [row]
    names = [replace(row, left=part, right="") for part in wrapped(row.left, width, measure)]
    return names + [
        replace(row, left="", right=part) for part in wrapped(row.right, width, measure)
    ]


def wrapped(text: str, width: float, measure: Measure) -> list[str]:
    """Break a text into parts that are not wider than ``width``, at spaces where there are any."""
    parts: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if measure(joined) <= width:
            line = joined
            continue
        if line:
            parts.append(line)
        *whole, line = _chopped(word, width, measure)
        parts += whole
    return [*parts, line]


def _chopped(word: str, width: float, measure: Measure) -> list[str]:
    """Break one word wherever the width ends, but not before a mark that joins a letter."""
    parts = [""]
    for character in word:
        if measure(parts[-1] + character) > width and cells(character) > 0:
            parts[-1], carried = _split_before(parts[-1], character)
            parts.append(carried)
        parts[-1] += character
    return parts


def _split_before(line: str, character: str) -> tuple[str, str]:
    """Give a full line and what goes down with the next character, so that no stop stands first."""
    if character in _NEVER_FIRST and len(line) > 1 and cells(line[-1]) > 0:
        return line[:-1], line[-1]
    return line, ""
