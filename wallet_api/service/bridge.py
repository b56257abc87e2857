"""Results of other threads, brought to the event loop: all that are ready with one wake-up.

`asyncio.wrap_future` wakes the loop, which is a system call, for each result alone; a batch of
answers would pay for as many.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")


class Bridge:
    """Lets requests of one loop wait for futures that the writer and the pool resolve."""

    def __init__(self) -> None:
        self._resolved: deque[asyncio.Future[None]] = deque()
        self._waking = False

    async def result(self, source: Future[T]) -> T:
        """Wait for a future of another thread. Raises what it was given."""
        loop = asyncio.get_running_loop()
        resolved = loop.create_future()

        def on_resolved(_source: Future[T]) -> None:
            self._resolved.append(resolved)
            if not self._waking and not loop.is_closed():
                self._waking = True
                loop.call_soon_threadsafe(self._go_on)

        source.add_done_callback(on_resolved)
        await resolved
        return source.result()

    def _go_on(self) -> None:
        """Let everybody go on whose result is there."""
        # Before the look, so that a result which comes during it wakes the loop again.
        self._waking = False
        while self._resolved:
            resolved = self._resolved.popleft()
            if not resolved.cancelled():
                resolved.set_result(None)
