"""Waiting for the money: a code in large, or the customer's own code, and how far it is.

While the outcome is unknown nobody can leave: the till's own questions end soon, and then it is
known, or noted for the next time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding
from textual.widgets import Button

from pos.screens import stages
from pos.screens.charging import Charging
from pos.screens.stages import about
from pos.screens.widgets.charge_view import ChargeView
from terminal_kit.asking import Asking, Reversing
from terminal_kit.language import N_, _
from terminal_kit.screens.dialogs.confirm import ConfirmDialog
from terminal_kit.screens.dialogs.save import saving_code
from terminal_kit.screens.workers import start
from wallet_api.contract.ids import short_code
from wallet_api.contract.wire import Charge, ChargeState

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from pos.display_feed import DisplayFeed
    from pos.screens.app import TillApp
    from pos.screens.stages import Stage
    from terminal_kit.asking import Doing


class WaitingScreen(Charging):
    """Asks for money and shows what becomes of it; gives the charge as it ended, or None.

    A paid charge is thanked for on a screen of its own.
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

    def body(self) -> ComposeResult:
        """Give the charge."""
        yield ChargeView(self.asked.amount)

    def on_mount(self) -> None:
        """Begin."""
        self.enter(self.stage)
        self.begin()

    def show(self, charge: Charge) -> None:
        """Show the charge, and to the customer its code, or the sale again if it was not paid."""
        self.query_one(ChargeView).show(charge)
        feed: DisplayFeed = cast("TillApp", self.app).feed
        if charge.state is ChargeState.CREATED:
            feed.code(charge)
        elif charge.state.is_open:
            feed.confirming(charge)
        elif self.sale is not None and not charge.state.is_paid:
            feed.sale(self.sale.rung, self.sale.total)
        elif not charge.state.is_paid:
            feed.idle()

    def enter(self, stage: Stage, why: str = "") -> None:
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
        if isinstance(doing, Asking):
            self.enter(stages.ASKING)
        elif isinstance(doing, Reversing):
            self.enter(stages.REVERSING)
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
        if isinstance(self.asked, Charge) or self.asked.code is not None or self._may_ask:
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
        self.ask_again()

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
        if await self.app.push_screen_wait(dialog) and await self.close_charge():
            self.dismiss(self.charge)

    @on(Button.Pressed, "#renew")
    def action_renew(self) -> None:
        """Give up this code and show a new one."""
        start(self, self._renew, group="cancel", exclusive=True)

    async def _renew(self) -> None:
        if self.charge is None or await self.close_charge():
            self.begin_anew()

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
