"""What was sent to people and received from them: the list, and one transfer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding

from terminal_kit.language import N_, _
from terminal_kit.screens.dialogs.confirm import ConfirmDialog
from terminal_kit.screens.marks import marked, tone_of
from terminal_kit.screens.money import shown, signed
from terminal_kit.screens.widgets.columns import Column
from terminal_kit.screens.widgets.paged_list import Cell, PagedList
from wallet_api.contract.people import Transfer, TransferState
from wallet_cli.people import LONGEST_PAGE, People
from wallet_cli.screens.acts import ConfirmingTransfer
from wallet_cli.screens.check import Check
from wallet_cli.screens.outcomes import moment, transfer_outcome
from wallet_cli.screens.record import RecordScreen
from wallet_cli.screens.returning import Returning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from terminal_kit.screens.outcome import Outcome
    from wallet_api.contract.wire import Page


class TransferList(PagedList[Transfer]):
    """Transfers, newest first."""

    COLUMNS = (
        Column(N_("When"), 11),
        Column(N_("Who")),
        Column(N_("Amount"), 16, "right"),
        Column(N_("State"), 16),
        Column(N_("Note"), 24, narrow=False),
    )
    FOLLOWS = ("transfer.*",)
    EMPTY = N_("Nothing was sent or received yet. Send on home (s) begins.")

    def fetch(self, cursor: str | None) -> Page[Transfer]:
        """Ask for a page."""
        return People(self.desk.session).transfers(LONGEST_PAGE, cursor)

    def cells(self, row: Transfer) -> Sequence[Cell]:
        """Give when, who, how much and how it stands."""
        out = row.sender_id == self.desk.session.profile.owner
        amount = f"-{shown(row.amount)}" if out else signed(row.amount)
        return (
            (moment(row.created_at)[5:], "muted"),
            (row.receiver if out else row.sender, "bold"),
            (amount, "" if out else "good"),
            (marked(row.state), tone_of(row.state)),
            (row.note or "", "muted"),
        )

    def key(self, row: Transfer) -> str:
        """Give the id."""
        return row.id


class TransferScreen(RecordScreen[Transfer]):
    """One transfer; what waits or is held can be taken back."""

    TITLE = N_("Transfer")
    FOLLOWS = ("transfer.*",)
    ACTS = (("confirm", N_("Confirm with the PIN")), ("take_back", N_("Take back")))
    BINDINGS: ClassVar = [
        Binding("p", "confirm", N_("Confirm"), id="confirm"),
        Binding("t", "take_back", N_("Take back"), id="take-back"),
    ]

    def find(self) -> Transfer:
        """Look it up."""
        return People(self.desk.session).find(self.record_id)

    def told(self, record: Transfer) -> Outcome:
        """Say how it stands."""
        return transfer_outcome(record, self.desk.session.profile.owner)

    def possible(self, record: Transfer) -> set[str]:
        """Give what its sender may do."""
        if record.sender_id != self.desk.session.profile.owner:
            return set()
        if record.state is TransferState.PIN_REQUIRED:
            return {"confirm", "take_back"}
        return {"take_back"} if record.state is TransferState.HELD else set()

    def action_confirm(self) -> None:
        """Check it and confirm it with the PIN."""
        if self.record is not None:
            self.app.push_screen(Check(ConfirmingTransfer(self.record)))

    def action_take_back(self) -> None:
        """Ask, and take it back."""
        self.begin(self._take_back)

    async def _take_back(self) -> None:
        record = self.record
        if record is None:
            return
        question = _("Take back {amount} to {name}?")
        question = question.format(amount=shown(record.amount), name=record.receiver)
        if not await self.app.push_screen_wait(ConfirmDialog(question, _("Take back"))):
            return
        await self.attempt(partial(People(self.desk.session).cancel, record))
        self.reload()


class Transfers(Returning[None]):
    """All transfers."""

    TITLE = N_("Sent and received")
    RESPEAKS = True

    def body(self) -> ComposeResult:
        """Give the list."""
        yield TransferList(id="transfers")

    @on(PagedList.Chosen)
    def _open(self, event: PagedList.Chosen) -> None:
        self.app.push_screen(TransferScreen(event.row.id))
