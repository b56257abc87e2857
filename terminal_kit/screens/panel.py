"""A part of a screen with content of the bank's: it loads, fails, grows stale and recovers.

A panel shows one of: what it loaded; nothing yet; why it cannot, and the key that tries again.
What it loaded stays when a reload fails, with the time it is of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from textual import work
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from terminal_kit.language import _
from terminal_kit.screens.followed import PATIENCE, Followed, as_of, stands
from terminal_kit.screens.link import clock_time
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from terminal_kit.screens.link import Link

T = TypeVar("T")


class Panel(Followed, Vertical, Generic[T]):
    """A subclass gives ``content`` to compose, ``load`` to ask, and ``show`` to fill it.

    ``FOLLOWS`` are the kinds of events, as patterns, after which it looks again.
    """

    @dataclass
    class Loaded(Message):
        """The content was filled in; told the screen, whose other parts may hang on it."""

        panel: Panel[Any]

        @property
        def control(self) -> Panel[Any]:
            """The panel."""
            return self.panel

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._loaded_at = ""

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

    def reload(self) -> None:
        """Look again, in place of a look that is under way."""
        self._reload()

    @work(group="panel", exclusive=True)
    async def _reload(self) -> None:
        slow = self.set_timer(PATIENCE, self._say_loading)
        worker = get_current_worker()
        try:
            value = await self.desk.ask(self.load)
        except WalletError as error:
            if not worker.is_cancelled and stands(self):
                self._say_error(error)
        else:
            if not worker.is_cancelled and stands(self):
                self._loaded_at = clock_time()
                self._note("")
                self.show(value)
                self.post_message(self.Loaded(self))
        finally:
            slow.stop()

    def _say_loading(self) -> None:
        if not self._loaded_at:
            self._note(_("◌ Looking…"))

    def _say_error(self, error: WalletError) -> None:
        if self._loaded_at:
            self._note(as_of(self._loaded_at), "stale")
            return
        said = _("✗ {reason}\nCtrl+R tries again.").format(reason=told(error))
        self._note(said, "error")

    def _grow_stale(self, link: Link) -> None:
        if not link.is_live and self._loaded_at:
            self._note(as_of(self._loaded_at), "stale")

    def _note(self, text: str, tone: str = "") -> None:
        # A screen that is being left has none any more.
        for note in self.query(".panel-note").results(Static):
            note.update(text)
            note.set_class(bool(text), "said")
            note.set_class(tone == "error", "bad")
            note.set_class(tone == "stale", "warn")
