"""Splitting a bill: the people, each one's share as it will be, and who has paid since."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalScroll
from textual.widgets import Button, Input

from terminal_kit.language import N_, _
from terminal_kit.screens.widgets.amount_field import AmountField
from terminal_kit.screens.widgets.form_row import FormRow
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.rules import MOST_SPLIT_PEOPLE
from wallet_cli.requests import Requests
from wallet_cli.screens.acting import Acting
from wallet_cli.screens.dialogs.person import ChoosePerson
from wallet_cli.screens.splits import SplitRecord, Splits
from wallet_cli.screens.widgets.note_field import NoteField
from wallet_cli.screens.widgets.shares import Shares

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from wallet_api.contract.people import Payee, SplitShares


class SplitScreen(Acting[None]):
    """A form for one bill."""

    TITLE = N_("Split a bill")
    CSS_PATH = "split.tcss"
    BINDINGS: ClassVar = [
        Binding("f3", "add", N_("Add a person"), id="add"),
        Binding("f4", "list", N_("Split before"), id="list"),
    ]

    def body(self) -> ComposeResult:
        """Give the form."""
        with VerticalScroll(classes="card form", can_focus=False):
            currency = self.desk.session.profile.currency
            yield FormRow(_("The bill"), AmountField(currency, id="sum"))
            yield FormRow(_("Note"), NoteField(id="note"))
            yield Shares(id="shares")
            yield from self.said()
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Ask them"), variant="primary", id="ask", classes="does")
                yield Button(_("Add… F3"), id="add")
                yield Button(_("Split before F4"), id="before")
                yield Button(_("Back"), id="leave")

    def on_mount(self) -> None:
        """Begin with the amount."""
        self.query_one("#sum", AmountField).focus()

    @on(AmountField.Changed)
    def _amount_changed(self, event: AmountField.Changed) -> None:
        self.query_one(Shares).share_out(event.amount)

    @on(AmountField.Submitted)
    def _to_note(self) -> None:
        self.query_one("#note", NoteField).focus()

    @on(Input.Submitted, "#note")
    @on(Button.Pressed, "#add")
    def action_add(self) -> None:
        """Add a person."""
        if len(self.query_one(Shares).people) >= MOST_SPLIT_PEOPLE:
            most = _("✗ A bill is split with {count} people at most.")
            self.say(most.format(count=MOST_SPLIT_PEOPLE))
            return
        self.app.push_screen(ChoosePerson(_("Who else has a share?")), self._added)

    def _added(self, payee: Payee | None) -> None:
        if payee is None:
            return
        self.say("")
        shares, own = self.query_one(Shares), self.desk.session.profile.owner
        if payee.wallet == own:
            self.say(_("You have a share already."), "muted")
        elif any(one.wallet == payee.wallet for one in shares.people):
            self.say(_("{name} has a share already.").format(name=payee.name), "muted")
        else:
            shares.add(payee)
            self.query_one("#ask", Button).focus()

    @on(Button.Pressed, "#before")
    def action_list(self) -> None:
        """Show the bills that were split."""
        self.app.push_screen(Splits())

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.action_back()

    @on(Button.Pressed, "#ask")
    def _ask(self) -> None:
        field, shares = self.query_one("#sum", AmountField), self.query_one(Shares)
        if field.amount is None:
            field.complain()
            field.focus()
            return
        if not shares.people:
            self.say(_("✗ Add at least one person: F3."))
            return
        try:
            note = self.query_one("#note", NoteField).note
        except WalletError as error:
            self.say(f"✗ {told(error)}")
            return
        people = [one.wallet for one in shares.people]
        requests = Requests(self.desk.session)
        act = partial(requests.split, field.amount, people, shares.weights, note)
        self.begin(partial(self._go, act))

    async def _go(self, act: Callable[[], SplitShares]) -> None:
        split = await self.attempt(act)
        if split is not None:
            self.app.switch_screen(SplitRecord(split.id))
