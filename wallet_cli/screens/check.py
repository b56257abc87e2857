"""Check and confirm: what would move, what is left after it, and the one key that does it."""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar, cast

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalScroll
from textual.widgets import Button, Digits, Static

from terminal_kit.language import N_, _
from terminal_kit.screens.dialogs.pin import PinDialog
from terminal_kit.screens.money import figure, shown, symbol
from terminal_kit.screens.outcome import Fact, OutcomeScreen, refused
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.widgets.countdown import Countdown
from terminal_kit.screens.widgets.doing import DoingLine
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import OutcomeUnknown, PinWrong
from wallet_api.contract.instants import instant_ms
from wallet_cli.screens.means import Means

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.timer import Timer

    from payment_codes.amount import Amount
    from terminal_kit.asking import Doing
    from terminal_kit.screens.outcome import Outcome
    from terminal_kit.session import Session
    from wallet_cli.screens.app import WalletApp

PIN_REQUIRED = "pin_required"
#: Seconds after which Enter confirms: one that was meant for the screen before does nothing.
GUARD_SECONDS = 1.0
#: Seconds that the outcome takes at least, so that the second of two quick Enters is not its own.
DOUBLE_SECONDS = 0.4


class Made(Protocol):
    """What an act made: a payment, a transfer, a withdrawal, a gift."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def state(self) -> str:
        """Its state; in ``pin_required`` it waits for the PIN."""


M = TypeVar("M", bound=Made)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the person is asked to agree to.

    ``to`` is whom it goes to, ``place`` says more of them. ``cost`` is what leaves the wallet where
    that is more than ``amount``. ``expires_at`` is a moment of the wire.
    """

    to: str
    amount: Amount
    place: str = ""
    note: str = ""
    facts: Sequence[tuple[str, str]] = field(default=())
    cost: Amount | None = None
    expires_at: str | None = None


class Act(ABC, Generic[M]):
    """A movement of money that is checked and confirmed. ``do`` and ``confirm`` run on a thread.

    ``verb`` names it on the button, such as "Pay".
    """

    verb: str
    terms: Terms

    @abstractmethod
    def do(self, session: Session, tell: Callable[[Doing], None]) -> M:
        """Do it; what it makes may then wait for the PIN. Raises WalletError."""

    @abstractmethod
    def confirm(self, session: Session, made: M, pin: str, tell: Callable[[Doing], None]) -> M:
        """Confirm what waits for the PIN. Raises PinWrong and other WalletErrors."""

    @abstractmethod
    def outcome(self, session: Session, made: M) -> Outcome:
        """Say what became of it, on a thread; `balance_left` may look up what is left."""


class Check(KitScreen[bool | None], Generic[M]):
    """Shows the terms of an act; Enter does it, once.

    Gives True when the person has seen its outcome, and None when they left it undone.
    """

    TITLE = N_("Check")
    CSS_PATH = "check.tcss"
    #: Enter must never reach a button that was not meant.
    AUTO_FOCUS = ""
    BINDINGS: ClassVar = [Binding("enter", "confirm", N_("Confirm"), id="confirm")]

    def __init__(self, act: Act[M]) -> None:
        super().__init__()
        self._act = act
        self._made: M | None = None
        self._guard: Timer | None = None
        self._is_guarded = True
        self._is_over = False
        #: Whether the act is under way, up to its outcome.
        self.acting = False

    def body(self) -> ComposeResult:
        """Give the terms, what they leave, and the keys."""
        terms = self._act.terms
        with VerticalScroll(classes="card", can_focus=False):
            yield Static(terms.to, id="to", markup=False)
            about = " · ".join(part for part in (terms.place, terms.note) if part)
            yield Static(about, id="about", classes="muted", markup=False)
            with HorizontalGroup(id="figure"):
                yield Static(symbol(terms.amount.currency), id="currency", markup=False)
                yield Digits(figure(terms.amount), id="amount")
            for name, value in terms.facts:
                yield Fact(name, value)
            yield Means(terms.cost or terms.amount, id="means")
            if terms.expires_at is not None:
                with HorizontalGroup(classes="fact"):
                    yield Static(_("Expires in"), classes="fact-name", markup=False)
                    yield Countdown(self.desk.business_ms, id="expires")
            yield DoingLine(id="doing")
            yield Static(id="said", markup=False)
            with HorizontalGroup(classes="buttons"):
                verb = _("{verb} {amount}").format(verb=self._act.verb, amount=shown(terms.amount))
                yield Button(verb, variant="primary", id="confirm", disabled=True)
                yield Button(_("Back"), id="leave")

    def on_mount(self) -> None:
        """Count down to where the terms hold no longer."""
        self.call_after_refresh(self.refresh_bindings)
        expires_at = self._act.terms.expires_at
        if expires_at is not None:
            until = instant_ms(expires_at)
            left = max(until - self.desk.business_ms(), 1)
            self.query_one("#expires", Countdown).count(until, left)

    def on_screen_resume(self) -> None:
        """Take no Enter that was pressed on what was seen before."""
        self._is_guarded = True
        if self._guard is not None:
            self._guard.stop()
        self._guard = self.set_timer(GUARD_SECONDS, self._arm)
        self._show_keys()

    def _arm(self) -> None:
        self._is_guarded = False
        self._show_keys()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hold the keys back where they would do something unmeant."""
        if action == "confirm":
            return True if self._is_ready else None
        if action == "back" and self.acting:
            return None
        return super().check_action(action, parameters)

    @property
    def _is_ready(self) -> bool:
        return not (self._is_guarded or self._is_over or self.acting)

    def _show_keys(self) -> None:
        # With the focus on a button Enter would be the button's, and leave the row of keys.
        self.set_focus(None)
        self.query_one("#confirm", Button).disabled = not self._is_ready
        self.query_one("#leave", Button).disabled = self.acting
        self.refresh_bindings()

    @on(Button.Pressed, "#confirm")
    def action_confirm(self) -> None:
        """Do it, unless it is being done."""
        if self._is_ready:
            self.acting = True
            self._show_keys()
            self.run_worker(self._go(), group="act")

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.action_back()

    @on(Countdown.Over)
    def _expire(self) -> None:
        self._is_over = True
        if not self.acting:
            self._say(_("✗ Expired, not paid. Ask for a new code."), "bad")
            self._show_keys()

    def progress(self, doing: Doing) -> None:
        """Say what takes long."""
        self._say("")
        self.query_one("#doing", DoingLine).tell(doing)

    async def _go(self) -> None:
        begun = time.monotonic()
        self._say(_("◌ One moment…"))
        try:
            outcome = await self._run()
        except OutcomeUnknown as error:
            outcome = refused(error)
        except WalletError as error:
            if error.money_moved is False and not error.decides:
                # It was not sent, or not taken: the same again is safe.
                self._rest(_("✗ {reason}\nEnter tries again.").format(reason=told(error)), "bad")
                return
            outcome = refused(error)
        if outcome is None:
            self._rest(_("◌ It waits for your PIN. Enter asks for it again."), "warn")
            return
        await asyncio.sleep(max(DOUBLE_SECONDS - (time.monotonic() - begun), 0))
        seen = self.app.push_screen(OutcomeScreen(outcome), wait_for_dismiss=True)
        await self.desk.told()
        await seen
        self.dismiss(result=True)

    async def _run(self) -> Outcome | None:
        """Act, ask for the PIN while it is needed; None where the person does not give it."""
        session, tell = self.desk.session, self.teller()
        if self._made is None:
            self._made = await self.desk.ask(partial(self._act.do, session, tell))
        # It is made: another Enter asks for the PIN or the outcome, and makes no other.
        made, wrong = self._made, ""
        while made.state == PIN_REQUIRED:
            self._say("")
            pin = await self.app.push_screen_wait(PinDialog(self._why(), wrong))
            if pin is None:
                cast("WalletApp", self.app).put_aside.add(made.id)
                return None
            self._say(_("◌ One moment…"))
            try:
                made = await self.desk.ask(partial(self._act.confirm, session, made, pin, tell))
            except PinWrong as error:
                wrong = told(error)
            self._made = made
        return await self.desk.ask(partial(self._act.outcome, session, made))

    def _why(self) -> str:
        terms = self._act.terms
        return _("{amount} to {name}").format(amount=shown(terms.amount), name=terms.to)

    def _rest(self, said: str, tone: str) -> None:
        """Say why nothing was done, and take the keys again."""
        self.acting = False
        self._say(said, tone)
        self._show_keys()

    def _say(self, text: str, tone: str = "muted") -> None:
        self.query_one("#doing", DoingLine).clear()
        said = self.query_one("#said", Static)
        said.update(text)
        said.set_classes(tone)
        said.display = bool(text)


def is_acting(screen: object) -> bool:
    """Say whether a screen is one on which an act is under way."""
    return isinstance(screen, Check) and screen.acting
