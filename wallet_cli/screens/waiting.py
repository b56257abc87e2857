"""Waiting: everything that waits for my PIN or my answer, and both."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding

from terminal_kit.language import N_, _
from terminal_kit.screens.dialogs.confirm import ConfirmDialog
from terminal_kit.screens.money import shown
from terminal_kit.screens.outcome import OutcomeScreen, refused
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.widgets.paged_list import PagedList
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.wire import Page
from wallet_cli.gifts import Gifts
from wallet_cli.screens import waiting_rows
from wallet_cli.screens.check import Check
from wallet_cli.screens.outcomes import claim_outcome
from wallet_cli.waiting import Waiting as Item
from wallet_cli.waiting import WaitingRoom

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from terminal_kit.screens.outcome import Outcome
    from terminal_kit.screens.widgets.columns import Cell


class WaitingList(PagedList[Item]):
    """What waits, the most urgent on top."""

    COLUMNS = waiting_rows.COLUMNS
    FOLLOWS = waiting_rows.FOLLOWS
    EMPTY = N_("✓ Nothing waits for you.")

    def fetch(self, cursor: str | None) -> Page[Item]:
        """Ask for all of it."""
        del cursor
        return Page(items=WaitingRoom(self.desk.session).items())

    def cells(self, row: Item) -> Sequence[Cell]:
        """Give a row."""
        return waiting_rows.cells(row)

    def key(self, row: Item) -> str:
        """Give what waits by its id."""
        return row.id


class Waiting(KitScreen[None]):
    """The list; Enter goes on with what is chosen."""

    TITLE = N_("Waiting")
    RESPEAKS = True
    BINDINGS: ClassVar = [Binding("d", "decline", N_("Decline"), id="decline")]

    def body(self) -> ComposeResult:
        """Give the list."""
        yield WaitingList(id="waiting")

    @property
    def _list(self) -> WaitingList:
        return self.query_one(WaitingList)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to decline what can be declined."""
        if action == "decline":
            selected = self._list.selected if self.query(WaitingList) else None
            return True if selected is not None and selected.can_be_declined else None
        return super().check_action(action, parameters)

    @on(PagedList.Moved)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(PagedList.Chosen)
    def _chosen(self, event: PagedList.Chosen) -> None:
        item: Item = event.row
        if item.kind == "device":
            self.kit.go("devices")
        elif item.kind == "present":
            self.run_worker(self._take(item), group="act", exclusive=True)
        elif (act := waiting_rows.act_of(item.record)) is not None:
            self.app.push_screen(Check(act), self._look_again)

    def action_decline(self) -> None:
        """Refuse what is chosen, or give it up."""
        item = self._list.selected
        if item is not None and item.can_be_declined:
            self.run_worker(self._decline(item), group="act", exclusive=True)

    async def _take(self, item: Item) -> None:
        """Take a gift."""
        question = _("Take {amount} from {name}?")
        amount = "" if item.amount is None else shown(item.amount)
        question = question.format(amount=amount, name=item.party)
        if await self.app.push_screen_wait(ConfirmDialog(question, _("Take it"))):
            gifts = Gifts(self.desk.session)
            await self._do(lambda: claim_outcome(gifts.claim(item.id)))

    async def _decline(self, item: Item) -> None:
        question = _("Decline {amount} to {name}?")
        amount = "" if item.amount is None else shown(item.amount)
        question = question.format(amount=amount, name=item.party)
        if await self.app.push_screen_wait(ConfirmDialog(question, _("Decline"))):
            session = self.desk.session
            room, own = WaitingRoom(session), session.profile.owner
            await self._do(lambda: waiting_rows.outcome_of(room.decline(item), own))

    async def _do(self, act: Callable[[], Outcome]) -> None:
        """Act, and say what came of it."""
        try:
            async with self.busy("waiting"):
                outcome = await self.ask(act)
        except WalletError as error:
            outcome = refused(error)
        await self.app.push_screen_wait(OutcomeScreen(outcome))
        self._look_again()

    def _look_again(self, _done: bool | None = None) -> None:
        self._list.reload()
