"""Going on after a crash: requests that ended without an outcome, and what became of each.

What a request made is asked for by its key, which is its id. A request that is not there, and
whose signature is too old to be accepted any more, can never arrive: it did not happen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from terminal_kit.asking import Asking, Doing, look_up
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import NotFound
from wallet_api.contract.rules import CLOCK_TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from terminal_kit.device_state import SentRequest
    from terminal_kit.session import Standing

UNKNOWN = "unknown"
#: There is nowhere to ask: the same command again gives the same answer.
REPEAT = "repeat"
NEVER = "never_arrived"
#: Seconds between two questions.
PAUSE_SECONDS = 5.0
#: Seconds after which no copy of a request is accepted: the last attempt to send it was signed
#: within a minute, and a signature lasts another.
DEAD_SECONDS = 60 + CLOCK_TOLERANCE
QUESTIONS = 1 + round(DEAD_SECONDS / PAUSE_SECONDS)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an earlier command's request.

    ``state`` is that of what it made, or one of this module's.
    """

    id: str
    kind: str
    state: str
    amount: Mapping[str, Any] | None = None

    @property
    def known(self) -> bool:
        """Say whether there is nothing left to find out."""
        return self.state not in {UNKNOWN, REPEAT}


@dataclass(frozen=True, slots=True)
class Place:
    """Where to ask what became of requests whose path matches ``pattern``.

    In ``path``, ``{key}`` stands for the request's key and ``{0}`` for the pattern's first group.
    What is found in a state of ``before`` was there before the request.
    """

    pattern: str
    path: str
    before: frozenset[str] = frozenset()

    def matches(self, path: str) -> re.Match[str] | None:
        """Say whether a request of this path is to be asked for here."""
        return re.fullmatch(self.pattern, path)


def ask_outcome(session: Standing, sent: SentRequest, places: Sequence[Place]) -> Outcome:
    """Ask once what became of a request, and settle it when that is known."""
    unknown = Outcome(sent.key, kind_of(sent.path), UNKNOWN)
    found = next(((one, match) for one in places if (match := one.matches(sent.path))), None)
    if found is None:
        return replace(unknown, state=REPEAT)
    place, match = found
    try:
        made = look_up(session, place.path.format(*match.groups(), key=sent.key), dict[str, Any])
    except NotFound:
        made = {"state": NEVER} if is_dead(session, sent) else None
    except WalletError:
        return unknown
    if made is None or (made.get("state") in place.before and not is_dead(session, sent)):
        return unknown
    session.state.settle(sent.key)
    return replace(unknown, state=str(made.get("state", "done")), amount=made.get("amount"))


def ask_until_dead(
    session: Standing, sent: SentRequest, ask: Callable[[], Outcome], tell: Callable[[Doing], None]
) -> Outcome:
    """Ask until the outcome is known, or until it must be: no copy can arrive any more."""
    while True:
        dead = is_dead(session, sent)
        outcome = ask()
        if outcome.state != UNKNOWN or dead:
            return outcome
        asked = int((session.clock() - sent.sent_at) / 1_000 / PAUSE_SECONDS)
        tell(Asking(asked + 2, QUESTIONS, PAUSE_SECONDS))
        session.sleep(PAUSE_SECONDS)


def is_dead(session: Standing, sent: SentRequest) -> bool:
    """Say whether no copy of a request can be accepted any more."""
    return session.clock() >= sent.sent_at + DEAD_SECONDS * 1_000


def kind_of(path: str) -> str:
    """Name what a request makes, such as "payment" for /v1/payments."""
    return path.rpartition("/")[2].removesuffix("s").replace("-", "_")
