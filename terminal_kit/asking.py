"""The unknown result: asking what became of a request whose answer was lost.

The moments are those of the table "Windows" of the rules of the money: 1, 2 and 4 seconds after
the request, then every 5 seconds, the last at 45. They are counted from when the request was
made, which its key carries, so a program that was killed meanwhile goes on where it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import NotFound, OutcomeUnknown
from wallet_api.contract.ids import id_milliseconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal_kit.session import Standing

T = TypeVar("T")

#: Seconds after a request at which it is asked for.
MOMENTS = (1, 2, 4, 9, 14, 19, 24, 29, 34, 39, 44, 45)
#: Seconds that one question may take; the next moment comes soon.
QUESTION_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Asking:
    """The outcome is unknown: which question comes next, of how many, in how many seconds."""

    number: int
    of: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Known:
    """What had no known outcome has one: the state it is in."""

    state: str


@dataclass(frozen=True, slots=True)
class Reversing:
    """Nobody answered in time, so the charge is being reversed."""


@dataclass(frozen=True, slots=True)
class WaitingForPayer:
    """The customer has to scan a code, or to confirm with the PIN, within so many seconds."""

    pin: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Away:
    """The service does not answer while somebody waits; it is asked again."""


Doing = Asking | Known | Reversing | WaitingForPayer | Away


def silent(_doing: Doing) -> None:
    """Tell nobody what takes long."""


def seek(
    session: Standing,
    key: str,
    find: Callable[[], T | None],
    again: Callable[[], T] | None,
    tell: Callable[[Doing], None],
) -> T:
    """Find out what became of the request ``key``, whose answer was lost.

    ``find`` asks by id: it gives nothing when there was no answer, and raises NotFound for what
    has not arrived. Then ``again`` sends the very same request with the very same key, which is
    safe however many copies arrive; without it the request is only waited for.

    Raises OutcomeUnknown when nobody knew until the last moment, and what ``again`` was refused
    with: nothing happened then.
    """

    def ask() -> T | None:
        try:
            return find()
        except NotFound:
            pass
        except WalletError as error:
            raise OutcomeUnknown(id=key) from error
        try:
            return None if again is None else again()
        except WalletError as error:
            if error.decides:
                raise
            return None

    known = _ask_until_known(session, key, ask, tell)
    if known is None:
        raise OutcomeUnknown(id=key)
    return known


def window_is_over(session: Standing, key: str) -> bool:
    """Say whether the last moment to ask for a request has passed."""
    return _elapsed(session, key) >= MOMENTS[-1]


def look_up(session: Standing, path: str, answer: type[T]) -> T | None:
    """Ask once for what a request made; nothing as long as the service says nothing of it.

    Raises NotFound when it has not arrived, and other refusals.
    """
    try:
        return session.client.get(
            path, answer=answer, read_timeout=QUESTION_SECONDS, insist=False
        ).value
    except WalletError as error:
        if error.decides:
            raise
        return None


def _ask_until_known(
    session: Standing, key: str, ask: Callable[[], T | None], tell: Callable[[Doing], None]
) -> T | None:
    """Ask at each moment that is still to come; for those that have passed, once."""
    start = max(_elapsed(session, key), 0.0)
    waited = 0.0
    for number, moment in enumerate(MOMENTS, start=1):
        if number < len(MOMENTS) and MOMENTS[number] <= start:
            continue
        # A clock that is set back must not make the loop longer.
        wait = moment - max(_elapsed(session, key), start + waited)
        tell(Asking(number, len(MOMENTS), max(wait, 0.0)))
        if wait > 0:
            session.sleep(wait)
            waited += wait
        known = ask()
        if known is not None:
            return known
    return None


def _elapsed(session: Standing, key: str) -> float:
    """Give the seconds since a request was made, by this machine's clock."""
    return (session.clock() - id_milliseconds(key)) / 1_000
