"""Charges that need the PIN: asked for wherever one is, as soon as a till makes them."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.screen import ModalScreen
from textual.widgets import Button, Digits, Input, Static

from terminal_kit.language import N_, _
from terminal_kit.screens.dialogs.pin import PinDialog
from terminal_kit.screens.followed import tell
from terminal_kit.screens.money import figure, symbol
from terminal_kit.screens.outcome import Outcome, OutcomeScreen, refused
from terminal_kit.screens.widgets.countdown import Countdown
from terminal_kit.screens.widgets.doing import DoingLine
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import OutcomeUnknown, PinWrong
from wallet_api.contract.events import matches
from wallet_api.contract.instants import instant_ms
from wallet_api.contract.pins import PIN_DIGITS
from wallet_cli.screens.check import DOUBLE_SECONDS, is_acting
from wallet_cli.screens.paying import balance_left, payment_outcome
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from terminal_kit.asking import Doing
    from terminal_kit.screens.desk import Desk
    from wallet_api.contract.events import Event
    from wallet_api.contract.wire import Payment
    from wallet_cli.screens.app import WalletApp

#: Seconds after a key in a field within which nothing takes the field away.
TYPING_SECONDS = 1.0
#: Seconds until it is looked again whether the person is free.
AGAIN_SECONDS = 0.25


class PinPopUp(ModalScreen[Outcome | None]):
    """Asks for the PIN of the first of some payments.

    Gives its outcome, or None when it is put off or none is left that waits.
    """

    CSS_PATH = "pin_popup.tcss"
    BINDINGS: ClassVar = [Binding("escape", "put_off", N_("Later"), id="later")]

    def __init__(self, waiting: Sequence[Payment]) -> None:
        super().__init__()
        self._waiting = list(waiting)
        self._shown = ""
        self._is_acting = False

    @property
    def _desk(self) -> Desk:
        desk = cast("WalletApp", self.app).desk
        assert desk is not None, "a profile is open"
        return desk

    def compose(self) -> ComposeResult:
        """Give the terms, the field and the answers."""
        with VerticalGroup(classes="dialog"):
            yield Static(id="title", classes="card-title", markup=False)
            yield Static(id="to", markup=False)
            yield Static(id="note", classes="muted", markup=False)
            with HorizontalGroup(id="figure"):
                yield Static(id="currency", markup=False)
                yield Digits(id="amount")
            yield Countdown(self._desk.business_ms, id="life")
            yield Input(
                password=True,
                placeholder=_("PIN, six digits"),
                restrict=r"[0-9]*",
                max_length=PIN_DIGITS,
                id="pin",
            )
            yield DoingLine(id="doing")
            yield Static(id="said", classes="bad", markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Confirm"), variant="primary", id="confirm", disabled=True)
                yield Button(_("Decline"), variant="error", id="decline")
                yield Button(_("Later"), id="later")

    def on_mount(self) -> None:
        """Show the first, audibly."""
        self.app.bell()
        self._fill()

    def queue(self, waiting: Sequence[Payment]) -> None:
        """Take over what waits now: what was decided elsewhere, or is over, goes away."""
        self._waiting = list(waiting)
        if not self._is_acting:
            if self._waiting:
                self._fill()
            else:
                self.dismiss(None)

    def _fill(self) -> None:
        payment, count = self._waiting[0], len(self._waiting)
        title = _("A till asks for your PIN")
        more = _("{title} (1 of {count})").format(title=title, count=count)
        self.query_one("#title", Static).update(title if count == 1 else more)
        if payment.id == self._shown:
            return
        self._shown = payment.id
        self.query_one("#to", Static).update(payment.payee)
        self.query_one("#note", Static).update(payment.note or "")
        self.query_one("#currency", Static).update(symbol(payment.amount.currency))
        self.query_one("#amount", Digits).update(figure(payment.amount))
        self.query_one("#pin", Input).value = ""
        self._say("")
        assert payment.expires_at is not None, "a waiting payment expires"
        until, began = instant_ms(payment.expires_at), instant_ms(payment.created_at)
        self.query_one("#life", Countdown).count(until, max(until - began, 1))

    @on(Input.Changed, "#pin")
    def _typed(self) -> None:
        self._offer()

    def _offer(self) -> None:
        """Offer what can be done now."""
        complete = len(self.query_one("#pin", Input).value) == PIN_DIGITS
        self.query_one("#confirm", Button).disabled = self._is_acting or not complete
        for name in ("#decline", "#later", "#pin"):
            self.query_one(name).disabled = self._is_acting

    @on(Input.Submitted, "#pin")
    @on(Button.Pressed, "#confirm")
    def _confirm(self) -> None:
        pin = self.query_one("#pin", Input).value
        if len(pin) == PIN_DIGITS:
            wallet = Wallet(self._desk.session, self._teller())
            self._begin(partial(wallet.confirm, self._waiting[0], pin))

    @on(Button.Pressed, "#decline")
    def _decline(self) -> None:
        wallet = Wallet(self._desk.session)
        self._begin(partial(wallet.decline, self._waiting[0]))

    @on(Button.Pressed, "#later")
    def action_put_off(self) -> None:
        """Leave it where all waits that waits."""
        if not self._is_acting:
            cast("WalletApp", self.app).put_aside.add(self._shown)
            self.dismiss(None)

    @on(Countdown.Over)
    def _expire(self) -> None:
        self.queue([payment for payment in self._waiting if payment.id != self._shown])

    def _begin(self, act: Callable[[], Payment]) -> None:
        if not self._is_acting:
            self._is_acting = True
            # What becomes of it is told here, and nowhere else as news.
            cast("WalletApp", self.app).is_news(self._shown)
            self._say("")
            self._offer()
            self.run_worker(self._go(act), group="act")

    async def _go(self, act: Callable[[], Payment]) -> None:
        begun = time.monotonic()
        try:
            payment = await self._desk.ask(act)
        except PinWrong as error:
            self._rest(f"✗ {told(error)}")
        except WalletError as error:
            if not isinstance(error, OutcomeUnknown) and not error.decides:
                self._rest(f"✗ {told(error)}")
                return
            self.dismiss(refused(error))
        else:
            left = await self._desk.ask(partial(balance_left, self._desk.session))
            await asyncio.sleep(max(DOUBLE_SECONDS - (time.monotonic() - begun), 0))
            self.dismiss(payment_outcome(payment, left))

    def _rest(self, said: str) -> None:
        """Say why it was not done, and ask again as long as it waits."""
        self._is_acting = False
        self._say(said)
        field = self.query_one("#pin", Input)
        field.value = ""
        self._offer()
        field.focus()
        if self._desk.business_ms() >= instant_ms(self._waiting[0].expires_at or ""):
            self._expire()

    def _teller(self) -> Callable[[Doing], None]:
        line = self.query_one("#doing", DoingLine)
        return partial(tell, line, line.tell)

    def _say(self, text: str) -> None:
        self.query_one("#doing", DoingLine).clear()
        self.query_one("#said", Static).update(text)


class PopUps:
    """Has the PIN asked for as soon as a payment needs it and the person is free."""

    def __init__(self, app: WalletApp) -> None:
        self._app = app
        self._is_due = False

    def hear(self, event: Event | None) -> None:
        """Look what waits after an event about a payment, or after some were missed."""
        if event is None or matches("payment.*", event.kind):
            self.look()

    def look(self) -> None:
        """Look what waits, as soon as nobody would be disturbed by it."""
        if self._app.desk is None or not self._app.is_open:
            return
        if self._pop_up is None and self._is_engaged():
            if not self._is_due:
                self._is_due = True
                self._app.set_timer(AGAIN_SECONDS, self._look_again)
            return
        self._app.run_worker(self._look(), group="pin", exclusive=True)

    def _look_again(self) -> None:
        self._is_due = False
        self.look()

    async def _look(self) -> None:
        desk = self._app.desk
        assert desk is not None, "a profile is open"
        try:
            page = await desk.ask(Wallet(desk.session).pending)
        except WalletError:
            # It is looked again once the line is back.
            return
        if not self._app.is_open:
            return
        waiting = [one for one in reversed(page.items) if one.id not in self._app.put_aside]
        pop_up = self._pop_up
        if pop_up is not None:
            pop_up.queue(waiting)
        elif waiting and self._is_engaged():
            self.look()
        elif waiting:
            await self._app.push_screen(PinPopUp(waiting), self._ended)

    def _ended(self, outcome: Outcome | None) -> None:
        if outcome is None:
            self._app.call_later(self.look)
        else:
            self._app.push_screen(OutcomeScreen(outcome), self._seen)

    def _seen(self, _nothing: None) -> None:
        self._app.call_later(self.look)

    @property
    def _pop_up(self) -> PinPopUp | None:
        return next((one for one in self._app.screen_stack if isinstance(one, PinPopUp)), None)

    def _is_engaged(self) -> bool:
        """Say whether the person is typing, pays just now, or is giving the PIN already."""
        app = self._app
        typing = time.monotonic() - app.typed_at < TYPING_SECONDS
        if typing and isinstance(app.focused, Input):
            return True
        return any(isinstance(one, PinDialog) or is_acting(one) for one in app.screen_stack)
