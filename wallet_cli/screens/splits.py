"""Bills that were split: the list, and one with who has paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from terminal_kit.language import N_, _
from terminal_kit.screens.money import shown
from terminal_kit.screens.widgets.columns import Column
from terminal_kit.screens.widgets.paged_list import Cell, PagedList
from wallet_api.contract.people import Split, SplitShares
from wallet_cli.requests import LONGEST_PAGE, Requests
from wallet_cli.screens.outcomes import moment, split_outcome
from wallet_cli.screens.record import RecordScreen
from wallet_cli.screens.returning import Returning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from terminal_kit.screens.outcome import Outcome
    from wallet_api.contract.wire import Page


class SplitList(PagedList[Split]):
    """Bills, newest first."""

    COLUMNS = (
        Column(N_("When"), 11),
        Column(N_("Note")),
        Column(N_("Bill"), 16, "right"),
        Column(N_("Received"), 16, "right"),
        Column(N_("Paid"), 10),
    )
    FOLLOWS = ("request.*",)
    EMPTY = N_("No bill was split yet. Esc leads back to the form.")

    def fetch(self, cursor: str | None) -> Page[Split]:
        """Ask for a page."""
        return Requests(self.desk.session).splits(LONGEST_PAGE, cursor)

    def cells(self, row: Split) -> Sequence[Cell]:
        """Give when, what for, how much, and how many have paid."""
        all_paid = row.paid == row.people
        paid = _("{mark} {paid} of {people}").format(
            mark="✓" if all_paid else "◌", paid=row.paid, people=row.people
        )
        return (
            (moment(row.created_at)[5:], "muted"),
            (row.note or "", "bold"),
            (shown(row.amount), ""),
            (shown(row.received), "muted"),
            (paid, "good" if all_paid else "warn"),
        )

    def key(self, row: Split) -> str:
        """Give the id."""
        return row.id


class Splits(Returning[None]):
    """All bills."""

    TITLE = N_("Split bills")
    RESPEAKS = True

    def body(self) -> ComposeResult:
        """Give the list."""
        yield SplitList(id="splits")

    @on(PagedList.Chosen)
    def _open(self, event: PagedList.Chosen) -> None:
        self.app.push_screen(SplitRecord(event.row.id))


class SplitRecord(RecordScreen[SplitShares]):
    """One bill with who has paid, as they pay."""

    TITLE = N_("Split bill")
    FOLLOWS = ("request.*",)

    def find(self) -> SplitShares:
        """Look it up."""
        return Requests(self.desk.session).split_shares(self.record_id)

    def told(self, record: SplitShares) -> Outcome:
        """Say how it stands."""
        return split_outcome(record)
