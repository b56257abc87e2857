"""How many may enrol: so many a minute from one address, so many an hour in all."""

from __future__ import annotations

import ipaddress
import re
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.contract.errors import RateLimited

if TYPE_CHECKING:
    from wallet_api.store.answers import Key

MINUTE_MS, HOUR_MS = 60_000, 3_600_000
#: Whoever has one IPv6 address has all of its network's (RFC 4291 section 2.5.4).
IPV6_NETWORK = 64


@dataclass(frozen=True, slots=True)
class EnrolmentRate:
    """The limits: enrolments a minute from one address, and an hour from all together."""

    minute: int
    hour: int


DEFAULT_RATE = EnrolmentRate(10, 100)


def read_rate(text: str) -> EnrolmentRate:
    """Read limits written as ``10/100``. Raises ValueError."""
    if not re.fullmatch("[1-9][0-9]{0,8}/[1-9][0-9]{0,8}", text):
        raise ValueError(text)
    minute, hour = text.split("/")
    return EnrolmentRate(int(minute), int(hour))


class _Window:
    """What was counted in the last so many milliseconds, up to a limit."""

    def __init__(self, limit: int, period_ms: int) -> None:
        self._limit = limit
        self._period_ms = period_ms
        self._moments: deque[int] = deque()
        self.last = 0

    def require_room(self, wall_ms: int) -> None:
        """Let the old fall out. Raises RateLimited with the seconds until there is room."""
        while self._moments and self._moments[0] <= wall_ms - self._period_ms:
            self._moments.popleft()
        if len(self._moments) >= self._limit:
            left_ms = self._moments[0] + self._period_ms - wall_ms
            raise RateLimited(retry_after=-(-left_ms // 1_000))

    def add(self, wall_ms: int) -> None:
        """Count one."""
        self.last = wall_ms
        self._moments.append(wall_ms)


class Enrolments:
    """The enrolments of the last hour, in memory.

    Only those are counted whose key proved possession, so that nobody can use the numbers up with
    noise; one that is sent again after a lost answer counts once.
    """

    def __init__(self, rate: EnrolmentRate = DEFAULT_RATE) -> None:
        self._rate = rate
        self._all = _Window(self._rate.hour, HOUR_MS)
        self._near: dict[str, _Window] = {}
        #: In the order of their moments, each with its moment and its network.
        self._counted: dict[Key, tuple[int, str]] = {}

    def count(self, address: str, key: Key, wall_ms: int) -> None:
        """Count one from a peer's address. Raises RateLimited with the seconds to wait."""
        self._forget(wall_ms - HOUR_MS)
        if key in self._counted:
            return
        network = _network(address)
        near = self._near.get(network) or _Window(self._rate.minute, MINUTE_MS)
        near.require_room(wall_ms)
        self._all.require_room(wall_ms)
        near.add(wall_ms)
        self._all.add(wall_ms)
        self._near[network] = near
        self._counted[key] = (wall_ms, network)

    def _forget(self, until_ms: int) -> None:
        """Drop what was counted up to a moment, and the networks that nobody came from since."""
        while self._counted:
            key, (moment, network) = next(iter(self._counted.items()))
            if moment > until_ms:
                return
            del self._counted[key]
            if network in self._near and self._near[network].last <= until_ms:
                del self._near[network]


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((parsed, IPV6_NETWORK), strict=False))
