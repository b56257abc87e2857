"""A part of a screen with content of the bank's: it loads, fails, grows stale and recovers.

A panel shows one of: what it loaded; nothing yet; why it cannot, and the key that tries again.
What it loaded stays when a reload fails, with the time it is of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual.containers import Vertical
from textual.widgets import Static
from textual.worker import get_current_worker

from terminal_kit.language import _
from terminal_kit.screens.link import clock_time
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.events import RESET, matches

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from terminal_kit.screens.app import KitApp
    from terminal_kit.screens.desk import Desk
    from terminal_kit.screens.link import Link
    from wallet_api.contract.events import Event

T = TypeVar("T")
#: Seconds after which a person is told that something is being looked up.
PATIENCE = 0.2


class Panel(Vertical, Generic[T]):
    """A subclass gives ``content`` to compose, ``load`` to ask, and ``show`` to fill it.

    ``FOLLOWS`` are the kinds of events, as patterns, after which it looks again.
    """

    FOLLOWS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._loaded_at = ""

    @property
    def desk(self) -> Desk:
        """The open profile's desk."""
        desk = cast("KitApp", self.app).desk
        assert desk is not None, "a profile is open"
        return desk

    def compose(self) -> ComposeResult:
        """Give the content, and the row that says what is wrong with it."""
        yield from self.content()
        yield Static(classes="panel-note", markup=False)

    def content(self) -> ComposeResult:
        """Give the widgets that ``show`` fills."""
        yield from ()

    def load(self) -> T:
        """Ask for the content, on a thread. Raises WalletError."""
        raise NotImplementedError

    def show(self, value: T) -> None:
        """Fill the content in."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Look for the first time, and follow the line."""
        self.reload()
        self.watch(self.app, "link", self._grow_stale, init=False)

    def hear(self, event: Event | None) -> None:
        """Look again after an event that this is about, or after some were missed."""
        if event is None or event.kind == RESET or self.is_about(event):
            self.reload()

    def is_about(self, event: Event) -> bool:
        """Say whether an event may change the content."""
        return any(matches(pattern, event.kind) for pattern in self.FOLLOWS)

    def reload(self) -> None:
        """Look again, in place of a look that is under way."""
        self.run_worker(self._reload(), group=f"panel-{id(self)}", exclusive=True)

    async def _reload(self) -> None:
        slow = self.set_timer(PATIENCE, self._say_loading)
        worker = get_current_worker()
        try:
            value = await self.desk.ask(self.load)
        except WalletError as error:
            if not worker.is_cancelled:
                self._say_error(error)
        else:
            if not worker.is_cancelled and self.is_attached:
                self._loaded_at = clock_time()
                self._note("")
                self.show(value)
        finally:
            slow.stop()

    def _say_loading(self) -> None:
        if not self._loaded_at:
            self._note(_("◌ Looking…"))

    def _say_error(self, error: WalletError) -> None:
        if self._loaded_at:
            self._note(self._stale_text(), "stale")
            return
        said = _("✗ {reason}\nCtrl+R tries again.").format(reason=told(error))
        self._note(said, "error")

    def _grow_stale(self, link: Link) -> None:
        if not link.is_live and self._loaded_at:
            self._note(self._stale_text(), "stale")

    def _stale_text(self) -> str:
        return _("▲ as of {time}").format(time=self._loaded_at)

    def _note(self, text: str, tone: str = "") -> None:
        note = self.query_one(".panel-note", Static)
        note.update(text)
        note.set_class(bool(text), "said")
        note.set_class(tone == "error", "bad")
        note.set_class(tone == "stale", "warn")
