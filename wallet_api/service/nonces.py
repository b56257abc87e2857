"""Signatures seen within the time that they are accepted, so that none works twice."""

from __future__ import annotations

from collections import deque

from wallet_api.contract.errors import ClockSkew, Overloaded, SignatureReplayed
from wallet_api.contract.rules import CLOCK_TOLERANCE

LARGEST_MEMORY = 1_000_000


class Nonces:
    """Nonces of the last two minutes, in memory.

    What was signed before this process started is refused as skewed, because an earlier process
    may have seen it; the client then signs anew with the time of the answer.
    """

    def __init__(self, started_ms: int, limit: int = LARGEST_MEMORY) -> None:
        self._started = started_ms // 1_000
        self._limit = limit
        self._seen: set[tuple[str, str]] = set()
        self._order: deque[tuple[int, tuple[str, str]]] = deque()

    def __len__(self) -> int:
        return len(self._order)

    def require_current(self, created: int, wall_ms: int) -> None:
        """Check the second that a signature was made in. Raises ClockSkew with the time here."""
        now = wall_ms // 1_000
        if created < self._started or abs(now - created) > CLOCK_TOLERANCE:
            raise ClockSkew(time=now)

    def remember(self, device: str, nonce: str, wall_ms: int) -> None:
        """Take note of a signature that was checked. Raises SignatureReplayed, Overloaded."""
        now = wall_ms // 1_000
        while self._order and self._order[0][0] < now - 2 * CLOCK_TOLERANCE - 1:
            self._seen.discard(self._order.popleft()[1])
        entry = (device, nonce)
        if entry in self._seen:
            raise SignatureReplayed
        if len(self._order) >= self._limit:
            raise Overloaded
        self._seen.add(entry)
        self._order.append((now, entry))
