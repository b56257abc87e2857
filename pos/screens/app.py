"""The till's screens as one program."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from pos.display_feed import DisplayFeed
from pos.screens.places import PLACES
from pos.till import Till
from terminal_kit.language import N_
from terminal_kit.screens.app import KitApp
from terminal_kit.screens.scanned import Scanned
from terminal_kit.screens.workers import start
from wallet_api.contract.error_base import WalletError

if TYPE_CHECKING:
    from textual.events import Key, Paste

    from terminal_kit.credentials.passphrase import Ask
    from terminal_kit.screens.places import Place
    from terminal_kit.session import Chosen


class TillApp(KitApp):
    """What `pos` opens without a command."""

    TITLE = N_("Till")
    HOME = "sale"
    PLACES: ClassVar[tuple[Place, ...]] = PLACES
    STILL_WORKS = N_("Ringing up, holding and printing again still work.")

    _feed: DisplayFeed | None = None

    def __init__(self, chosen: Chosen) -> None:
        super().__init__(chosen)
        #: The charges whose end this run has shown, so that nobody hears of them as earlier ones.
        self.ended: set[str] = set()

    @property
    def feed(self) -> DisplayFeed:
        """What the customer display shows; its calls return at once."""
        if self._feed is None:
            assert self.desk is not None, "a profile is open"
            self._feed = DisplayFeed(self.desk.session)
        return self._feed

    def sees(self, event: Key | Paste) -> bool:
        """Let a screen that a hand scanner may type into see every key first."""
        screen = self.screen
        return isinstance(screen, Scanned) and screen.sees(event)

    async def enter(self, ask: Ask | None = None) -> None:
        """Open the profile's desk, and its customer display with it."""
        await self._end_feed()
        self._feed = None
        await super().enter(ask)
        start(self, self._name_display, group="display", exclusive=True)

    async def _name_display(self) -> None:
        assert self.desk is not None, "the profile was opened"
        with suppress(WalletError):  # A charge brings the name too.
            card = await self.desk.ask(Till(self.desk.session).card)
            self.feed.named(card.name)

    async def _on_exit_app(self) -> None:
        await self._end_feed()
        await super()._on_exit_app()

    async def _end_feed(self) -> None:
        if self._feed is not None and self.desk is not None:
            await self.desk.look(self._feed.close)
