"""Giving money away: to whoever has a code, in shares, or to one person."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalScroll
from textual.widgets import Button, Input, Select

from terminal_kit.language import N_, _
from terminal_kit.screens.widgets.form_row import FormRow
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.people import GiftRequest
from wallet_api.contract.rules import MOST_GIFT_SHARES
from wallet_cli.screens.acting import Acting
from wallet_cli.screens.acts import Giving
from wallet_cli.screens.check import Check
from wallet_cli.screens.widgets.note_field import NoteField
from wallet_cli.screens.widgets.person_row import PersonRow
from wallet_cli.screens.widgets.spend_field import SpendField

if TYPE_CHECKING:
    from textual.app import ComposeResult

HOUR = 3_600
#: How long a gift waits to be taken, in seconds.
LIVES = (
    (N_("1 hour"), HOUR),
    (N_("24 hours"), 24 * HOUR),
    (N_("3 days"), 3 * 24 * HOUR),
    (N_("7 days"), 7 * 24 * HOUR),
)
USUAL_LIFE = 24 * HOUR


class GiveGift(Acting[str | None]):
    """A form for one gift; gives the id of the gift that was made."""

    TITLE = N_("Give")
    CSS_PATH = "giving.tcss"
    BINDINGS: ClassVar = [Binding("f3", "choose", N_("To one person"), id="choose")]

    def body(self) -> ComposeResult:
        """Give the form."""
        with VerticalScroll(classes="card form", can_focus=False):
            yield FormRow(_("Amount"), SpendField(self.desk.session.profile.currency, id="sum"))
            nobody = _("whoever has the code")
            yield FormRow(_("To"), PersonRow(_("A gift to whom?"), nobody=nobody, id="to"))
            yield FormRow(
                _("Shares"),
                Input("1", restrict=r"[0-9]*", max_length=3, id="count"),
                Select(
                    [(_("all alike"), False), (_("of random size"), True)],
                    value=False,
                    allow_blank=False,
                    id="random",
                ),
            )
            lives = [(_(text), seconds) for text, seconds in LIVES]
            yield FormRow(
                _("Open for"), Select(lives, value=USUAL_LIFE, allow_blank=False, id="life")
            )
            yield FormRow(_("Note"), NoteField(id="note"))
            yield from self.said()
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Check"), variant="primary", id="check", classes="does")
                yield Button(_("Back"), id="leave")

    def on_mount(self) -> None:
        """Begin with the amount."""
        self.query_one("#sum", SpendField).focus()

    def action_choose(self) -> None:
        """Choose one person."""
        self.query_one("#to", PersonRow).choose()

    @on(PersonRow.Chosen)
    def _to_one(self) -> None:
        for name in ("#count", "#random"):
            self.query_one(name).disabled = True
        self.query_one("#count", Input).value = "1"
        self.query_one("#note", NoteField).focus()

    @on(SpendField.Submitted)
    def _to_shares(self) -> None:
        count = self.query_one("#count", Input)
        (self.query_one("#note", NoteField) if count.disabled else count).focus()

    @on(Input.Submitted, "#count")
    def _to_note(self) -> None:
        self.query_one("#note", NoteField).focus()

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.action_back()

    @on(Input.Submitted, "#note")
    @on(Button.Pressed, "#check")
    def _check(self) -> None:
        field = self.query_one("#sum", SpendField)
        if field.amount is None:
            field.complain()
            field.focus()
            return
        count = int(self.query_one("#count", Input).value or 0)
        if not 1 <= count <= MOST_GIFT_SHARES:
            self.say(_("✗ A gift has 1 to {count} shares.").format(count=MOST_GIFT_SHARES))
            return
        payee = self.query_one("#to", PersonRow).payee
        try:
            request = GiftRequest(
                amount=field.amount,
                count=count,
                random=bool(self.query_one("#random", Select).value) and count > 1,
                receiver=None if payee is None else payee.wallet,
                note=self.query_one("#note", NoteField).note,
                expires_in=self._life,
            )
        except WalletError as error:
            self.say(f"✗ {told(error)}")
            return
        self.say("")
        act = Giving(request, "" if payee is None else payee.name)
        self.begin(partial(self._go, act))

    @property
    def _life(self) -> int:
        life = self.query_one("#life", Select).value
        return life if isinstance(life, int) else USUAL_LIFE

    async def _go(self, act: Giving) -> None:
        if await self.app.push_screen_wait(Check(act)):
            self.dismiss(None if act.made is None else act.made.id)
