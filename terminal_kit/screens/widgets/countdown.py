"""What is left of a time: a bar that empties and the seconds beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

#: Eighths of a cell, from empty to full.
EIGHTHS = " ▏▎▍▌▋▊▉█"


class Countdown(Static):
    """Counts down to a moment of the service's business time, in milliseconds.

    ``now`` gives that time. The time is written out too, so nothing hangs on the bar or its colour.
    """

    @dataclass
    class Over(Message):
        """The moment has come."""

        countdown: Countdown

        @property
        def control(self) -> Countdown:
            """The countdown."""
            return self.countdown

    def __init__(self, now: Callable[[], int], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self._now = now
        self._from = self._until = 0
        self._timer: Timer | None = None

    def count(self, until: int, life: int) -> None:
        """Count to ``until``; the bar is full with ``life`` milliseconds left."""
        self._from, self._until = until - life, until
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_interval(1.0, self._tick)
        self._tick()

    def stop(self) -> None:
        """Count no more and show nothing."""
        if self._timer is not None:
            self._timer.stop()
        self._from = self._until = 0
        self.update("")

    def _tick(self) -> None:
        left = max(self._until - self._now(), 0)
        seconds = math.ceil(left / 1_000)
        written = f"{seconds // 60}:{seconds % 60:02d}"
        room = max(self.size.width - len(written) - 1, 0)
        self.update(f"{written} {bar(left / max(self._until - self._from, 1), room)}")
        self.set_class(seconds <= 10, "-urgent")
        if not left:
            assert self._timer is not None, "it was counting"
            self._timer.stop()
            self.post_message(self.Over(self))

    def on_resize(self) -> None:
        """Draw the bar for the new width."""
        if self._timer is not None and self._until > self._now():
            self._tick()


def bar(share: float, cells: int) -> str:
    """Draw a share from 0 to 1 as a bar of so many cells."""
    eighths = round(min(max(share, 0.0), 1.0) * cells * 8)
    full, rest = divmod(eighths, 8)
    drawn = "█" * full + (EIGHTHS[rest] if rest else "")
    return drawn + " " * (cells - len(drawn))
