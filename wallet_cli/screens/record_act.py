"""An act that makes a record at the service: made surely, confirmed with the PIN, and told."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from terminal_kit.language import _
from terminal_kit.screens.money import shown
from wallet_cli.certainty import Certainty, Record
from wallet_cli.screens.check import Act
from wallet_cli.screens.paying import balance_left

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal_kit.asking import Doing
    from terminal_kit.screens.outcome import Outcome
    from terminal_kit.session import Session

    Tell = Callable[[Doing], None]

M = TypeVar("M", bound=Record)


class RecordAct(Act[M]):
    """Makes a record at a ``PLACE`` of the service, an ``ANSWER``; ``made`` is it once it is known.

    Of an answer that was lost it is asked what became of it.
    """

    PLACE: ClassVar[str]
    ANSWER: type[M]
    made: M | None = None

    @abstractmethod
    def make(self, session: Session) -> M:
        """Make the record, or give one that waits for the PIN. Raises WalletError."""

    @abstractmethod
    def approve(self, session: Session, made: M, pin: str) -> M:
        """Confirm the record with the PIN. Raises PinWrong and other WalletErrors."""

    @abstractmethod
    def told(self, session: Session, made: M) -> Outcome:
        """Say how it stands. Raises WalletError."""

    def do(self, session: Session, tell: Tell) -> M:
        """Make the record."""
        make = partial(self.make, session)
        return Certainty(session, tell).made(make, self.PLACE, self.ANSWER)

    def confirm(self, session: Session, made: M, pin: str, tell: Tell) -> M:
        """Confirm the record."""
        approve = partial(self.approve, session, made, pin)
        return Certainty(session, tell).confirmed(approve, self.PLACE, made)

    def outcome(self, session: Session, made: M) -> Outcome:
        """Say how it stands and what is left, and keep the record."""
        self.made = made
        outcome, left = self.told(session, made), balance_left(session)
        balance = [] if left is None else [(_("Balance"), shown(left))]
        return replace(outcome, facts=[*outcome.facts, *balance])
