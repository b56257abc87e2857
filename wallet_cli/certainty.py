"""Money that is moved for a person who looks on: a lost answer is asked for until it is known.

Commands say that the outcome is unknown and leave the asking to `wallet resume`; screens stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from terminal_kit.asking import look_up, seek
from wallet_api.contract.errors import NotFound, OutcomeUnknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal_kit.asking import Doing
    from terminal_kit.session import Standing

PIN_REQUIRED = "pin_required"


class Record(Protocol):
    """What a request made: a transfer, a gift, a top-up, a withdrawal."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def state(self) -> str:
        """Its state; in ``pin_required`` it waits for the PIN."""


R = TypeVar("R", bound=Record)


class Certainty:
    """Makes and confirms records of one wallet; ``tell`` hears that the outcome is asked for."""

    def __init__(self, session: Standing, tell: Callable[[Doing], None]) -> None:
        self._session = session
        self._tell = tell

    def made(self, make: Callable[[], R], place: str, answer: type[R]) -> R:
        """Give what ``make`` makes at a place such as ``/v1/transfers``.

        Raises OutcomeUnknown when nobody answers: to make the same again is then safe. Raises the
        errors of ``make``.
        """
        return self._known(make, lambda key: look_up(self._session, f"{place}/{key}", answer))

    def confirmed(self, confirm: Callable[[], R], place: str, waiting: R) -> R:
        """Give what became of a record that waited for the PIN. Raises as `made` does."""

        def find(_key: str) -> R | None:
            record = look_up(self._session, f"{place}/{waiting.id}", type(waiting))
            if record is not None and record.state == PIN_REQUIRED:
                raise NotFound(what="outcome")
            return record

        return self._known(confirm, find)

    def _known(self, act: Callable[[], R], find: Callable[[str], R | None]) -> R:
        try:
            return act()
        except OutcomeUnknown as error:
            key = str(error.details["id"])
        record = seek(self._session, key, lambda: find(key), None, self._tell)
        self._session.state.settle(key)
        return record
