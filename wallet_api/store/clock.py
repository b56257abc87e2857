"""The two clocks, both passed in: wall time and business time, in milliseconds since the epoch."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Now:
    """One moment on both clocks, in milliseconds.

    ``wall`` serves signatures, ids, retention and rate limits; ``business`` serves expiry, payer
    codes, limits, windows and booking time, and is the only one that a simulation moves.
    """

    wall: int
    business: int


class Clock(Protocol):
    """Where moments come from."""

    def now(self) -> Now:
        """Read both clocks."""
        ...


class SystemClock:
    """Both clocks follow the machine's."""

    def now(self) -> Now:
        """Read the machine's clock once for both."""
        milliseconds = time.time_ns() // 1_000_000
        return Now(milliseconds, milliseconds)


class LabClock:
    """The machine's clock, with a business clock that can be moved ahead, never back."""

    def __init__(self) -> None:
        self._ahead = 0

    def advance(self, milliseconds: int) -> None:
        """Move the business clock ahead."""
        assert milliseconds >= 0, "business time never decreases"
        self._ahead += milliseconds

    def catch_up(self, business: int) -> None:
        """Move the business clock ahead to a moment, in milliseconds, unless it is past that."""
        self.advance(max(business - self.now().business, 0))

    def now(self) -> Now:
        """Read the machine's clock for both, the business one moved ahead."""
        milliseconds = time.time_ns() // 1_000_000
        return Now(milliseconds, milliseconds + self._ahead)
