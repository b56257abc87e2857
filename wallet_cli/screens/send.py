"""Sending money to a person: to whom, how much, a note; then it is checked and confirmed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, HorizontalGroup, VerticalScroll
from textual.widgets import Button, Input

from payment_codes.amount import decimal_text
from terminal_kit.language import N_, _
from terminal_kit.screens.widgets.form_row import FormRow
from terminal_kit.screens.widgets.paged_list import PagedList
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.people import TransferState
from wallet_cli.people import People
from wallet_cli.screens.acting import Acting
from wallet_cli.screens.acts import Sending
from wallet_cli.screens.check import Check
from wallet_cli.screens.transfers import TransferList, Transfers, TransferScreen
from wallet_cli.screens.widgets.note_field import NoteField
from wallet_cli.screens.widgets.person_row import PersonRow
from wallet_cli.screens.widgets.spend_field import SpendField

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from wallet_api.contract.people import Payee


class Send(Acting[None]):
    """A form for one transfer; beside it, on a wide terminal, what was sent and received before.

    ``to`` is a wallet's id or a personal code; where the code states an amount, just that is sent.
    """

    TITLE = N_("Send")
    CSS_PATH = "send.tcss"
    BINDINGS: ClassVar = [
        Binding("f3", "choose", N_("To whom"), id="choose"),
        Binding("f4", "list", N_("Sent before"), id="list"),
    ]

    def __init__(self, to: str = "") -> None:
        super().__init__()
        self._to = to

    def body(self) -> ComposeResult:
        """Give the form and the list."""
        with Horizontal(classes="panes"):
            with VerticalScroll(classes="card form", can_focus=False):
                yield FormRow(_("To"), PersonRow(_("Send money to whom?"), id="to"))
                yield FormRow(_("Amount"), SpendField(self.desk.session.profile.currency, id="sum"))
                yield FormRow(_("Note"), NoteField(id="note"))
                yield from self.said()
                with HorizontalGroup(classes="buttons"):
                    yield Button(_("Check"), variant="primary", id="check", classes="does")
                    yield Button(_("Sent before F4"), id="before")
                    yield Button(_("Back"), id="leave")
            yield TransferList(id="transfers", classes="wide-only")

    def on_mount(self) -> None:
        """Begin with whom, or with how much where that is known."""
        if self._to:
            self.begin(self._find)
        else:
            self.action_choose()

    async def _find(self) -> None:
        payee = await self.attempt(partial(People(self.desk.session).payee, self._to))
        if payee is not None:
            self.query_one("#to", PersonRow).show(payee)
            self._fill(payee)

    def action_choose(self) -> None:
        """Choose to whom."""
        self.query_one("#to", PersonRow).choose()

    @on(PersonRow.Chosen)
    def _chosen(self, event: PersonRow.Chosen) -> None:
        self._fill(event.payee)

    def _fill(self, payee: Payee) -> None:
        """Take over what a code asks for."""
        field = self.query_one("#sum", SpendField)
        field.disabled = payee.amount is not None
        if payee.amount is not None:
            field.value = decimal_text(payee.amount)
        if payee.note is not None:
            self.query_one("#note", NoteField).value = payee.note
        self.query_one("#check", Button).focus() if field.disabled else field.focus()

    @on(Button.Pressed, "#before")
    def action_list(self) -> None:
        """Show what was sent and received."""
        self.app.push_screen(Transfers())

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.action_back()

    @on(SpendField.Submitted)
    def _to_note(self) -> None:
        self.query_one("#note", NoteField).focus()

    @on(Input.Submitted, "#note")
    @on(Button.Pressed, "#check")
    def _check(self) -> None:
        payee, field = self.query_one("#to", PersonRow).payee, self.query_one("#sum", SpendField)
        if payee is None:
            self.say(_("✗ Choose to whom first: F3."))
            return
        if field.amount is None:
            field.complain()
            field.focus()
            return
        try:
            act = Sending(payee, field.amount, self.query_one("#note", NoteField).note)
        except WalletError as error:
            self.say(f"✗ {told(error)}")
            return
        self.say("")
        self.begin(partial(self._go, act))

    async def _go(self, act: Sending) -> None:
        seen: bool | None = await self.app.push_screen_wait(Check(act))
        if not seen:
            return
        transfer = act.made
        if transfer is not None and transfer.state is TransferState.HELD:
            self.app.switch_screen(TransferScreen(transfer.id))
        else:
            self.dismiss(None)

    @on(PagedList.Chosen)
    def _open(self, event: PagedList.Chosen) -> None:
        self.app.push_screen(TransferScreen(event.row.id))
