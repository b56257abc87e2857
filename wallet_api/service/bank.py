"""The interface to the bank that holds the customers' money: what a partner implements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wallet_api.banking.notices import Notice


class BankSilentError(Exception):
    """The bank gave no answer: whether it acted is unknown, and asking again is safe.

    ``simulated`` names the rule of a simulated bank that silenced it.
    """

    def __init__(self, simulated: str | None = None) -> None:
        super().__init__("the bank is silent")
        self.simulated = simulated


@dataclass(frozen=True, slots=True)
class Instruction:
    """What the bank is asked to do. ``key`` makes asking again safe; ``minor`` is positive."""

    key: str
    purpose: str
    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The bank's word: it moved the money, or refused to."""

    paid: bool
    simulated: str | None = None


@dataclass(frozen=True, slots=True)
class BankMovement:
    """One line of the bank's statement: signed minor units, positive where money came in.

    ``at`` is milliseconds of business time; ``key`` is the instruction's, or the bank's own.
    """

    at: int
    key: str
    minor: int
    currency: str


class Bank(Protocol):
    """Where the customers' money lies."""

    async def debit(self, instruction: Instruction) -> Reply:
        """Bring money in: from a customer's bank account, or the firm's. Raises BankSilentError."""
        ...

    async def credit(self, instruction: Instruction) -> Reply:
        """Pay money out: to a bank account of a customer, a merchant or the firm.

        Raises BankSilentError.
        """
        ...

    async def notices(self) -> Sequence[Notice]:
        """Give what the bank has to say unasked, until it is acknowledged; bounded."""
        ...

    async def acknowledge(self, notice: int) -> None:
        """Say that a notice was heard."""
        ...

    async def statement(self, until: int) -> Sequence[BankMovement]:
        """Give every movement before a moment, in milliseconds of business time."""
        ...
