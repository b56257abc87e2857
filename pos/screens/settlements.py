"""What the bank pays out to the merchant, day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on

from pos.screens.settlement_details import SettlementDetails, state_cell
from pos.settlements import Settlements as Payouts
from terminal_kit.console import local_time
from terminal_kit.language import N_
from terminal_kit.screens.money import shown
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.widgets.paged_list import Cell, Column, PagedList
from wallet_api.contract.banking import Settlement
from wallet_api.contract.ids import short_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from wallet_api.contract.wire import Page

PAGE = 100


class SettlementList(PagedList[Settlement]):
    """The settlements, newest first."""

    COLUMNS = (
        Column(N_("Up to"), 16),
        Column(N_("Amount"), 18, "right"),
        Column(N_("State")),
        Column(N_("Number"), 8),
    )
    FOLLOWS = ("settlement.*",)
    EMPTY = N_("Nothing was paid out yet; it happens after each business day.")

    def fetch(self, cursor: str | None) -> Page[Settlement]:
        """Ask for a page."""
        return Payouts(self.desk.session).page(PAGE, cursor)

    def cells(self, row: Settlement) -> Sequence[Cell]:
        """Give a settlement's row."""
        number = (short_code(row.id), "muted")
        return (
            (local_time(row.cut_off)[:16], ""),
            (shown(row.amount), "bold"),
            state_cell(row),
            number,
        )

    def key(self, row: Settlement) -> str:
        """Give the settlement's id."""
        return row.id


class Settlements(KitScreen[None]):
    """The list of settlements."""

    TITLE = N_("Settlements")
    BINDINGS: ClassVar = []

    def body(self) -> ComposeResult:
        """Give the list."""
        yield SettlementList(id="settlements")

    @on(PagedList.Chosen)
    def _open(self, event: PagedList.Chosen) -> None:
        self.app.push_screen(SettlementDetails(event.row.id))
