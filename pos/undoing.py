"""Giving money back while a person looks on: a lost answer is asked for until it is known."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from pos.till import Till
from terminal_kit.asking import look_up, seek, silent
from wallet_api.contract.errors import NotFound, OutcomeUnknown
from wallet_api.contract.wire import Charge, Refund, Reversal

if TYPE_CHECKING:
    from collections.abc import Callable

    from payment_codes.amount import Amount
    from terminal_kit.asking import Doing
    from terminal_kit.session import Standing

T = TypeVar("T")


class Undoing:
    """Refunds, reverses and closes charges of one till; ``tell`` hears that somebody is asked."""

    def __init__(self, session: Standing, tell: Callable[[Doing], None] = silent) -> None:
        self._session = session
        self._till = Till(session)
        self._tell = tell

    def refund(self, charge: str, amount: Amount, reason: str | None) -> Refund:
        """Give back part of a paid charge.

        Raises OutcomeUnknown when nobody answers; to ask for the same again is then safe.
        """
        try:
            return self._till.refund(charge, amount, reason)
        except OutcomeUnknown as error:
            key = str(error.details["id"])
        find = partial(look_up, self._session, f"/v1/refunds/{key}", Refund)
        refund = seek(self._session, key, find, None, self._tell)
        self._session.state.settle(key)
        return refund

    def reverse(self, charge: str) -> Reversal:
        """Undo a charge whatever became of it. Raises OutcomeUnknown when nobody answers."""
        return self._repeated(partial(self._till.reverse, charge))

    def close(self, charge: str) -> Charge:
        """Give up an unpaid charge. Raises AlreadyPaid, OutcomeUnknown when nobody answers."""
        closed = self._repeated(partial(self._till.close, charge))
        self._session.state.watch(closed.id, is_open=closed.state.is_open)
        return closed

    def _repeated(self, act: Callable[[], T]) -> T:
        """Do what may be done twice, with the same key each time, until it is answered."""
        try:
            return act()
        except OutcomeUnknown as error:
            key = str(error.details["id"])

        def find() -> T | None:
            raise NotFound(what="answer")

        return seek(self._session, key, find, act, self._tell)
