"""Virtual time: an event loop that never waits, and two clocks that move when everybody does.

Nothing here reads the machine's clock: when all that is left is to wait, the time of the next
timer is now.
"""

from __future__ import annotations

import asyncio
import selectors
from typing import TYPE_CHECKING

from wallet_api.store.clock import Now

if TYPE_CHECKING:
    from typing import Final

#: 1 February 2026, 09:00 in Shanghai.
START_MS: Final = 1_769_907_600_000


class VirtualClock:
    """Seconds since the start as a float, and both clocks of the service in milliseconds."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def milliseconds(self) -> int:
        """Give the wall time."""
        return START_MS + round(self.seconds * 1_000)

    def now(self) -> Now:
        """Give both clocks, which agree."""
        return Now(self.milliseconds(), self.milliseconds())

    def next_hour(self) -> None:
        """Move to a full hour, so that the time of day never depends on what happened before."""
        self.seconds = (self.seconds // 3_600 + 1) * 3_600


class _Timekeeper(selectors.SelectSelector):
    """Watches no file: to wait is to move the clock."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Let the time pass at once."""
        assert timeout is not None, "everybody waits for something that never comes"
        self._clock.seconds += max(timeout, 0.0)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop on a virtual clock, for one thread."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__(_Timekeeper(clock))
        self._virtual = clock

    def time(self) -> float:
        """Give the loop's time, which is the clock's."""
        return self._virtual.seconds

    def _write_to_self(self) -> None:
        """Wake nobody up: the loop never sleeps."""
