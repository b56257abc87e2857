"""The simulated bank: a partner behind the interface that a real one would implement."""

from __future__ import annotations

from typing import Protocol


class BankSilentError(Exception):
    """The bank gave no answer: whether it paid is unknown, and asking again is safe."""


class Bank(Protocol):
    """Where top-ups come from. ``key`` makes asking again safe."""

    async def debit(self, key: str, minor: int, currency: str) -> bool:
        """Take money from the customer's bank account; True when the bank paid.

        Raises BankSilentError.
        """
        ...


class SimulatedBank:
    """A bank that pays every top-up at once and remembers the keys it was asked with."""

    def __init__(self) -> None:
        self._paid: dict[str, tuple[int, str]] = {}

    async def debit(self, key: str, minor: int, currency: str) -> bool:
        """Pay; the same key asked again with the same terms is paid once only."""
        return self._paid.setdefault(key, (minor, currency)) == (minor, currency)
