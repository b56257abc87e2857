"""What earlier acts left without a known outcome: it is asked for behind the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from terminal_kit.language import _
from terminal_kit.resuming import NEVER, REPEAT, UNKNOWN
from terminal_kit.screens.money import shown
from terminal_kit.screens.outcome import Outcome, OutcomeScreen
from terminal_kit.words import word
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.ids import short_code
from wallet_cli.resuming import Resumption

if TYPE_CHECKING:
    from terminal_kit.asking import Doing
    from terminal_kit.resuming import Outcome as Ended
    from wallet_cli.screens.app import WalletApp


class Earlier:
    """Asks for all of it, one after the other; home says so, and each outcome gets a screen.

    ``asking`` is what to say of it now, an empty text while nothing is asked for.
    """

    def __init__(self, app: WalletApp) -> None:
        self._app = app
        self._is_asking = False
        self._found: list[Outcome] = []
        self.asking = ""

    def ask(self) -> None:
        """Begin to ask, unless that is under way."""
        if self._app.desk is not None and self._app.is_open and not self._is_asking:
            self._is_asking = True
            self._app.run_worker(self._ask(), group="earlier")

    async def _ask(self) -> None:
        desk = self._app.desk
        assert desk is not None, "a profile is open"
        try:
            if await desk.look(desk.session.state.has_unfinished):
                self._say(_("◌ An earlier act has no known outcome: asking."))
                await desk.ask(self._ask_all)
        except WalletError:
            # It is asked again once the line is back.
            pass
        finally:
            self._is_asking = False
            self._say("")

    def _ask_all(self) -> None:
        """Ask on a thread, and pass on each outcome as it is known."""
        # The thread does not wait until it is shown: the screens may be gone by then.
        desk, later = self._app.desk, self._app.call_later
        assert desk is not None, "a profile is open"

        def doing(what: Doing) -> None:
            number, of = getattr(what, "number", 0), getattr(what, "of", 0)
            text = _("◌ An earlier act has no known outcome: asking, {number} of {of}.")
            later(self._say, text.format(number=number, of=of))

        for ended in Resumption(desk.session, doing).everything():
            if ended.state not in {UNKNOWN, REPEAT}:
                later(self._find, _outcome(ended))

    def _find(self, outcome: Outcome) -> None:
        self._found.append(outcome)
        self.show()

    def show(self) -> None:
        """Show what became of it, where that disturbs nobody: at home."""
        from wallet_cli.screens.home import Home

        if self._found and self._app.is_open and isinstance(self._app.screen, Home):
            self._app.push_screen(OutcomeScreen(self._found.pop(0)))
            self._app.run_worker(self._told(), group="told")

    async def _told(self) -> None:
        if self._app.desk is not None:
            await self._app.desk.told()

    def _say(self, text: str) -> None:
        from wallet_cli.screens.home import Home

        self.asking = text
        for screen in self._app.screen_stack:
            if isinstance(screen, Home):
                screen.say_asking(text)


def _outcome(ended: Ended) -> Outcome:
    state = "failed" if ended.state == NEVER else ended.state
    what = _("Earlier {what}: {state}")
    amount = "" if ended.amount is None else shown(Amount(**ended.amount))
    never = _("It never arrived at the bank, so nothing happened.")
    facts = [(_("Number"), short_code(ended.id))]
    if ended.state == NEVER:
        facts.insert(0, ("", never))
    return Outcome(
        state, what.format(what=word(ended.kind), state=word(ended.state)), amount, facts, ended.id
    )
