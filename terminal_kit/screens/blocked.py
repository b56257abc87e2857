"""What is left to say when a profile cannot be opened at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup
from textual.widgets import Button, Static

from terminal_kit.language import N_, _
from terminal_kit.screens.screen import KitScreen
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import SecretMissing, StateDamaged

if TYPE_CHECKING:
    from textual.app import ComposeResult

NEW_PROFILE = N_(
    "Put back what your backup has of it, or open a new profile: {program} --profile NAME. What was"
    " acknowledged is kept at the bank, and no money is lost."
)
#: What to do next, where the error's own sentence does not say it.
NEXT = {
    SecretMissing: NEW_PROFILE,
    StateDamaged: NEW_PROFILE,
}


class Blocked(KitScreen[None]):
    """Says why, and tries again when asked."""

    TITLE = N_("Not open")
    RESPEAKS = True
    BINDINGS: ClassVar = [Binding("enter", "again", N_("Try again"), id="again")]

    def __init__(self, error: WalletError) -> None:
        super().__init__()
        self._error = error

    def body(self) -> ComposeResult:
        """Give the reason and the way on."""
        with VerticalGroup(classes="card outcome"):
            headline = _("✗ This profile cannot be opened")
            yield Static(headline, id="headline", classes="bad", markup=False)
            yield Static(told(self._error), id="reason", markup=False)
            yield Static(self._next(), id="next", markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Try again"), id="again", variant="primary")
                yield Button(_("Quit"), id="quit")

    def _next(self) -> str:
        return _(NEXT.get(type(self._error), "")).format(program=self.kit.chosen.program)

    def on_mount(self) -> None:
        """Let Enter try again."""
        self.query_one("Button#again").focus()

    @on(Button.Pressed, "#quit")
    async def _quit(self) -> None:
        await self.kit.action_quit()

    @on(Button.Pressed, "#again")
    def action_again(self) -> None:
        """Try to open the profile once more."""
        # It ends by taking this screen away, and its workers with it.
        self.app.run_worker(self._again(), group="again", exclusive=True)

    async def _again(self) -> None:
        try:
            await self.kit.enter()
        except WalletError as error:
            self._error = error
            self.query_one("#reason", Static).update(told(error))
            self.query_one("#next", Static).update(self._next())
