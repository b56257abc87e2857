"""A list of any length: it draws only the rows in view and asks for pages as one scrolls."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Generic

from textual import work
from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.widget import Widget
from textual.worker import get_current_worker

from terminal_kit.language import N_, _
from terminal_kit.screens.followed import PATIENCE, Followed, as_of
from terminal_kit.screens.link import clock_time
from terminal_kit.screens.widgets.columns import Cell, Column
from terminal_kit.screens.widgets.pages import Pages, Row
from terminal_kit.screens.widgets.row_strips import PARTS, RowStrips
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual.events import Click
    from textual.strip import Strip

    from terminal_kit.screens.link import Link
    from wallet_api.contract.wire import Page

__all__ = ["Cell", "Column", "PagedList", "Row"]

HEADER_ROWS = 1


class PagedList(Followed, ScrollView, Generic[Row], can_focus=True, inherit_bindings=False):
    """A subclass gives ``COLUMNS``, ``EMPTY``, ``fetch``, ``cells`` and ``key``.

    ``EMPTY`` is said, marked by `N_`, where there are no rows. After an event that it ``FOLLOWS``
    it asks again for the first page and for those in view; selection and view stay on their rows.
    """

    COLUMNS: ClassVar[tuple[Column, ...]] = ()
    EMPTY: ClassVar[str] = ""
    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"list--{part}" for part in PARTS}
    BINDINGS: ClassVar = [
        Binding("enter", "choose", N_("Open"), id="list-choose"),
        Binding("down,j", "move(1)", N_("Down"), id="list-down", show=False),
        Binding("up,k", "move(-1)", N_("Up"), id="list-up", show=False),
        Binding("pagedown", "leaf(1)", N_("Page down"), id="list-page-down", show=False),
        Binding("pageup", "leaf(-1)", N_("Page up"), id="list-page-up", show=False),
        Binding("home", "first", N_("First"), id="list-first", show=False),
        Binding("end", "last", N_("Last so far"), id="list-last", show=False),
    ]

    @dataclass
    class _About(Message):
        list: PagedList[Any]
        row: Any

        @property
        def control(self) -> PagedList[Any]:
            """The list."""
            return self.list

    class Chosen(_About):
        """A row was chosen, by Enter or a click on the selected one."""

    class Moved(_About):
        """Another row is selected now, or what it shows has changed; None if there is none."""

    class Loaded(_About):
        """Rows have come, or come anew; the selected one goes with it."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._pages: Pages[Row] = Pages(self.key)
        #: The rows of a new query, until its first page has come.
        self._coming: Pages[Row] | None = None
        self._index = 0
        self._told: Row | None = None
        self._note: Cell = ("", "")
        self._loaded_at = ""
        self._failed = self._looking = False
        self._strips = RowStrips(self.COLUMNS, self._style)

    def fetch(self, cursor: str | None) -> Page[Row]:
        """Ask for a page, a hundred rows or so; on a thread. Raises WalletError."""
        raise NotImplementedError

    def cells(self, row: Row) -> Sequence[Cell]:
        """Give what a row says in each of the columns."""
        raise NotImplementedError

    def key(self, row: Row) -> str:
        """Give a row's identity."""
        raise NotImplementedError

    def empty(self) -> str:
        """Say that there are no rows."""
        return _(self.EMPTY)

    @property
    def rows(self) -> Sequence[Row]:
        """The rows so far, from the top."""
        return self._pages.rows

    @property
    def selected(self) -> Row | None:
        """The row under the cursor."""
        return self._pages.rows[self._index] if self._pages.rows else None

    def on_mount(self) -> None:
        """Look for the first time, and follow the line."""
        self.reload()
        self.watch(self.app, "link", self._grow_stale, init=False)

    def restart(self) -> None:
        """Ask anew, because something else is wanted; the rows so far stay until it comes."""
        self._coming = Pages(self.key)
        self._look()

    def reload(self) -> None:
        """Ask again for what is in view; see `Followed`."""
        self._pages.forget()
        self._look()

    # Asking.

    def _look(self) -> None:
        self._failed, self._looking = False, True
        self._ask()

    def _look_on(self) -> None:
        """Ask for what the view lacks, unless that is under way or was refused."""
        if not (self._looking or self._failed) and self._due(self._pages) is not None:
            self._look()

    def _due(self, pages: Pages[Row]) -> int | None:
        top = 0 if pages is self._coming else self.scroll_offset.y
        return pages.due(top, top + self._view)

    @work(group="list", exclusive=True)
    async def _ask(self) -> None:
        worker = get_current_worker()
        slow = self.set_timer(PATIENCE, self._say_looking)
        try:
            await self._ask_all()
        except WalletError as error:
            if not worker.is_cancelled:
                self._say_error(error)
        finally:
            slow.stop()
            if not worker.is_cancelled:
                self._looking = False

    async def _ask_all(self) -> None:
        pages = self._coming or self._pages
        while (number := self._due(pages)) is not None:
            page = await self.desk.ask(partial(self.fetch, pages.cursor(number)))
            self._take(pages, number, page)
        self._loaded_at = clock_time()
        self._say("")
        self.post_message(self.Loaded(self, self.selected))

    def _take(self, pages: Pages[Row], number: int, page: Page[Row]) -> None:
        """Put a page in its place, and keep selection and view on their rows."""
        if pages is self._coming:
            pages.take(number, page)
            if pages.rows or pages.next is None:
                self._show(pages)
            return
        top = self.scroll_offset.y
        kept = pages.rows[self._index : self._index + 1] + pages.rows[top : top + 1]
        change = pages.take(number, page)
        if change.removed:
            self._strips.clear()
        if change.start < top + self._view:
            self.refresh()
        if kept:
            self._index = pages.moved(change, self._index, kept[0])
        self._measure()
        if kept and top:
            self.scroll_to(y=pages.moved(change, top, kept[-1]), animate=False)
        self._tell()

    def _show(self, pages: Pages[Row]) -> None:
        """Show the rows of a new query from the top."""
        self._pages, self._coming, self._index = pages, None, 0
        self._strips.clear()
        self._measure()
        self.refresh()
        self.scroll_to(y=0, animate=False)
        self._tell()

    def _say_looking(self) -> None:
        # The timer may be over just as the answer comes.
        if self._looking:
            self._say(_("◌ Looking…"), "muted")

    def _say_error(self, error: WalletError) -> None:
        self._failed = True
        if self._coming is not None:
            self._show(self._coming)
        if self._pages.rows and not self._pages.is_tail(self._due(self._pages)):
            self._say(as_of(self._loaded_at), "warn")
            return
        self._say(_("✗ {reason}\nCtrl+R tries again.").format(reason=told(error)), "bad")

    def _grow_stale(self, link: Link) -> None:
        if not link.is_live and self._pages.rows:
            self._say(as_of(self._loaded_at), "warn")

    def _say(self, text: str, tone: str = "") -> None:
        if (text, tone) != self._note or not self._pages.rows:
            self._note = (text, tone)
            self._measure()
            self.refresh()

    # The cursor.

    @property
    def _view(self) -> int:
        """How many rows are in view."""
        return max(self.size.height - HEADER_ROWS - bool(self._note[0]), 1)

    def action_move(self, by: int) -> None:
        """Move the cursor by so many rows."""
        self._select(self._index + by)

    def action_leaf(self, by: int) -> None:
        """Move the cursor by so many views."""
        self._select(self._index + by * self._view)

    def action_first(self) -> None:
        """Go to the first row."""
        self._select(0)

    def action_last(self) -> None:
        """Go to the last row so far; those that follow it are asked for."""
        self._select(len(self._pages.rows) - 1)

    def action_choose(self) -> None:
        """Choose the selected row."""
        if self._pages.rows:
            self.post_message(self.Chosen(self, self.selected))

    def _select(self, index: int) -> None:
        before, self._index = self._index, max(min(index, len(self._pages.rows) - 1), 0)
        for line in (before, self._index):
            self.refresh_line(line + HEADER_ROWS)
        top, view = self.scroll_offset.y, self._view
        if not top <= self._index < top + view:
            y = self._index if self._index < top else self._index - view + 1
            self.scroll_to(y=y, animate=False)
        self._tell()

    def _tell(self) -> None:
        row = self.selected
        if row is not self._told:
            self._told = row
            self.post_message(self.Moved(self, row))

    def on_click(self, event: Click) -> None:
        """Select the row under the mouse, or choose it if it is selected."""
        index = self.scroll_offset.y + event.y - HEADER_ROWS
        if not 0 < event.y <= self._view or index >= len(self._pages.rows):
            return
        if index == self._index:
            self.action_choose()
        else:
            self._select(index)

    # Drawing.

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for the rows that come into view."""
        super().watch_scroll_y(old_value, new_value)
        self._look_on()

    def on_resize(self) -> None:
        """Ask for the rows that come into view."""
        self._look_on()

    def notify_style_update(self) -> None:
        """Draw with the new colours; see `textual.widget.Widget`."""
        super().notify_style_update()
        self._strips.clear()

    def _measure(self) -> None:
        """Tell the scroll bar how many rows there are."""
        rows = len(self._pages.rows)
        lines = HEADER_ROWS + rows + bool(self._note[0]) if rows else 0
        if self.show_vertical_scrollbar and lines > self.size.height:
            # Nothing but the bar changes; to lay the whole screen out anew takes far longer.
            self.set_reactive(Widget.virtual_size, Size(0, lines))
            self.vertical_scrollbar.window_virtual_size = lines
        else:
            self.virtual_size = Size(0, lines)

    def render_line(self, y: int) -> Strip:
        """Draw a line of the view: the titles, a row, or what there is to say."""
        width, rows, (text, tone) = self.size.width, self._pages.rows, self._note
        if y < HEADER_ROWS:
            return self._strips.titles(width)
        if not rows:
            if not text and self._loaded_at:
                text, tone = self.empty(), "muted"
            return self._strips.said(text, tone, y - HEADER_ROWS - 1, width)
        if y > self._view:
            return self._strips.note(text, tone, width)
        index = self.scroll_offset.y + y - HEADER_ROWS
        if index >= len(rows):
            return self._strips.note("", "", width)
        under = "" if index != self._index else "cursor" if self.has_focus else "resting"
        return self._strips.row(index, partial(self.cells, rows[index]), width, under)

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"list--{part}") if part else self.rich_style
