"""What every screen has: a bar that says where one is and how the line stands, a body, its keys."""

from __future__ import annotations

import dataclasses
import sys
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Footer, Static

from terminal_kit.language import N_, _
from terminal_kit.screens.banner import Banner
from terminal_kit.screens.followed import PATIENCE, Followed, stands, tell
from terminal_kit.screens.top_bar import TopBar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from textual.app import ComposeResult
    from textual.binding import ActiveBinding
    from textual.widget import Widget

    from terminal_kit.asking import Doing
    from terminal_kit.screens.app import KitApp
    from terminal_kit.screens.desk import Desk
    from wallet_api.contract.events import Event

T = TypeVar("T")
Result = TypeVar("Result")
#: Textual's own empty screen, and home over it.
LOWEST = 2


class KitScreen(Screen[Result], Generic[Result]):
    """A screen of a program.

    A subclass gives its ``TITLE``, marked by `N_`, and its ``body``. Texts of bindings are marked
    by `N_` too and translated when they are shown. ``BARE`` screens show a code that takes all rows
    of a small terminal, so they leave the bar out there. Screens with ``RESPEAKS`` lose nothing
    when they are composed anew, which makes them speak another language at once; others go on as
    they are. A subclass has the stylesheets of its bases too, each beside the module that names it.
    """

    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (20, "-short"), (27, "-tall")]  # noqa: RUF012 - Textual's
    HORIZONTAL_BREAKPOINTS = [(0, "-thin"), (60, "-narrow"), (110, "-wide")]  # noqa: RUF012
    TITLE: ClassVar[str] = ""
    CSS_PATH: ClassVar[Any] = None
    BARE: ClassVar[bool] = False
    RESPEAKS: ClassVar[bool] = False
    BINDINGS: ClassVar = [
        Binding("escape", "back", N_("Back"), id="back"),
        Binding("ctrl+r,f5", "reload", N_("Refresh"), id="reload", show=False),
    ]

    def __init_subclass__(cls, **options: Any) -> None:  # noqa: ANN401 - of Textual's own
        super().__init_subclass__(**options)
        own = cls.__dict__.get("CSS_PATH")
        if own is None:
            return
        file = sys.modules[cls.__module__].__file__
        assert file is not None, "a screen stands in a file"
        names = own if isinstance(own, list) else [own]
        inherited = next(base.CSS_PATH for base in cls.__bases__ if issubclass(base, KitScreen))
        cls.CSS_PATH = [*(inherited or ()), *(Path(file).parent / name for name in names)]

    @property
    def kit(self) -> KitApp:
        """The application, typed."""
        return cast("KitApp", self.app)

    @property
    def desk(self) -> Desk:
        """The open profile's desk."""
        assert self.kit.desk is not None, "a profile is open"
        return self.kit.desk

    def compose(self) -> ComposeResult:
        """Give the bar, the body and the keys."""
        self.set_class(self.BARE, "bare")
        yield TopBar(_(self.TITLE))
        yield Banner()
        with Vertical(id="body"):
            yield from self.body()
        yield Static(_("Make the window larger: 60 columns and 20 rows at least."), id="too-small")
        yield Footer(compact=True, show_command_palette=not self.BARE)

    def body(self) -> ComposeResult:
        """Give what stands between the bar and the keys."""
        yield from ()

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that do something now, in the person's language."""
        return {
            key: active._replace(
                binding=dataclasses.replace(
                    active.binding, description=_(active.binding.description)
                ),
                tooltip=_(active.tooltip),
            )
            for key, active in super().active_bindings.items()
        }

    async def ask(self, act: Callable[[], T]) -> T:
        """Run behaviour on a thread; what it was answered is forgotten once it has been shown.

        Raises WalletError.
        """
        value = await self.desk.ask(act)
        self.call_after_refresh(self.desk.told)
        return value

    @asynccontextmanager
    async def busy(self, widget_id: str) -> AsyncIterator[None]:
        """Show that a widget waits, once that takes so long that a person wonders."""
        widget = self.query_one(f"#{widget_id}")
        timer = self.set_timer(PATIENCE, partial(_load, widget, loading=True))
        try:
            yield
        finally:
            timer.stop()
            _load(widget, loading=False)

    def hear(self, event: Event | None) -> None:
        """React to an event, or for None to any that may have been missed."""
        for part in self.parts():
            part.hear(event)

    def parts(self) -> list[Followed]:
        """Give the parts that look again after events and at Ctrl+R."""
        return [part for part in self.walk_children() if isinstance(part, Followed)]

    def progress(self, doing: Doing) -> None:
        """Show what takes long; called on the loop, through `teller`."""

    def teller(self) -> Callable[[Doing], None]:
        """Give what behaviour tells, from its thread, what it is doing."""
        return partial(tell, self, self.progress)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to go back only where there is something below; see `textual.dom.DOMNode`."""
        del parameters
        return action != "back" or len(self.app.screen_stack) > LOWEST

    def action_back(self) -> None:
        """Leave this screen for the one below."""
        self.dismiss()

    def respeak(self) -> None:
        """Speak the language that was chosen now."""
        if self.RESPEAKS:
            self.call_next(self.recompose)
        else:
            self.query_one(TopBar).say(_(self.TITLE))
            self.query_one(Banner).show(self.kit.link)
            self.refresh_bindings()

    def action_reload(self) -> None:
        """Look at everything on this screen again."""
        for part in self.parts():
            part.reload()


def _load(widget: Widget, *, loading: bool) -> None:
    if stands(widget):
        widget.set_loading(loading)
