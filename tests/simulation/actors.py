"""People and their programs: blocking code that takes turns with the rest of the world.

An actor runs on a thread of its own, and the world stands still while it does. Wherever its code
would wait, it hands a coroutine to the loop and sleeps until that is done.
"""

from __future__ import annotations

import asyncio
import threading
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

T = TypeVar("T")


class Killed(BaseException):
    """kill -9: no handler of the program may catch it, and nothing it does afterwards counts."""


class Actor:
    """One person, whose program may be killed at a step (``countdown`` steps from now)."""

    def __init__(self) -> None:
        self.countdown: int | None = None
        self.dead = False
        self._turn = asyncio.Lock()
        self._thread: threading.Thread | None = None
        self._to_loop: SimpleQueue[tuple[str, Any]] = SimpleQueue()
        self._to_actor: SimpleQueue[tuple[bool, Any]] = SimpleQueue()

    async def play(self, act: Callable[[], T]) -> T:
        """Run blocking code to its end, one program after another. Raises what it raises."""
        async with self._turn:
            return await self._play(act)

    async def _play(self, act: Callable[[], T]) -> T:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()
        self._to_actor.put((True, act))
        while True:
            kind, value = self._to_loop.get()
            if kind == "done":
                return value  # type: ignore[no-any-return]
            if kind == "failed":
                raise value
            try:
                self._to_actor.put((True, await value))
            except Exception as error:  # noqa: BLE001 - it belongs to the actor.
                self._to_actor.put((False, error))

    def _work(self) -> None:
        """Do on the actor's thread what is to be played, until there is nothing more."""
        while (act := self._to_actor.get()[1]) is not None:
            try:
                self._to_loop.put(("done", act()))
            except BaseException as error:  # noqa: BLE001 - whoever awaits gets it.
                self._to_loop.put(("failed", error))

    def leave(self) -> None:
        """End the actor's thread."""
        if self._thread is not None:
            self._to_actor.put((True, None))
            self._thread.join()

    def hold(self, work: Coroutine[Any, Any, T]) -> T:
        """Wait for something in the world; called by the actor's own code."""
        self._to_loop.put(("await", work))
        worked, value = self._to_actor.get()
        if worked:
            return value  # type: ignore[no-any-return]
        raise value

    def step(self) -> None:
        """Take a step that the outside can notice. Raises Killed when it is the last."""
        if self.countdown is not None:
            self.countdown -= 1
            if self.countdown <= 0:
                self.dead = True
        if self.dead:
            raise Killed

    def start_program(self, countdown: int | None) -> None:
        """Begin a new process."""
        self.countdown, self.dead = countdown, False
