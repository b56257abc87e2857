"""One sale: all that is known of it, its receipt, and what can still be done about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import work
from textual.binding import Binding
from textual.containers import Horizontal

from pos.screens.dialogs.refund import RefundDialog
from pos.screens.receipt import Handing
from pos.screens.widgets.sale_facts import SaleFacts, left_of
from pos.till import Till
from pos.undoing import Undoing
from terminal_kit.language import N_, _
from terminal_kit.screens.dialogs.confirm import ConfirmDialog
from terminal_kit.screens.money import shown
from terminal_kit.screens.outcome import Outcome, OutcomeScreen, refused
from terminal_kit.screens.panel import Panel
from terminal_kit.screens.widgets.doing import DoingLine
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.ids import short_code
from wallet_api.contract.wire import Charge, ChargeState

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from terminal_kit.asking import Doing
    from wallet_api.contract.events import Event
    from wallet_api.contract.wire import Refund, Reversal

T = TypeVar("T")


class SalePanel(Panel[Charge]):
    """The facts of a charge, by its full id."""

    FOLLOWS = ("charge.*",)

    def __init__(self, charge: str) -> None:
        super().__init__(id="known")
        self._charge = charge
        self.charge: Charge | None = None

    def content(self) -> ComposeResult:
        """Give the facts."""
        yield SaleFacts(id="facts")

    def is_about(self, event: Event) -> bool:
        """Say whether an event is about this charge."""
        return super().is_about(event) and event.data.get("charge") == self._charge

    def load(self) -> Charge:
        """Ask for the charge."""
        return Till(self.desk.session).show(self._charge)

    def show(self, value: Charge) -> None:
        """Fill it in."""
        self.charge = value
        self.add_class("-known")
        self.query_one(SaleFacts).show(value)
        self.screen.refresh_bindings()


class SaleDetails(Handing):
    """A sale by its full id, with its receipt; one act at a time."""

    TITLE = N_("Sale")
    CSS_PATH: ClassVar = ["sale_details.tcss", "receipt.tcss", "widgets/sale_facts.tcss"]
    BINDINGS: ClassVar = [
        Binding("f", "refund", N_("Refund"), id="refund"),
        Binding("v", "reverse", N_("Reverse"), id="reverse"),
        Binding("w", "wait", N_("Go on waiting"), id="wait"),
        Binding("x", "close", N_("Close it"), id="close-charge"),
        Binding("c", "copy", N_("Copy the number"), id="copy"),
    ]

    def __init__(self, charge: str) -> None:
        super().__init__(charge)
        self._acting = False

    def body(self) -> ComposeResult:
        """Give the sale beside its receipt, and the rows that say what is being done."""
        with Horizontal(id="sides"):
            yield SalePanel(self._charge)
            yield self.receipt()
        yield self.said()
        yield DoingLine(id="doing")

    @property
    def charge(self) -> Charge | None:
        """The charge, once it is there."""
        panels = self.query(SalePanel)
        return panels.first().charge if panels else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the charge's state allows; nothing else while something is being done."""
        charge = self.charge
        allowed = {
            "refund": charge is not None and left_of(charge).minor > 0,
            "reverse": charge is not None and charge.state is ChargeState.SUCCEEDED,
            "wait": charge is not None and charge.state.is_open,
            "close": charge is not None and charge.state.is_open,
        }
        if action in allowed:
            return allowed[action] and not self._acting
        if action == "back" and self._acting:
            return False
        return super().check_action(action, parameters)

    def progress(self, doing: Doing) -> None:
        """Say what takes long."""
        self.query_one(DoingLine).tell(doing)

    def action_copy(self) -> None:
        """Copy the charge's whole number."""
        self.app.copy_to_clipboard(self._charge)
        self.notify(_("Copied."))

    def action_wait(self) -> None:
        """Show the code again and wait for the customer."""
        from pos.screens.waiting import WaitingScreen

        assert self.charge is not None, "there is a charge"
        self.app.push_screen(WaitingScreen(self.charge))

    def action_refund(self) -> None:
        """Ask how much, and give it back."""
        self._refund()

    @work(group="act", exclusive=True)
    async def _refund(self) -> None:
        assert self.charge is not None, "there is a charge"
        given = await self.app.push_screen_wait(RefundDialog(left_of(self.charge)))
        if given is not None:
            undoing = Undoing(self.desk.session, self.teller())
            await self._do(partial(undoing.refund, self._charge, *given), self._told_refunded)

    def action_reverse(self) -> None:
        """Ask, and take the whole sale back."""
        self._reverse()

    @work(group="act", exclusive=True)
    async def _reverse(self) -> None:
        assert self.charge is not None, "there is a charge"
        amount = shown(self.charge.amount)
        question = _("Reverse this sale? The customer gets {amount} back, and you pay no fee.")
        dialog = ConfirmDialog(question.format(amount=amount), _("Reverse it"), dangerous=True)
        if await self.app.push_screen_wait(dialog):
            undoing = Undoing(self.desk.session, self.teller())
            await self._do(partial(undoing.reverse, self._charge), self._told_reversed)

    def action_close(self) -> None:
        """Ask, and close the charge."""
        self._give_up()

    @work(group="act", exclusive=True)
    async def _give_up(self) -> None:
        question = _("Close this sale? Nobody can pay it then.")
        if await self.app.push_screen_wait(ConfirmDialog(question, _("Close it"))):
            undoing = Undoing(self.desk.session, self.teller())
            await self._do(partial(undoing.close, self._charge), self._told_closed)

    async def _do(self, act: Callable[[], T], told: Callable[[T], Outcome]) -> None:
        """Do it on a thread, and show its outcome."""
        self._turn(acting=True)
        try:
            async with self.busy("known"):
                outcome = told(await self.ask(act))
        except WalletError as error:
            outcome = refused(error)
        finally:
            self._turn(acting=False)
        self.action_reload()
        self.app.push_screen(OutcomeScreen(outcome))

    def _turn(self, *, acting: bool) -> None:
        self._acting = acting
        self.query_one(DoingLine).clear()
        self.refresh_bindings()

    def _told_refunded(self, refund: Refund) -> Outcome:
        facts = [(_("Why"), refund.reason or ""), (_("Sale"), short_code(refund.charge))]
        said = _("Refunded")
        kept = [(name, value) for name, value in facts if value]
        return Outcome("refunded", said, shown(refund.amount), kept, refund.id)

    def _told_reversed(self, reversal: Reversal) -> Outcome:
        headlines = {
            "returned": ("reversed", _("Reversed, the customer has the money back")),
            "closed": ("closed", _("Closed, no money moved and none can")),
            "none": ("closed", _("The sale had failed, no money moved")),
        }
        state, headline = headlines[reversal.action]
        assert self.charge is not None, "there is a charge"
        facts = [(_("Sale"), short_code(reversal.charge))]
        return Outcome(state, headline, shown(self.charge.amount), facts, reversal.charge)

    def _told_closed(self, charge: Charge) -> Outcome:
        facts = [(_("Sale"), short_code(charge.id))]
        headline = _("Closed, no money moved and none can")
        return Outcome("closed", headline, shown(charge.amount), facts, charge.id)
