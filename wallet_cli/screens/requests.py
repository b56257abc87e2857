"""Requests for money: those made and got, one of them, and asking somebody."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalScroll
from textual.widgets import Button, Input

from terminal_kit.language import N_, _
from terminal_kit.screens.dialogs.confirm import ConfirmDialog
from terminal_kit.screens.marks import marked, tone_of
from terminal_kit.screens.money import shown
from terminal_kit.screens.widgets.amount_field import AmountField
from terminal_kit.screens.widgets.columns import Column
from terminal_kit.screens.widgets.form_row import FormRow
from terminal_kit.screens.widgets.paged_list import Cell, PagedList
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.people import MoneyRequest, RequestState, TransferState
from wallet_cli.requests import LONGEST_PAGE
from wallet_cli.requests import Requests as Behaviour
from wallet_cli.screens.acting import Acting
from wallet_cli.screens.acts import PayingRequest
from wallet_cli.screens.check import Check
from wallet_cli.screens.outcomes import moment, request_outcome
from wallet_cli.screens.record import RecordScreen
from wallet_cli.screens.returning import Returning
from wallet_cli.screens.transfers import TransferScreen
from wallet_cli.screens.widgets.note_field import NoteField
from wallet_cli.screens.widgets.person_row import PersonRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from terminal_kit.screens.outcome import Outcome
    from wallet_api.contract.wire import Page


class RequestList(PagedList[MoneyRequest]):
    """Requests made and got, newest first."""

    COLUMNS = (
        Column(N_("When"), 11),
        Column(N_("Who")),
        Column(N_("What"), 9),
        Column(N_("Amount"), 16, "right"),
        Column(N_("State"), 14),
        Column(N_("Note"), 24, narrow=False),
    )
    FOLLOWS = ("request.*",)
    EMPTY = N_("No requests yet. Press n to ask somebody for money.")

    def fetch(self, cursor: str | None) -> Page[MoneyRequest]:
        """Ask for a page."""
        return Behaviour(self.desk.session).page(LONGEST_PAGE, cursor)

    def cells(self, row: MoneyRequest) -> Sequence[Cell]:
        """Give when, who, which way, how much and how it stands."""
        mine = row.requester_id == self.desk.session.profile.owner
        waits = row.state is RequestState.OPEN and not mine
        return (
            (moment(row.created_at)[5:], "muted"),
            (row.payer if mine else row.requester, "bold"),
            (_("you asked") if mine else _("asks you"), "warn" if waits else "muted"),
            (shown(row.amount), ""),
            (marked(row.state), tone_of(row.state)),
            (row.note or "", "muted"),
        )

    def key(self, row: MoneyRequest) -> str:
        """Give the id."""
        return row.id


class Requests(Returning[None]):
    """The list; a new request and each of them are screens of their own."""

    TITLE = N_("Requests")
    RESPEAKS = True
    BINDINGS: ClassVar = [Binding("n", "ask_somebody", N_("Ask somebody"), id="ask")]

    def body(self) -> ComposeResult:
        """Give the list."""
        yield RequestList(id="requests")

    def action_ask_somebody(self) -> None:
        """Ask somebody for money."""
        self.app.push_screen(AskSomebody())

    @on(PagedList.Chosen)
    def _open(self, event: PagedList.Chosen) -> None:
        self.app.push_screen(RequestScreen(event.row.id))


class RequestScreen(RecordScreen[MoneyRequest]):
    """One request: what was asked of one can be paid or declined, one's own taken back."""

    TITLE = N_("Request")
    FOLLOWS = ("request.*",)
    ACTS = (("pay", N_("Pay")), ("decline", N_("Decline")), ("take_back", N_("Take back")))
    BINDINGS: ClassVar = [
        Binding("p", "pay", N_("Pay"), id="pay"),
        Binding("d", "decline", N_("Decline"), id="decline"),
        Binding("t", "take_back", N_("Take back"), id="take-back"),
    ]

    def find(self) -> MoneyRequest:
        """Look it up."""
        return Behaviour(self.desk.session).find(self.record_id)

    def told(self, record: MoneyRequest) -> Outcome:
        """Say how it stands."""
        return request_outcome(record, self.desk.session.profile.owner)

    def possible(self, record: MoneyRequest) -> set[str]:
        """Give what may be done while it is open."""
        if record.state is not RequestState.OPEN:
            return set()
        mine = record.requester_id == self.desk.session.profile.owner
        return {"take_back"} if mine else {"pay", "decline"}

    def action_pay(self) -> None:
        """Check it and pay it."""
        if self.record is not None:
            self.begin(partial(self._pay, self.record))

    async def _pay(self, request: MoneyRequest) -> None:
        act = PayingRequest(request)
        await self.app.push_screen_wait(Check(act))
        if act.made is not None and act.made.state is TransferState.HELD:
            await self.app.push_screen(TransferScreen(act.made.id))

    def action_decline(self) -> None:
        """Ask, and refuse to pay."""
        self._end(Behaviour.decline, _("Decline to pay {amount}?"), _("Decline"))

    def action_take_back(self) -> None:
        """Ask, and take the request back."""
        self._end(Behaviour.cancel, _("Take back the request for {amount}?"), _("Take back"))

    def _end(
        self, end: Callable[[Behaviour, MoneyRequest], MoneyRequest], question: str, verb: str
    ) -> None:
        record = self.record
        if record is not None:
            asked = question.format(amount=shown(record.amount))
            act = partial(end, Behaviour(self.desk.session), record)
            self.begin(partial(self._finish, act, asked, verb))

    async def _finish(self, act: Callable[[], MoneyRequest], question: str, verb: str) -> None:
        if await self.app.push_screen_wait(ConfirmDialog(question, verb)):
            await self.attempt(act)
            self.reload()


class AskSomebody(Acting[None]):
    """A form for one request."""

    TITLE = N_("Ask somebody for money")
    BINDINGS: ClassVar = [Binding("f3", "choose", N_("Whom"), id="choose")]

    def body(self) -> ComposeResult:
        """Give the form."""
        with VerticalScroll(classes="card form", can_focus=False):
            yield FormRow(_("Of"), PersonRow(_("Ask whom for money?"), id="of"))
            currency = self.desk.session.profile.currency
            yield FormRow(_("Amount"), AmountField(currency, id="sum"))
            yield FormRow(_("Note"), NoteField(id="note"))
            yield from self.said()
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Ask"), variant="primary", id="ask", classes="does")
                yield Button(_("Back"), id="leave")

    def on_mount(self) -> None:
        """Begin with whom."""
        self.action_choose()

    def action_choose(self) -> None:
        """Choose whom."""
        self.query_one("#of", PersonRow).choose()

    @on(PersonRow.Chosen)
    def _to_amount(self) -> None:
        self.query_one("#sum", AmountField).focus()

    @on(AmountField.Submitted)
    def _to_note(self) -> None:
        self.query_one("#note", NoteField).focus()

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.action_back()

    @on(Input.Submitted, "#note")
    @on(Button.Pressed, "#ask")
    def _ask(self) -> None:
        payee, field = self.query_one("#of", PersonRow).payee, self.query_one("#sum", AmountField)
        if payee is None:
            self.say(_("✗ Choose whom first: F3."))
            return
        if field.amount is None:
            field.complain()
            field.focus()
            return
        try:
            note = self.query_one("#note", NoteField).note
        except WalletError as error:
            self.say(f"✗ {told(error)}")
            return
        requests = Behaviour(self.desk.session)
        act = partial(requests.ask, payee.wallet, field.amount, note)
        self.begin(partial(self._go, act))

    async def _go(self, act: Callable[[], MoneyRequest]) -> None:
        request = await self.attempt(act)
        if request is not None:
            self.app.switch_screen(RequestScreen(request.id))
