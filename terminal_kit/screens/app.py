"""The application that `wallet` and `pos` have in common: its desk, its line, its look."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.command import CommandPalette
from textual.message import Message
from textual.reactive import reactive

from terminal_kit.diagnostics import listening
from terminal_kit.language import N_, _, choose
from terminal_kit.screens.desk import Desk
from terminal_kit.screens.link import Line, Link, clock_time
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.settings import Settings, load_settings, save_settings
from terminal_kit.screens.themes import OWN
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import NoProfile, StoreLocked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.screen import Screen

    from terminal_kit.credentials.passphrase import Ask
    from terminal_kit.screens.places import Place
    from terminal_kit.session import Chosen
    from wallet_api.contract.events import Event

#: Seconds after which a lost line is tried again.
AGAIN_SECONDS = 1.0


@dataclass
class Said(Message):
    """What behaviour says besides its result, such as that it started the local service."""

    text: str


class KitApp(App[object]):
    """A program's screens over one profile.

    A subclass names its ``PLACES``, among them those of its home, its first run and its locked
    store. ``link`` is how the line to the bank stands; ``desk`` is there once a profile is open.
    """

    CSS_PATH = Path(__file__).with_name("kit.tcss")
    BINDINGS: ClassVar = [
        Binding("ctrl+q", "quit", N_("Quit"), id="quit", show=False, priority=True),
        Binding("ctrl+c", "interrupt", N_("Quit"), id="interrupt", show=False, system=True),
        Binding("f1", "go('help')", N_("Help"), id="help", show=False),
        Binding("ctrl+p", "command_palette", N_("everything"), id="palette", show=False),
    ]

    PLACES: ClassVar[tuple[Place, ...]] = ()
    HOME: ClassVar[str] = "home"
    FIRST_RUN: ClassVar[str] = "first-run"
    UNLOCK: ClassVar[str] = "unlock"

    link: reactive[Link] = reactive(Link())

    def __init__(self, chosen: Chosen) -> None:
        super().__init__()
        self.chosen = chosen
        self.desk: Desk | None = None
        self.failure: Exception | None = None
        self._heard = ExitStack()
        for theme in OWN:
            self.register_theme(theme)
        self.settings = load_settings()
        self._wear(self.settings)

    @classmethod
    def launch(cls, chosen: Chosen) -> int:
        """Run the screens on the terminal until the person leaves, and give the exit code.

        Raises what went wrong in the program itself.
        """
        app = cls(chosen)
        code = app.run()
        if app.failure is not None:
            raise app.failure
        return code if isinstance(code, int) else 0

    def on_mount(self) -> None:
        """Open the profile, or begin with the first run."""
        self._heard.enter_context(listening(self._say))
        self.run_worker(self._begin(), group="begin")

    async def _begin(self) -> None:
        try:
            await self.enter()
        except NoProfile:
            await self.push_screen(self.place(self.FIRST_RUN).make())
        except StoreLocked:
            await self.push_screen(self.place(self.UNLOCK).make())
        except WalletError as error:
            from terminal_kit.screens.blocked import Blocked

            await self.push_screen(Blocked(error))

    async def enter(self, ask: Ask | None = None) -> None:
        """Open the profile's desk, show home in place of any screen, and follow events.

        Without ``ask`` nobody is asked for a passphrase: a store that needs one is locked.
        Raises NoProfile, StoreLocked, StoreUnavailable, SecretMissing, StateDamaged.
        """
        self.desk = await Desk.open(self.chosen, _nobody if ask is None else ask)
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        await self.push_screen(self.place(self.HOME).make())
        self.run_worker(self._follow(), group="events", exclusive=True)

    async def action_quit(self) -> None:
        """End the program; what has no answer stays noted for the next start."""
        self.exit(0)

    async def action_interrupt(self) -> None:
        """End as a terminal program does at Ctrl+C."""
        self.exit(130)

    async def _on_exit_app(self) -> None:
        self._heard.close()
        if self.desk is not None:
            await self.desk.close()
        await super()._on_exit_app()

    async def _follow(self) -> None:
        """Show each event as it comes, and how the line stands meanwhile."""
        assert self.desk is not None, "the desk was opened"
        while True:
            try:
                await self.desk.connected(again=not self.link.is_live)
                async for event in self.desk.events(self._live):
                    self._spread(event)
            except WalletError as error:
                self._lost(error)
            await asyncio.sleep(AGAIN_SECONDS)

    def _live(self) -> None:
        """Say that what is shown is true from now on, and have everything looked at once."""
        self.link = Link(Line.LIVE, clock_time())
        self._spread(None)

    def _lost(self, error: WalletError) -> None:
        line = Line.REFUSED if error.decides else Line.OFFLINE
        since = self.link.since if self.link.line is line else clock_time()
        self.link = Link(line, since, error)

    def _spread(self, event: Event | None) -> None:
        self.heard(event)
        for screen in self.screen_stack:
            if isinstance(screen, KitScreen):
                screen.hear(event)

    def heard(self, event: Event | None) -> None:
        """React to an event wherever the person is; None stands for any that were missed."""

    def go(self, place: str) -> None:
        """Go to a place of the table."""
        self.push_screen(self.place(place).make())

    def action_go(self, place: str) -> None:
        """Go to a place, unless it is what is seen already or no profile is open."""
        made = self.place(place).make()
        if self.desk is not None and type(made) is not type(self.screen):
            self.push_screen(made)

    def place(self, name: str) -> Place:
        """Give a place of the table."""
        return next(one for one in self.PLACES if one.id == name)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Give the palette every place, and what holds for the whole program."""
        del screen
        for place in self.PLACES if self.desk is not None else ():
            if place.about:
                yield SystemCommand(_(place.title), _(place.about), partial(self.go, place.id))
        yield SystemCommand(_("Theme"), _("Choose among all themes"), self.action_change_theme)
        yield SystemCommand(_("Keys"), _("Show the keys of this screen"), self.action_show_keys)
        yield SystemCommand(_("Quit"), _("Leave the program"), self.action_quit)

    def action_show_keys(self) -> None:
        """Show the keys of the current screen beside it, or put them away."""
        if self.screen.query("HelpPanel"):
            self.action_hide_help_panel()
        else:
            self.action_show_help_panel()

    def action_command_palette(self) -> None:
        """Open the palette, which asks in the person's language."""
        if not CommandPalette.is_open(self):
            placeholder = _("Search for what to do…")
            self.push_screen(CommandPalette(placeholder=placeholder, id="--command-palette"))

    def change(self, settings: Settings) -> None:
        """Take over settings and keep them. Raises OSError."""
        save_settings(settings)
        self._wear(settings)
        if settings.language is not None:
            choose(settings.language)
        for screen in self.screen_stack:
            screen.refresh(recompose=True)

    def _wear(self, settings: Settings) -> None:
        self.settings = settings
        self.theme = settings.theme if settings.theme in self.available_themes else "night"
        self.animation_level = "full" if settings.motion else "none"

    def _say(self, text: str) -> None:
        """Take what commands say on stderr, which the screens own; called from any thread."""
        self.post_message(Said(text))

    def on_said(self, said: Said) -> None:
        """Show it for a while."""
        self.notify(said.text, markup=False)

    def _handle_exception(self, error: Exception) -> None:
        self.failure = self.failure or error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End without Textual's traceback, which would show what variables hold."""
        self._close_messages_no_wait()


def _nobody(_prompt: str) -> str:
    raise EOFError
