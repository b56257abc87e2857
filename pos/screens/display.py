"""The customer's display: what the till shows to the customer, on a terminal of its own.

It looks at what the till writes a few times a second, and needs no network.
"""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static

from pos.display_feed import DisplayWatch, Shown
from pos.screens.widgets.display_scenes import SCENES
from terminal_kit.language import N_, _
from terminal_kit.screens.app import KitApp
from terminal_kit.screens.places import Place
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.workers import start
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError

if TYPE_CHECKING:
    from textual.app import ComposeResult

LOOK_SECONDS = 0.25
#: How long thanks are shown, though the till is ready for the next customer.
THANKS_SECONDS = 6.0


class Display(KitScreen[None]):
    """Shows one scene after the other, as the till goes on."""

    TITLE = N_("Customer display")
    CSS_PATH = "display.tcss"
    BINDINGS: ClassVar = [
        Binding("q", "app.quit", N_("Leave"), id="leave"),
        Binding("escape", "app.quit", N_("Leave"), id="back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        #: What is seen: of a till that is closed nothing, and before the first look "".
        self._seen: Shown | str | None = ""
        self._thanks_until = 0.0

    def compose(self) -> ComposeResult:
        """Give room for a scene, with nothing around it: it is for the customer."""
        yield Vertical(id="body")
        yield Static(id="trouble", classes="bad", markup=False)
        yield Static(_("Make the window larger: 60 columns and 20 rows at least."), id="too-small")

    def on_mount(self) -> None:
        """Begin to look."""
        start(self, partial(self._follow, DisplayWatch(self.desk.session)))

    async def _follow(self, watch: DisplayWatch) -> None:
        """Show what the till shows, for as long as the display is there."""
        while True:
            try:
                shown = await self.desk.look(watch.look)
            except WalletError as error:
                self._say(f"✗ {told(error)}")
            else:
                self._say("")
                if shown != self._seen and not self._still_thanks(shown):
                    await self._show(shown)
            await asyncio.sleep(LOOK_SECONDS)

    def _say(self, trouble: str) -> None:
        """Say what is wrong; what is seen stays as it was."""
        row = self.query_one("#trouble", Static)
        if trouble != row.content:
            row.update(trouble)
            row.display = bool(trouble)

    def _still_thanks(self, shown: Shown | None) -> bool:
        """Say whether the customer is still being thanked: the next one is not there yet."""
        thanking = isinstance(self._seen, Shown) and self._seen.scene == "paid"
        idle = shown is not None and shown.scene == "idle"
        return thanking and idle and time.monotonic() < self._thanks_until

    async def _show(self, shown: Shown | None) -> None:
        name = "closed" if shown is None else shown.scene
        body = self.query_one("#body", Vertical)
        with self.app.batch_update():
            await body.remove_children()
            await body.mount(SCENES[name](shown or Shown()))
        self._seen = shown
        if name == "paid":
            self._thanks_until = time.monotonic() + THANKS_SECONDS


class DisplayApp(KitApp):
    """What ``pos display`` opens. Nothing on it leads anywhere."""

    TITLE = N_("Till")
    HOME = "display"
    ENABLE_COMMAND_PALETTE = False
    PLACES: ClassVar[tuple[Place, ...]] = (
        Place("unlock", N_("Locked"), "", "terminal_kit.screens.unlock:Unlock"),
        Place("display", N_("Customer display"), "", "pos.screens.display:Display"),
    )

    async def _follow(self) -> None:
        """Follow no events: the till does."""

    async def _on_exit_app(self) -> None:
        self.workers.cancel_all()  # None of them may look once the desk is closed.
        await super()._on_exit_app()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing that leads away."""
        if action in {"go", "command_palette"}:
            return False
        return super().check_action(action, parameters)
