"""Typing ahead: a key waits until what the keys before it led to is there to take it.

The library gives a key to what has the focus when the key arrives. What another key led to, such as
the next field, a dialog or a screen, is there only some messages later, so that keys which come
right behind would be given to what was there before, or to nothing.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from textual.events import Key, Paste
from textual.widgets import Input

from terminal_kit.screens.workers import start

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from textual.screen import Screen
    from textual.widget import Widget

    from terminal_kit.screens.app import KitApp

#: What ends the program is never kept waiting.
ENDS = frozenset({"ctrl+c", "ctrl+q"})
#: How often a message may lead to another on the way from a key to what it does: a key, the action
#: that it stands for, a field's message, and that of the part of the screen that the field is in.
ROUNDS = 4
#: Keys that do what they do at once; they repeat while one holds them down.
MOVES = frozenset(
    {"up", "down", "left", "right", "pageup", "pagedown", "home", "end", "backspace", "delete"}
)
#: Seconds after which the next key is given on nevertheless: nothing may lock the keyboard.
LONGEST = 2.0


class TypeAhead:
    """Gives keys and pastes on one after the other. Its methods are called on the loop.

    ``give`` gives one to what has the focus, and says whether the library took it.
    """

    def __init__(self, app: KitApp, give: Callable[[Key | Paste], Awaitable[bool]]) -> None:
        self._app = app
        self._give = give
        self._waiting: deque[Key | Paste] = deque()
        self._holds = 0
        self._is_settling = False
        #: The screen that is known to be there, with what has the focus on it.
        self._settled: Screen[object] | None = None

    @property
    def is_settled(self) -> bool:
        """Say whether all was given on, and what it led to is there."""
        return not (self._waiting or self._is_settling)

    async def take(self, event: Key | Paste) -> None:
        """Take what was typed, and give it on as soon as it is its turn."""
        if isinstance(event, Key) and event.key in ENDS:
            await self._give(event)
            return
        self._waiting.append(event)
        if not self._is_settling:
            await self._go_on()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep what is typed until what takes it is made."""
        self._holds += 1
        try:
            yield
        finally:
            self._holds -= 1
            if not self._holds and not self._is_settling:
                self._settle()

    async def _go_on(self) -> None:
        """Give on what waits, up to what leads to something else."""
        self._is_settling = False
        while self._waiting and not self._holds and self._app.is_open:
            if self._app.screen is not self._settled:
                self._settle()
                return
            event, target = self._waiting.popleft(), self._target
            if await self._give(event) and not _stays(event, target):
                is_move = isinstance(event, Key) and event.key in MOVES
                self._settle(target, 1 if is_move else ROUNDS)
                return

    def _settle(self, target: Widget | None = None, rounds: int = ROUNDS) -> None:
        """Go on once what was given to ``target``, or what is seen now, is ready for more."""
        self._is_settling = True
        start(self._app, partial(self._wait, target, rounds), group="typing")

    async def _wait(self, target: Widget | None, rounds: int) -> None:
        if not self._app.is_open:
            return
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(LONGEST):
                    await self._ready(self._target if target is None else target, rounds)
        finally:
            if self._app.is_open:
                self._settled = self._app.screen
                self._app.call_later(self._go_on)

    async def _ready(self, target: Widget, rounds: int) -> None:
        """Have all be done that a key led to, and where it moved the focus, there too."""
        while True:
            for _round in range(rounds):
                await _handled(target)
            if not self._app.is_open or target is self._target:
                return
            target = self._target

    @property
    def _target(self) -> Widget:
        """What has the focus, or else the screen."""
        return self._app.focused or self._app.screen


def _stays(event: Key | Paste, target: Widget) -> bool:
    """Say whether something is only text for a field, which takes more behind it in order."""
    return isinstance(target, Input) and (isinstance(event, Paste) or event.is_printable)


async def _handled(target: Widget) -> None:
    """Go the way of a key: through a widget's messages, those around it, and the program's."""
    for node in target.ancestors_with_self:
        handled = asyncio.Event()
        if node.call_later(handled.set):
            await handled.wait()
