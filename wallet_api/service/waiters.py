"""Who waits for what inside one process."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Waiters:
    """Requests that wait for a change of an id, woken after COMMIT from the writer's thread."""

    def __init__(self) -> None:
        self._events: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._loop: asyncio.AbstractEventLoop | None = None
        self.stopping = False

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Name the loop that the waiting requests run on."""
        self._loop = loop

    @property
    def count(self) -> int:
        """How many wait."""
        return sum(len(events) for events in self._events.values())

    def wake_from_writer(self, subjects: frozenset[str]) -> None:
        """Pass touched ids on to the loop; called on the writer's thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.wake, subjects)

    def wake(self, subjects: Iterable[str]) -> None:
        """Wake whoever waits for one of these ids."""
        for subject in subjects:
            for event in self._events.get(subject, ()):
                event.set()

    def stop(self) -> None:
        """Wake everybody: the service is draining, so they answer with the current state."""
        self.stopping = True
        self.wake_all()

    def wake_all(self) -> None:
        """Wake everybody, to look again."""
        self.wake(tuple(self._events))

    def begin(self, subject: str) -> asyncio.Event:
        """Start to wait for an id."""
        event = asyncio.Event()
        self.join(subject, event)
        return event

    def join(self, subject: str, event: asyncio.Event) -> None:
        """Have an event wait for one more id."""
        self._events[subject].add(event)

    def end(self, subject: str, event: asyncio.Event) -> None:
        """Stop to wait."""
        self._events[subject].discard(event)
        if not self._events[subject]:
            del self._events[subject]
