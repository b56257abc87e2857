"""The application that `wallet` and `pos` have in common: its desk, its line, its look."""

from __future__ import annotations

import asyncio
import gc
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual._context import active_message_pump
from textual.app import App, ScreenStackError, SystemCommand
from textual.binding import Binding
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.events import Key, Paste
from textual.message import Message
from textual.reactive import reactive
from textual.worker import NoActiveWorker, WorkerFailed, get_current_worker

from terminal_kit.diagnostics import listening
from terminal_kit.language import N_, _, choose, language
from terminal_kit.screens.desk import Desk
from terminal_kit.screens.followed import stands
from terminal_kit.screens.link import Line, Link, clock_time, line_after
from terminal_kit.screens.screen import KitScreen
from terminal_kit.screens.themes import OWN
from terminal_kit.screens.type_ahead import TypeAhead
from terminal_kit.screens.workers import start
from terminal_kit.settings import Settings, load_settings, save_settings
from terminal_kit.words import system_reason
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import DeviceUnknown, NoProfile, StoreLocked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.command import Provider
    from textual.events import Event as Happening
    from textual.screen import Screen

    from terminal_kit.credentials.passphrase import Ask
    from terminal_kit.screens.places import Place
    from terminal_kit.session import Chosen
    from wallet_api.contract.events import Event

#: New objects before the youngest are gone through, and such rounds before older ones are.
COLLECTOR_PACE = (20_000, 20, 20)
#: Seconds after which a lost line is tried again.
AGAIN_SECONDS = 1.0
HELP = "help"


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
        Binding("f1,question_mark", "go('help')", N_("Help"), id="help", show=False),
        Binding("ctrl+p", "command_palette", N_("everything"), id="palette", show=False),
    ]

    PLACES: ClassVar[tuple[Place, ...]] = ()
    HOME: ClassVar[str] = "home"
    FIRST_RUN: ClassVar[str] = "first-run"
    UNLOCK: ClassVar[str] = "unlock"
    #: What a person can still do without the bank, marked by `N_`.
    STILL_WORKS: ClassVar[str] = ""

    link: reactive[Link] = reactive(Link())

    def __init__(self, chosen: Chosen) -> None:
        super().__init__()
        self.chosen = chosen
        self.desk: Desk | None = None
        self.failure: Exception | None = None
        #: The folder where a picture was found last, while the program runs.
        self.pictures: Path | None = None
        #: Why the store did not open.
        self.locked: WalletError | None = None
        self._heard = ExitStack()
        self._keeping = asyncio.Lock()
        self.typing = TypeAhead(self, self._give)
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
        # A picture makes thousands of objects that are gone with the next one. At its usual pace
        # the collector goes through them several times for each, a third of all time spent.
        gc.freeze()
        gc.set_threshold(*COLLECTOR_PACE)
        code = app.run()
        if app.failure is not None:
            raise app.failure
        return code if isinstance(code, int) else 0

    @property
    def is_open(self) -> bool:
        """Whether there are screens: not while the program ends, or before it began."""
        return self.is_running and not self._exit and bool(self.screen_stack)

    async def on_event(self, event: Happening) -> None:
        """Have what is typed wait for its turn; see `TypeAhead`."""
        if isinstance(event, (Key, Paste)) and not event.is_forwarded:
            await self.typing.take(event)
        else:
            await super().on_event(event)

    async def _give(self, event: Key | Paste) -> bool:
        """Give on what was typed, and say whether that was done."""
        if not self.is_open or self.sees(event):
            return False
        await super().on_event(event)
        return True

    def sees(self, event: Key | Paste) -> bool:
        """See what is typed before anything else does, and keep it where this gives True."""
        del event
        return False

    def on_mount(self) -> None:
        """Open the profile, or begin with the first run."""
        self._heard.enter_context(listening(self._say))
        start(self, partial(self._begin), group="begin")

    async def _begin(self) -> None:
        with self.typing.held():
            try:
                await self.enter()
            except NoProfile:
                await self.push_screen(self.place(self.FIRST_RUN).make())
            except StoreLocked as error:
                self.locked = error
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
        start(self, partial(self._follow), group="events", exclusive=True)

    async def action_quit(self) -> None:
        """End the program; what has no answer stays noted for the next start."""
        self.exit(0)

    async def action_interrupt(self) -> None:
        """End as a terminal program does at Ctrl+C."""
        self.exit(130)

    async def _shutdown(self) -> None:
        # What is still looked up has nowhere to be shown once the screens are taken down.
        self.workers.cancel_all()
        await self.let_go()
        await super()._shutdown()

    async def let_go(self) -> None:
        """Hear nothing any more, and close the desk."""
        self._heard.close()
        if self.desk is not None:
            await self.desk.close()

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
        line = line_after(error)
        since = self.link.since if self.link.line is line else clock_time()
        self.link = Link(line, since, error)

    def watch_link(self, link: Link) -> None:
        """Cover everything where the bank lets this device do nothing."""
        over = None if link.error is None else self.cover(link.error)
        if over is not None and not any(type(one) is type(over) for one in self.screen_stack):
            self.push_screen(over)

    def cover(self, error: WalletError) -> Screen[None] | None:
        """Give the screen to be seen instead of all others after a refusal, if there is one."""
        from terminal_kit.screens.shut_out import ShutOut

        return ShutOut() if isinstance(error, DeviceUnknown) else None

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
        """Go to a place, unless it is what is seen already; to help also without a profile."""
        made = self.place(place).make()
        if (self.desk is not None or place == HELP) and type(made) is not type(self.screen):
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
        self._open_palette(_("Search for what to do…"))

    def search_themes(self) -> None:
        """Let a person choose among all themes; the one chosen is kept."""
        from terminal_kit.screens.palette import Themes

        self._open_palette(_("Search for a theme…"), [Themes])

    def _open_palette(self, placeholder: str, among: list[type[Provider]] | None = None) -> None:
        from terminal_kit.screens.palette import Palette

        if not Palette.is_open(self):
            self.push_screen(Palette(placeholder, among))

    def change(self, settings: Settings) -> None:
        """Take over settings at once, and keep them."""
        spoken, before = language(), self.settings
        self._wear(settings)
        if settings.language != before.language:
            choose(settings.language)
        if language() != spoken:
            for screen in self.screen_stack:
                if isinstance(screen, KitScreen):
                    screen.respeak()
        self.run_worker(self._keep(settings), group="settings")

    async def _keep(self, settings: Settings) -> None:
        try:
            async with self._keeping:
                await asyncio.to_thread(save_settings, settings)
        except OSError as error:
            said = _("The settings hold for now but cannot be kept: {reason}.")
            self._say(said.format(reason=system_reason(error)))

    def _wear(self, settings: Settings) -> None:
        self.settings = settings
        self.theme = self.kept_theme()
        self.animation_level = "full" if settings.motion else "none"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the colours of ours that other themes lack; see `textual.app.App`."""
        return {"muted": "ansi_default" if self.current_theme.ansi else "auto 75%"}

    def kept_theme(self) -> str:
        """Give the theme of the settings, or night where there is no such theme."""
        theme = self.settings.theme
        return theme if theme in self.available_themes else "night"

    def _say(self, text: str) -> None:
        """Take what commands say on stderr, which the screens own; called from any thread."""
        self.post_message(Said(text))

    def on_said(self, said: Said) -> None:
        """Show it for a while."""
        self.notify(said.text, markup=False)

    def _handle_exception(self, error: Exception) -> None:
        # What is half made or taken away misses parts of itself; nobody will see it any more.
        reason = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(reason, (NoMatches, ScreenStackError)) and not (self.is_open and _in_use()):
            return
        self.failure = self.failure or error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End without Textual's traceback, which would show what variables hold."""
        self._close_messages_no_wait()


def _in_use() -> bool:
    """Say whether what runs now does so for something that stays on the screens."""
    try:
        node: object = get_current_worker().node
    except NoActiveWorker:
        node = active_message_pump.get()
    return isinstance(node, DOMNode) and stands(node)


def _nobody(_prompt: str) -> str:
    raise EOFError
