"""Screens that do something at the bank: one act at a time, its progress and its error in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from textual import work
from textual.widgets import Button, Static

from terminal_kit.language import _
from terminal_kit.screens.followed import PATIENCE
from terminal_kit.screens.widgets.doing import DoingLine
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError
from wallet_cli.screens.returning import Returning

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.app import ComposeResult
    from textual.widget import Widget

    from terminal_kit.asking import Doing

T = TypeVar("T")
Result = TypeVar("Result")


class Acting(Returning[Result]):
    """A subclass puts ``said`` above its buttons; those of class ``does`` rest during an act."""

    #: Whether an act is under way.
    acting = False
    #: Whether work was begun and has not ended.
    _works = False
    #: What had the focus when it began.
    _rested: Widget | None = None

    def said(self) -> ComposeResult:
        """Give the rows that say what is being done, and what went wrong."""
        yield DoingLine(id="doing")
        yield Static(id="said", markup=False)

    def begin(self, act: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Start work that asks and acts, unless some is under way: a second Enter does nothing."""
        if self._works:
            return
        self._works = True
        self._run(act)

    @work(group="act")
    async def _run(self, act: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await act()
        finally:
            self._works = False

    async def attempt(self, act: Callable[[], T]) -> T | None:
        """Do something on a thread; None where that went wrong, which is said, or is not its turn.

        To be awaited in work that `begin` started.
        """
        if self.acting:
            return None
        self._turn(acting=True)
        self.say("")
        slow = self.set_timer(PATIENCE, self._say_slow)
        try:
            value = await self.ask(act)
        except WalletError as error:
            slow.stop()
            self.say(f"✗ {told(error)}", "bad")
            return None
        else:
            slow.stop()
            self.say("")
            return value
        finally:
            self._turn(acting=False)

    def _say_slow(self) -> None:
        # The timer may be over just as the answer comes.
        if self.acting:
            self.say(_("◌ One moment…"), "muted")

    def say(self, text: str, tone: str = "bad") -> None:
        """Say something above the buttons."""
        self.query_one("#doing", DoingLine).clear()
        said = self.query_one("#said", Static)
        said.update(text)
        said.set_classes(tone)

    def progress(self, doing: Doing) -> None:
        """Say what takes long."""
        self.say("")
        self.query_one("#doing", DoingLine).tell(doing)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Stay until what was begun has an end."""
        if action == "back" and self.acting:
            return None
        return super().check_action(action, parameters)

    def _turn(self, *, acting: bool) -> None:
        if acting:
            self._rested = self.focused
        self.acting = acting
        for button in self.query(Button).filter(".does"):
            button.disabled = acting
        if not acting and self._rested is not None and self.focused is None:
            self._rested.focus()
        self.refresh_bindings()
