"""One charge from the asking to its end, in steps: what a screen that waits for it calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.baskets import Baskets
from pos.till import Till, is_attempt
from terminal_kit.asking import silent
from wallet_api.contract.errors import AlreadyPaid, ChargeReversed, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pos.sale import Line
    from terminal_kit.asking import Doing
    from terminal_kit.session import Session
    from wallet_api.contract.wire import Charge, ChargeRequest

#: How long one step waits at most: whoever leaves is let go by then.
STEP_SECONDS = 10.0


class Waiting:
    """Takes one charge to its end; ``tell`` hears what takes long.

    A charge that is left open is remembered by the till, so nothing is lost by leaving it.
    """

    def __init__(self, session: Session, tell: Callable[[Doing], None] = silent) -> None:
        self._session = session
        self._till = Till(session, tell)

    def ask(self, request: ChargeRequest, lines: Sequence[Line] = ()) -> Charge:
        """Ask for the money, and keep what was rung up for the receipt.

        Raises OutcomeUnknown, and what the charge is refused with.
        """
        charge = self._watched(self._till.charge(request))
        Baskets.of(self._session).keep(charge.id, lines)
        return charge

    def ask_again(self, request: ChargeRequest) -> Charge:
        """Go on with the attempt whose outcome nobody knows, and begin no new one.

        Raises OutcomeUnknown, NotFound when there is no such attempt, and refusals.
        """
        for sent in self._session.state.unfinished():
            if is_attempt(sent, request):
                return self._watched(self._till.finish(sent))
        raise NotFound(what="charge")

    def step(self, charge: Charge) -> Charge:
        """Wait a while for an open charge and give it as it is then."""
        return self._till.wait(charge, STEP_SECONDS)

    def look(self, charge: Charge) -> Charge:
        """Give a charge as it is now."""
        return self._watched(self._till.show(charge.id))

    def cancel(self, charge: Charge) -> Charge:
        """Close a charge, and give it as it is: one that was paid meanwhile stays paid."""
        try:
            return self._watched(self._till.close(charge.id))
        except (AlreadyPaid, ChargeReversed):
            return self.look(charge)

    def _watched(self, charge: Charge) -> Charge:
        self._session.state.watch(charge.id, is_open=charge.state.is_open)
        return charge
