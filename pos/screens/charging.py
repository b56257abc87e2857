"""What a screen that waits for the money asks of the bank, and what it makes of the answers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from pos.screens import stages
from pos.screens.paid import Paid
from pos.screens.stages import stage_of
from pos.waiting import Waiting
from terminal_kit.language import _
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.workers import start
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import OutcomeUnknown
from wallet_api.contract.wire import Charge, ChargeRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos.sale import Sale
    from pos.screens.app import TillApp
    from pos.screens.stages import Stage
    from wallet_api.contract.events import Event


class Charging(KitScreen[Charge | None]):
    """Takes one charge to its end. A subclass shows its stages and the charge.

    ``asked`` is a new charge's request, or a charge that exists to go on with. ``sale`` is what
    was rung up for it. ``charge`` is how it stands, once the bank knows it.
    """

    def __init__(self, asked: ChargeRequest | Charge, sale: Sale | None = None) -> None:
        super().__init__()
        self.asked = asked
        self.sale = sale
        self.charge = asked if isinstance(asked, Charge) else None
        self.stage = stages.SENDING
        self._note = ""

    def enter(self, stage: Stage, why: str = "") -> None:
        """Go over to a stage; ``why`` says more than the stage does."""
        raise NotImplementedError

    def show(self, charge: Charge) -> None:
        """Show how the charge stands, here and to the customer."""
        raise NotImplementedError

    def begin(self) -> None:
        """Ask for the money, or go on with the charge."""
        self._start(self._first)

    def ask_again(self) -> None:
        """Ask once more what became of what nobody answered for."""
        self.enter(stages.ASKING)
        self._start(self._again)

    def _start(self, first: Callable[[Waiting], Charge]) -> None:
        start(self, partial(self._take, first), group="take", exclusive=True)

    def _first(self, waiting: Waiting) -> Charge:
        if isinstance(self.asked, Charge):
            return waiting.look(self.asked)
        return waiting.ask(self.asked, self.sale.rung if self.sale else ())

    def _again(self, waiting: Waiting) -> Charge:
        if self.charge is not None:
            return waiting.look(self.charge)
        assert isinstance(self.asked, ChargeRequest), "there is a charge or its request"
        return waiting.ask_again(self.asked)

    async def _take(self, first: Callable[[Waiting], Charge]) -> None:
        """Take the charge to its end, or to where nobody answers."""
        waiting = Waiting(self.desk.session, self.teller())
        try:
            self.know(await self.ask(partial(first, waiting)))
            while self.charge is not None and self.charge.state.is_open:
                self.know(await self.ask(partial(waiting.step, self.charge)))
        except OutcomeUnknown:
            self.enter(stages.UNKNOWN)
        except WalletError as error:
            self.enter(stages.REFUSED if self.charge is None else stages.UNKNOWN, told(error))

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
        if not charge.state.is_open:
            cast("TillApp", self.app).ended.add(charge.id)
        self.show(charge)
        if self.stage is not stages.CLOSING or not charge.state.is_open:
            self.enter(stage_of(charge))
        if charge.state.is_paid and self.is_active:
            self._thank(charge)

    def on_screen_resume(self) -> None:
        """Thank for what was paid while another screen lay over this one."""
        if self.charge is not None and self.charge.state.is_paid:
            self._thank(self.charge)

    def _thank(self, charge: Charge) -> None:
        self.dismiss(charge)
        self.app.push_screen(Paid(charge, self._note))

    async def close_charge(self) -> bool:
        """Close the charge; False where it was paid meanwhile, or nobody answers."""
        charge = self.charge
        assert charge is not None, "a charge waits"
        if charge.state.is_open:
            self.enter(stages.CLOSING)
            self._note = _("It was paid before it could be cancelled.")
            try:
                charge = await self.ask(partial(Waiting(self.desk.session).cancel, charge))
            except WalletError as error:
                self.enter(stage_of(charge), told(error))
                return False
            self.know(charge)
        return not (charge.state.is_open or charge.state.is_paid)

    def begin_anew(self) -> None:
        """Begin anew in place of a charge that has ended."""
        self.charge, self._note = None, ""
        self.enter(stages.SENDING)
        self.begin()
