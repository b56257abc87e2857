"""Waiting for the money: a code in large, or the customer's own code, and how far it is.

While the outcome is unknown nobody can leave: the till's own questions end soon, and then it is
known, or noted for the next time.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding
from textual.widgets import Button

from pos.screens import stages
from pos.screens.paid import Paid
from pos.screens.stages import about, stage_of
from pos.screens.widgets.charge_view import ChargeView
from pos.waiting import Waiting
from terminal_kit.asking import Asking, Reversing
from terminal_kit.language import N_, _
from terminal_kit.screens.dialogs.confirm import ConfirmDialog
from terminal_kit.screens.dialogs.save import saving_code
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.workers import start
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import OutcomeUnknown
from wallet_api.contract.ids import short_code
from wallet_api.contract.wire import Charge, ChargeRequest, ChargeState

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from pos.display_feed import DisplayFeed
    from pos.sale import Sale
    from pos.screens.app import TillApp
    from pos.screens.stages import Stage
    from terminal_kit.asking import Doing
    from wallet_api.contract.events import Event


class WaitingScreen(KitScreen[Charge | None]):
    """Asks for money and shows what becomes of it; gives the charge as it ended, or None.

    ``asked`` is a new charge's request, or a charge that exists to go on with. ``sale`` is what
    was rung up for it. A paid charge is thanked for on a screen of its own.
    """

    TITLE = N_("Charge")
    BARE = True
    # A key too many must not press anything: Enter does nothing while a customer pays.
    AUTO_FOCUS = ""
    CSS_PATH: ClassVar = ["waiting.tcss", "widgets/stage_band.tcss"]
    BINDINGS: ClassVar = [
        Binding("enter", "go_on", N_("Back to the sale"), id="go-on"),
        Binding("enter", "ask_again", N_("Ask again"), id="ask-again"),
        Binding("escape", "cancel", N_("Cancel"), id="cancel"),
        Binding("escape", "leave", N_("Back"), id="leave"),
        Binding("x", "cancel", N_("Cancel"), id="cancel-too", show=False),
        Binding("n", "renew", N_("New code"), id="renew"),
        Binding("s", "save", N_("Save the code"), id="save"),
        Binding("c", "copy", N_("Copy the code"), id="copy"),
    ]

    def __init__(self, asked: ChargeRequest | Charge, sale: Sale | None = None) -> None:
        super().__init__()
        self._asked = asked
        self._sale = sale
        self.charge = asked if isinstance(asked, Charge) else None
        self.stage = stages.SENDING
        self._note = ""

    def body(self) -> ComposeResult:
        """Give the charge."""
        yield ChargeView(self._asked.amount)

    def on_mount(self) -> None:
        """Begin."""
        self._enter(self.stage)
        self._begin(self._first)

    # What is asked of the bank.

    def _begin(self, first: Callable[[Waiting], Charge]) -> None:
        start(self, partial(self._take, first), group="take", exclusive=True)

    def _first(self, waiting: Waiting) -> Charge:
        if isinstance(self._asked, Charge):
            return waiting.look(self._asked)
        return waiting.ask(self._asked, self._sale.rung if self._sale else ())

    def _again(self, waiting: Waiting) -> Charge:
        if self.charge is not None:
            return waiting.look(self.charge)
        assert isinstance(self._asked, ChargeRequest), "there is a charge or its request"
        return waiting.ask_again(self._asked)

    async def _take(self, first: Callable[[Waiting], Charge]) -> None:
        """Take the charge to its end, or to where nobody answers."""
        waiting = Waiting(self.desk.session, self.teller())
        try:
            self.know(await self.ask(partial(first, waiting)))
            while self.charge is not None and self.charge.state.is_open:
                self.know(await self.ask(partial(waiting.step, self.charge)))
        except OutcomeUnknown:
            self._enter(stages.UNKNOWN)
        except WalletError as error:
            self._enter(stages.REFUSED if self.charge is None else stages.UNKNOWN, told(error))

    def hear(self, event: Event | None) -> None:
        """Look at once when the bank tells of this charge, or may have told."""
        charge = self.charge
        if charge is None or not charge.state.is_open:
            return
        if event is None or event.data.get("charge") == charge.id:
            start(self, partial(self._look, charge), group="look", exclusive=True)

    async def _look(self, charge: Charge) -> None:
        try:
            self.know(await self.ask(partial(Waiting(self.desk.session).look, charge)))
        except WalletError:
            return  # The wait goes on asking, and says what is wrong.

    def know(self, charge: Charge) -> None:
        """Take over how a charge stands now."""
        before = self.charge
        if before is not None and before.id == charge.id and not before.state.is_open:
            return  # An older look came late.
        self.charge = charge
        self.query_one(ChargeView).show(charge)
        self._show_customer(charge)
        if self.stage is not stages.CLOSING or not charge.state.is_open:
            self._enter(stage_of(charge))
        if charge.state.is_paid and self.is_active:
            self._thank(charge)

    def on_screen_resume(self) -> None:
        """Thank for what was paid while another screen lay over this one."""
        if self.charge is not None and self.charge.state.is_paid:
            self._thank(self.charge)

    def _thank(self, charge: Charge) -> None:
        self.dismiss(charge)
        self.app.push_screen(Paid(charge, self._note))

    # What is shown.

    def _show_customer(self, charge: Charge) -> None:
        """Show the customer the code, or the sale again where it was not paid."""
        feed: DisplayFeed = cast("TillApp", self.app).feed
        if charge.state is ChargeState.CREATED:
            feed.code(charge)
        elif charge.state.is_open:
            feed.confirming(charge)
        elif self._sale is not None and not charge.state.is_paid:
            feed.sale(self._sale.rung, self._sale.total)
        elif not charge.state.is_paid:
            feed.idle()

    def _enter(self, stage: Stage, why: str = "") -> None:
        """Show a stage, and offer what can be done in it."""
        self.stage = stage
        self.query_one(ChargeView).enter(
            stage,
            why or about(stage, self.charge),
            self._act_text(),
            acts=self._may_cancel or self._may_leave,
            renews=self._may_renew,
        )
        self.refresh_bindings()

    def _act_text(self) -> str:
        if self._may_ask:
            return _("Ask again")
        return _("Back to the sale") if self._may_leave else _("Cancel")

    def progress(self, doing: Doing) -> None:
        """Show what the till does about an answer that was lost."""
        if not self.is_attached:
            return
        if isinstance(doing, Asking):
            self._enter(stages.ASKING)
        elif isinstance(doing, Reversing):
            self._enter(stages.REVERSING)
        self.query_one(ChargeView).tell(doing)

    # What can be done.

    @property
    def _is_over(self) -> bool:
        """Whether the charge has ended, or there is none."""
        ended = self.charge is not None and not self.charge.state.is_open
        return ended or self.stage is stages.REFUSED

    @property
    def _may_ask(self) -> bool:
        return self.stage is stages.UNKNOWN

    @property
    def _may_leave(self) -> bool:
        return self._is_over or self._may_ask

    @property
    def _may_cancel(self) -> bool:
        return self.stage in {stages.SHOWN, stages.SEEN, stages.CONFIRMING}

    @property
    def _may_renew(self) -> bool:
        """Whether another code can be made: never while the outcome of this one is unknown."""
        if isinstance(self._asked, Charge) or self._asked.code is not None or self._may_ask:
            return False
        return self._may_cancel or self._is_over

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the stage allows."""
        match action:
            case "cancel":
                return self._may_cancel
            case "leave":
                return self._may_leave
            case "go_on":
                return self._is_over
            case "ask_again":
                return self._may_ask
            case "renew":
                return self._may_renew
            case "save" | "copy":
                return self.stage in {stages.SHOWN, stages.SEEN}
        return super().check_action(action, parameters)

    @on(Button.Pressed, "#act")
    def action_go_on(self) -> None:
        """Do what the stage calls for: ask again, leave, or cancel."""
        if self._may_ask:
            self.action_ask_again()
        elif self._is_over:
            self.action_leave()
        else:
            self.action_cancel()

    def action_ask_again(self) -> None:
        """Ask once more what became of it."""
        self._enter(stages.ASKING)
        self._begin(self._again)

    def action_cancel(self) -> None:
        """Ask whether to give up the charge."""
        if self._may_cancel:
            start(self, self._cancel, group="cancel", exclusive=True)

    def action_leave(self) -> None:
        """Go back to the sale; what is unknown stays noted."""
        self.dismiss(self.charge)

    async def _cancel(self) -> None:
        question = _("Cancel this charge? Nobody can pay it any more then.")
        dialog = ConfirmDialog(question, _("Cancel the charge"))
        if await self.app.push_screen_wait(dialog) and await self._close():
            self.dismiss(self.charge)

    async def _close(self) -> bool:
        """Close the charge; False where it was paid meanwhile, or nobody answers."""
        charge = self.charge
        assert charge is not None, "a charge waits"
        if charge.state.is_open:
            self._enter(stages.CLOSING)
            self._note = _("It was paid before it could be cancelled.")
            try:
                charge = await self.ask(partial(Waiting(self.desk.session).cancel, charge))
            except WalletError as error:
                self._enter(stage_of(charge), told(error))
                return False
            self.know(charge)
        return not (charge.state.is_open or charge.state.is_paid)

    @on(Button.Pressed, "#renew")
    def action_renew(self) -> None:
        """Give up this code and show a new one."""
        start(self, self._renew, group="cancel", exclusive=True)

    async def _renew(self) -> None:
        if self.charge is None or await self._close():
            self.charge, self._note = None, ""
            self._enter(stages.SENDING)
            self._begin(self._first)

    def action_save(self) -> None:
        """Save the code as a picture."""
        charge = self.charge
        assert charge is not None, "a code is shown"
        name = f"charge-{short_code(charge.id)}.png"
        self.app.push_screen(saving_code(charge.payload or "", name))

    def action_copy(self) -> None:
        """Copy the code's text."""
        charge = self.charge
        assert charge is not None, "a code is shown"
        self.app.copy_to_clipboard(charge.payload or "")
        self.notify(_("Copied."))
