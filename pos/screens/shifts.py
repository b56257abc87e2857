"""The shifts of this till, and their reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on

from pos.screens.report import ReportScreen
from pos.shop import ShopDay
from terminal_kit.console import local_time
from terminal_kit.language import N_, _
from terminal_kit.screens.money import shown
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.widgets.paged_list import Cell, Column, PagedList
from wallet_api.contract.shop import Shift

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from wallet_api.contract.wire import Page

PAGE = 100


class ShiftList(PagedList[Shift]):
    """The shifts, newest first."""

    COLUMNS = (
        Column(N_("Shift"), 8, "right"),
        Column(N_("Opened"), 16),
        Column(N_("Closed"), 16),
        Column(N_("Float"), 16, "right"),
        Column(N_("State")),
    )
    FOLLOWS = ("shift.*",)
    EMPTY = N_("No shift yet. Press Esc, then o, to open one.")

    def fetch(self, cursor: str | None) -> Page[Shift]:
        """Ask for a page."""
        return ShopDay(self.desk.session).page(PAGE, cursor)

    def cells(self, row: Shift) -> Sequence[Cell]:
        """Give a shift's row."""
        closed = local_time(row.closed_at)[:16] if row.closed_at else ""
        state = ("◌ " + _("open"), "warn") if row.state == "open" else ("✓ " + _("closed"), "good")
        return (
            (str(row.number), "bold"),
            (local_time(row.opened_at)[:16], ""),
            (closed, ""),
            (shown(row.cash_float) if row.cash_float.minor else "", "muted"),
            state,
        )

    def key(self, row: Shift) -> str:
        """Give the shift's id."""
        return row.id


class Shifts(KitScreen[None]):
    """Choose a shift to see its report."""

    TITLE = N_("Shifts")
    BINDINGS: ClassVar = []

    def body(self) -> ComposeResult:
        """Give the list."""
        yield ShiftList(id="shifts")

    @on(PagedList.Chosen)
    def _open(self, event: PagedList.Chosen) -> None:
        self.app.push_screen(ReportScreen(event.row.id))
