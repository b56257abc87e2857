"""A long list without a bank: whatever the test makes of its rows."""

from __future__ import annotations

import threading
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal_kit.language import N_
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.widgets.paged_list import Cell, Column, PagedList
from wallet_api.contract.wire import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

PAGE = 100


@dataclass(frozen=True)
class Line:
    """A row: its number, and a word that may change."""

    number: int
    text: str = ""


class Book:
    """The other side: lines, newest first, whose cursor is the number of the last line given."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.size = PAGE
        self.highest = lines[0].number if lines else 0
        self.asked: list[str | None] = []
        self.failure: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()

    def page(self, cursor: str | None) -> Page[Line]:
        """Give a page, or fail as told."""
        self.asked.append(cursor)
        self.gate.wait(20)
        if self.failure is not None:
            raise self.failure
        start = 0 if cursor is None else bisect_right(self.lines, -int(cursor), key=_order)
        items = self.lines[start : start + self.size]
        more = len(self.lines) > start + self.size
        return Page(items=items, next=str(items[-1].number) if more else None)


def _order(line: Line) -> int:
    return -line.number


def book(count: int, text: Callable[[int], str] = "line {}".format) -> Book:
    """Give a book of so many lines, numbered down to 1."""
    return Book([Line(number, text(number)) for number in range(count, 0, -1)])


class Lines(PagedList[Line]):
    """Shows a book."""

    COLUMNS = (
        Column(N_("Text")),
        Column(N_("Number"), 8, "right"),
        Column(N_("Wide only"), 12, narrow=False),
    )
    FOLLOWS = ("line.*",)
    EMPTY = N_("No lines yet. Press n for one.")

    def __init__(self, book: Book) -> None:
        super().__init__(id="list")
        self.book = book

    def fetch(self, cursor: str | None) -> Page[Line]:
        """Ask the book."""
        return self.book.page(cursor)

    def cells(self, row: Line) -> Sequence[Cell]:
        """Give the text, the number, and what only a wide list shows."""
        return (row.text, ""), (str(row.number), "good"), ("wide", "muted")

    def key(self, row: Line) -> str:
        """Give the number."""
        return str(row.number)


class ListScreen(KitScreen[None]):
    """A screen with nothing but a list."""

    TITLE = "Lines"

    def __init__(self, book: Book) -> None:
        super().__init__()
        self.book = book
        self.heard: list[tuple[str, object]] = []

    def body(self) -> ComposeResult:
        """Give the list."""
        yield Lines(self.book)

    def on_paged_list_chosen(self, chosen: PagedList.Chosen) -> None:
        """Note what was chosen."""
        self.heard.append(("chosen", chosen.row))

    def on_paged_list_moved(self, moved: PagedList.Moved) -> None:
        """Note what is selected."""
        self.heard.append(("moved", moved.row))
