"""What became of charges that an earlier run of the till left without an outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.widgets import Static

from payment_codes.amount import Amount
from pos.resuming import Resumption
from terminal_kit.asking import silent
from terminal_kit.language import _
from terminal_kit.resuming import UNKNOWN
from terminal_kit.screens.followed import Followed
from terminal_kit.screens.marks import BACK, BAD, GOOD, WAITING, mark_of, tone_of
from terminal_kit.screens.money import shown
from terminal_kit.words import word
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.wire import ChargeState

if TYPE_CHECKING:
    from pos.screens.app import TillApp
    from terminal_kit.resuming import Outcome

#: Seconds after which what is still unknown is asked for again.
AGAIN_SECONDS = 5.0
OPEN = frozenset({ChargeState.CREATED, ChargeState.AWAITING_PAYER})
PAID = frozenset({ChargeState.SUCCEEDED})
_COLOURS = {GOOD: "$success", WAITING: "$warning", BAD: "$error", BACK: "$muted"}


class Earlier(Followed, Static):
    """One row a charge. ``told`` holds the newest outcome of each, by the charge's id."""

    def __init__(self, told: dict[str, Outcome], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self._told = told

    def on_mount(self) -> None:
        """Show what was found before."""
        self._show()

    def reload(self) -> None:
        """Look again, but not while a charge is being made: that one looks after itself."""
        if self.screen.is_current:
            self.run_worker(self._look(), group="earlier", exclusive=True)

    def put_away(self) -> bool:
        """Put away what is known; say whether there was anything to put away."""
        known = [one for one, outcome in self._told.items() if outcome.known]
        for one in known:
            del self._told[one]
        self._show()
        return bool(known)

    async def _look(self) -> None:
        session = self.desk.session
        try:
            if not await self.desk.look(session.state.has_unfinished):
                return
            outcomes = await self.desk.ask(Resumption(session, silent).charges)
        except WalletError:
            return  # The line is gone again; once it is back, this is called again.
        ended = cast("TillApp", self.app).ended
        self._told.update((one.id, one) for one in outcomes if one.id not in ended)
        self._show()
        if not all(one.known for one in outcomes):
            self.set_timer(AGAIN_SECONDS, self.reload)
        await self.desk.told()

    def _show(self) -> None:
        rows = [
            Content.styled(line(one), _COLOURS[tone_of(one.state)]) for one in self._told.values()
        ]
        self.update(Content("\n").join(rows))
        self.set_class(bool(rows), "said")


def line(outcome: Outcome) -> str:
    """Say what became of an earlier charge."""
    assert outcome.amount is not None, "a charge has an amount"
    said = _("An earlier charge of {amount} took no money: {state}.")
    if outcome.state in PAID:
        said = _("An earlier charge of {amount}: paid after all.")
    elif outcome.state in OPEN:
        said = _("An earlier charge of {amount} still waits for the customer.")
    elif outcome.state == UNKNOWN:
        said = _("An earlier charge of {amount}: outcome unknown, asking.")
    amount = shown(Amount(**outcome.amount))
    return f"{mark_of(outcome.state)} {said.format(amount=amount, state=word(outcome.state))}"
