"""Receiving money: a code with an amount and a note, or without, and "paid" the moment it is."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.widgets import Button, ContentSwitcher, Digits, Input, Static

from terminal_kit.language import N_, _
from terminal_kit.screens.dialogs.save import saving_code
from terminal_kit.screens.followed import stands
from terminal_kit.screens.link import Line
from terminal_kit.screens.money import figure, symbol
from terminal_kit.screens.widgets.amount_field import AmountField
from terminal_kit.screens.widgets.form_row import FormRow
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.text import printable
from wallet_cli.people import People
from wallet_cli.screens.acting import Acting
from wallet_cli.screens.widgets.code_pane import CodePane
from wallet_cli.screens.widgets.note_field import NoteField
from wallet_cli.screens.widgets.received import Received, count_text

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from payment_codes.amount import Amount
    from terminal_kit.screens.link import Link
    from wallet_api.contract.events import Event
    from wallet_api.contract.people import PersonalCode, Transfer

FILE_NAME = "receive.png"
#: So much of a code's text is shown, from its start and its end.
HEAD, TAIL = 14, 8
FORM, CODE, PAID = "form", "code", "paid"


class Receive(Acting[None]):
    """A small form, then the code, then who paid; one of the three at a time."""

    TITLE = N_("Receive")
    CSS_PATH = "receive.tcss"
    BARE = True
    #: A field that is not seen must not take the keys of the code.
    AUTO_FOCUS = ""
    BINDINGS: ClassVar = [
        Binding("c", "copy", N_("Copy"), id="copy"),
        Binding("s", "save", N_("Save"), id="save"),
        Binding("n", "new", N_("New code"), id="new"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._code: PersonalCode | None = None
        #: When it was shown: by the service's clock, and by this machine's for counting up.
        self._since = 0
        self._begun = 0.0
        self._heard: set[str] = set()
        self._received: list[Transfer] = []

    def body(self) -> ComposeResult:
        """Give the three."""
        with ContentSwitcher(initial=FORM):
            with VerticalGroup(id=FORM, classes="card"):
                yield Static(_("How much, and for what?"), classes="card-title", markup=False)
                currency = self.desk.session.profile.currency
                amount = AmountField(
                    currency, optional=True, placeholder=_("The payer types it"), id="sum"
                )
                yield FormRow(_("Amount"), amount)
                yield FormRow(_("Note"), NoteField(id="note"))
                yield from self.said()
                with HorizontalGroup(classes="buttons"):
                    yield Button(_("Show the code"), variant="primary", id="show", classes="does")
                    yield Button(_("Back"), id="leave")
            yield CodePane(
                Static(_("Let them scan this to pay you"), classes="card-title", markup=False),
                HorizontalGroup(
                    Static(id="currency", markup=False), Digits(id="amount"), id="figure"
                ),
                Static(id="about", markup=False),
                Static(id="shown", classes="muted", markup=False),
                Static(id="count", markup=False),
                Static(id="away", classes="warn", markup=False),
                Static(id="text", classes="muted", markup=False),
                id=CODE,
            )
            yield Received(id=PAID)

    def on_mount(self) -> None:
        """Begin with the amount, and follow the line."""
        self.query_one("#sum", AmountField).focus()
        self.watch(self.app, "link", self._show_link, init=False)
        self.set_interval(1.0, self._tell_time)

    @property
    def _seen(self) -> str | None:
        switchers = self.query(ContentSwitcher)
        return switchers.first().current if switchers else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what there is something to do with."""
        if action in {"copy", "save", "new"}:
            return self._seen == CODE
        return super().check_action(action, parameters)

    @on(AmountField.Submitted)
    def _to_note(self) -> None:
        self.query_one("#note", NoteField).focus()

    @on(Input.Submitted, "#note")
    @on(Button.Pressed, "#show")
    def _begin(self) -> None:
        field = self.query_one("#sum", AmountField)
        if not field.is_ready:
            field.complain()
            field.focus()
            return
        try:
            note = self.query_one("#note", NoteField).note
        except WalletError as error:
            self.say(f"✗ {told(error)}")
            return
        self.begin(partial(self._make, field.amount, note))

    async def _make(self, amount: Amount | None, note: str | None) -> None:
        people = People(self.desk.session)
        code = await self.attempt(partial(people.receive, amount, note))
        if code is None:
            return
        self._code, self._received, self._heard = code, [], set()
        self._since, self._begun = self.desk.business_ms(), time.monotonic()
        self._turn_to(CODE)
        self._fill(code)

    def _fill(self, code: PersonalCode) -> None:
        self.query_one(CodePane).show(code.payload)
        figured = code.amount is not None
        self.query_one("#figure").display = figured
        if code.amount is not None:
            self.query_one("#currency", Static).update(symbol(code.amount.currency))
            self.query_one("#amount", Digits).update(figure(code.amount))
        about = [] if figured else [_("The payer types the amount")]
        about += [] if code.note is None else [printable(code.note)]
        self.query_one("#about", Static).update("\n".join(about))
        short = f"{code.payload[:HEAD]}…{code.payload[-TAIL:]}"
        said = _("{text}\nc copies all of it, s saves a picture").format(text=short)
        self.query_one("#text", Static).update(said)
        self._tell_time()
        self._tell_count()
        self._show_link(self.kit.link)

    def _turn_to(self, part: str) -> None:
        self.query_one(ContentSwitcher).current = part
        if part == PAID:
            self.query_one("#go-on", Button).focus()
        elif part == FORM:
            self.query_one("#sum", AmountField).focus()
        else:
            self.set_focus(None)
        self.refresh_bindings()

    def _tell_time(self) -> None:
        if self._seen == CODE:
            seconds = int(time.monotonic() - self._begun)
            said = _("shown for {time}; it stays valid")
            written = f"{seconds // 60}:{seconds % 60:02d}"
            self.query_one("#shown", Static).update(said.format(time=written))

    def _tell_count(self) -> None:
        received = self._received
        waiting = _("◌ Waiting for the first payment")
        self.query_one("#count", Static).update(
            f"✓ {count_text(received)}" if received else waiting
        )

    def _show_link(self, link: Link) -> None:
        away = _("▲ Offline: it can be paid; you see it here when the line is back.")
        self.query_one("#away", Static).update("" if link.line is not Line.OFFLINE else away)

    def hear(self, event: Event | None) -> None:
        """See whether somebody paid."""
        super().hear(event)
        if self._code is None:
            return
        if event is None:
            self._look()
        elif event.kind == "transfer.succeeded" and self._is_mine(event):
            self._heard.add(str(event.data["transfer"]))
            self._look()

    def _is_mine(self, event: Event) -> bool:
        return bool(event.data["receiver"] == self.desk.session.profile.owner)

    @work(group="received", exclusive=True)
    async def _look(self) -> None:
        code, people = self._code, People(self.desk.session)
        assert code is not None, "a code is shown"
        look = partial(people.received, self._since, code.amount, frozenset(self._heard))
        try:
            received = await self.ask(look)
        except WalletError:
            # It is looked for again once the line is back.
            return
        if stands(self) and code is self._code and len(received) > len(self._received):
            self._received = received
            self.query_one(Received).show(received)
            self._tell_count()
            self._turn_to(PAID)
            self.app.bell()

    @on(Button.Pressed, "#go-on")
    def _go_on(self) -> None:
        self._turn_to(CODE)

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.action_back()

    def action_new(self) -> None:
        """Make a code of other terms."""
        self.query_one("#sum", AmountField).value = self.query_one("#note", NoteField).value = ""
        self._turn_to(FORM)

    def action_copy(self) -> None:
        """Copy the code's text to the terminal's clipboard."""
        if self._code is not None:
            self.app.copy_to_clipboard(self._code.payload)
            self.notify(_("Copied."))

    def action_save(self) -> None:
        """Save the code as a picture."""
        if self._code is not None:
            self.app.push_screen(saving_code(self._code.payload, FILE_NAME))
