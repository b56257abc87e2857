"""The card of a code for people: in a frame on a terminal, as plain lines anywhere else."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from terminal_kit.code_card import BAD, GOOD, MUTED, WARN
from terminal_kit.console import draws, fitted, style
from terminal_kit.language import _
from terminal_kit.receipts.paper import wrapped
from wallet_api.contract.text import cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from terminal_kit.code_card import CodeCard, Fault

#: Columns of a card in its frame, and the least that it is squeezed into.
WIDEST, NARROWEST = 80, 40
#: Of the names on the left, at most; and of the frame on both sides.
MOST_LEFT, FRAME = 34, 4
GAP = "  "
_STYLES = {GOOD: ("green",), WARN: ("yellow",), BAD: ("red",), MUTED: ("dim",), "": ()}


@dataclass(frozen=True, slots=True)
class _Line:
    """What stands on the left, in names' style, and on the right; without a left it has it all."""

    left: str
    right: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class _Section:
    title: str
    lines: Sequence[_Line]

    @property
    def left_cells(self) -> int:
        """The columns of the names."""
        return min(max((cells(line.left) for line in self.lines), default=0), MOST_LEFT)


def write_card(card: CodeCard, stream: IO[str]) -> None:
    """Write a card to stdout or stderr."""
    sections = list(_sections(card))
    lines = _framed(sections, stream) if draws(stream) else _plain(sections)
    stream.write("".join(f"{line}\n" for line in lines))
    stream.flush()


def _sections(card: CodeCard) -> Iterator[_Section]:
    yield _Section(card.title, [_Line(row.label, row.value, row.tone) for row in card.rows])
    yield _Section(_("Verdict"), [_Line(row.label, row.value, row.tone) for row in card.verdict])
    if card.faults:
        yield _Section(_("Issues"), [line for fault in card.faults for line in _fault(fault)])
    if card.fields:
        yield _Section(_("Fields"), [_Line(field.label, field.value) for field in card.fields])


def _fault(fault: Fault) -> Iterator[_Line]:
    yield _Line("", fault.headline, fault.tone)
    yield _Line("", f"{GAP}{fault.sentence}")
    yield _Line("", f"{GAP}{fault.rule}", MUTED)


def _plain(sections: Iterable[_Section]) -> Iterator[str]:
    """Give whole lines for a pipe, nothing cut or broken."""
    between = ""
    for section in sections:
        yield f"{between}{section.title}"
        between = "\n"
        for line in section.lines:
            left = line.left + " " * (section.left_cells - cells(line.left))
            yield f"{GAP}{left}{GAP if left else ''}{line.right}".rstrip()


def _framed(sections: Iterable[_Section], stream: IO[str]) -> Iterator[str]:
    columns = shutil.get_terminal_size().columns
    width = max(min(columns, WIDEST), NARROWEST)
    corners = "╭╮"
    for section in sections:
        title = fitted(section.title, width - 6).rstrip()
        rule = "─" * (width - 5 - cells(title))
        name = style(title, "bold", stream=stream)
        yield f"{corners[0]}─ {name} {rule}{corners[1]}"
        corners = "├┤"
        for line in section.lines:
            for row in _rows(line, section.left_cells, width - FRAME, stream):
                yield f"│ {row} │"
    yield f"╰{'─' * (width - 2)}╯"


def _rows(line: _Line, left_cells: int, width: int, stream: IO[str]) -> Iterator[str]:
    """Break a line into rows of so many cells, its right part below itself."""
    indent = len(line.right) - len(line.right.lstrip())
    left_cells = min(left_cells, width // 2)
    beside = left_cells + len(GAP) if line.left else indent
    left = style(fitted(line.left, left_cells), "dim", stream=stream) + GAP if line.left else ""
    for part in wrapped(line.right, width - beside, cells):
        right, names = fitted(part, width - beside), _STYLES[line.tone]
        yield (left or " " * beside) + (style(right, *names, stream=stream) if names else right)
        left = ""
