"""One call to the service as a state machine without I/O: what to send, and what to do next.

A write that may have arrived is sent again with the same key until its stored answer comes back;
until then its outcome is unknown. A read changes nothing, so it is soon given up. A caller that
follows a loop of its own after a lost answer has each call sent once.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from wallet_api.client.answers import Reply, decoded, is_replay, problem_error
from wallet_api.contract.errors import (
    AnswerInvalid,
    ClockSkew,
    OutcomeUnknown,
    Overloaded,
    RateLimited,
    RequestTimeout,
    ServiceUnreachable,
    SignatureReplayed,
)
from wallet_api.contract.signatures import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wallet_api.client.call import Call
    from wallet_api.client.session import Session
    from wallet_api.contract.error_base import WalletError

T = TypeVar("T")

FIRST_WAIT_MS = 100
#: How long a service that was never reached is tried: enough for one that is just starting.
REFUSED_MS = 1_000
READ_RETRIES = 3

#: Refusals that say when to come again; nothing happened.
BUSY = frozenset({Overloaded.code, RateLimited.code, RequestTimeout.code})


class Miss(enum.Enum):
    """Why an attempt brought no answer."""

    NOT_SENT = enum.auto()
    LOST = enum.auto()
    NONSENSE = enum.auto()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request ready to be sent; ``read_timeout`` is in seconds."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    read_timeout: float


@dataclass(frozen=True, slots=True)
class Received:
    """A full HTTP answer. ``headers`` are found by their lower-case names."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Wait:
    """Send the request anew after this many seconds."""

    seconds: float


class Exchange(Generic[T]):
    """The state of one call: how often it was sent, how long it took, what may have arrived."""

    def __init__(self, session: Session, call: Call[T]) -> None:
        if session.signs and call.signed and call.changes and call.key is None:
            raise ValueError("a signed write needs an idempotency key")
        self._session = session
        self._call = call
        self._started_ms = session.clock()
        self._waited_ms = 0
        self._next_wait_ms = FIRST_WAIT_MS
        self._unanswered = 0
        self._corrected = False

    def request(self) -> Outgoing:
        """Give the request to send now, signed anew."""
        call, session = self._call, self._session
        headers = {
            "Host": session.authority,
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": "terminal-wallet",
        }
        if call.changes:
            headers["Content-Type"] = "application/json"
        if call.key is not None:
            headers["Idempotency-Key"] = call.key
        if session.signs and call.signed:
            message = Message(
                call.method, session.authority, call.path, call.query, call.body, call.key
            )
            headers |= session.signature(message)
        return Outgoing(call.method, call.target, headers, call.body, call.read_timeout)

    def heard(self, outcome: Received | Miss) -> Reply[T] | Wait:
        """Take what an attempt brought; give the answer, or how long to wait before the next.

        Raises what the service refused with, ServiceUnreachable or AnswerInvalid when nothing
        happened, and OutcomeUnknown when a write may have happened.
        """
        if isinstance(outcome, Miss):
            return self._missed(outcome)
        business_ms = self._session.learn_business_time(outcome.headers)
        if 200 <= outcome.status < 300:
            value = decoded(outcome.body, self._call.answer)
            if value is not None:
                return Reply(value, is_replay(outcome.headers), business_ms)
        error = problem_error(outcome.status, outcome.headers, outcome.body)
        if error is None:
            return self._missed(Miss.NONSENSE)
        return self._refused(error, outcome.headers)

    def _missed(self, miss: Miss) -> Wait:
        url = self._session.url
        if miss is Miss.NONSENSE:
            return self._ask_again(AnswerInvalid(url=url))
        error = ServiceUnreachable(url=url)
        if miss is Miss.LOST:
            return self._ask_again(error)
        patience_ms = self._session.patience_ms
        if not self._may_have_happened:
            patience_ms = min(patience_ms, REFUSED_MS)
        return self._wait(error, patience_ms)

    def _refused(self, error: WalletError, headers: Mapping[str, str]) -> Wait:
        if error.code in BUSY:
            return self._wait(error, self._session.patience_ms, _retry_after_ms(headers))
        if error.code == ClockSkew.code and not self._corrected:
            self._corrected = self._session.learn_wall_time(error.details.get("time"))
            if self._corrected:
                return Wait(0)
        # A signature that came twice was doubled on its way: its first copy may have worked.
        if error.status >= 500 or error.code == SignatureReplayed.code:
            return self._ask_again(error)
        raise self._verdict(error)

    def _ask_again(self, error: WalletError) -> Wait:
        """Go on after an attempt that may have done its work."""
        self._unanswered += 1
        given_up = self._call.key is None and self._unanswered > READ_RETRIES
        if given_up or not self._call.insists:
            raise self._verdict(error)
        return self._wait(error, self._session.patience_ms)

    def _wait(self, error: WalletError, patience_ms: int, asked_ms: int = 0) -> Wait:
        """Choose the next wait; the waits alone use patience up, should the clock stand still."""
        spent_ms = max(self._session.clock() - self._started_ms, self._waited_ms)
        left_ms = patience_ms - spent_ms
        if left_ms <= 0 or asked_ms > left_ms:
            raise self._verdict(error)
        wait_ms = min(max(self._next_wait_ms, asked_ms), left_ms)
        self._next_wait_ms *= 2
        self._waited_ms += wait_ms
        return Wait(wait_ms / 1000)

    @property
    def _may_have_happened(self) -> bool:
        return self._call.key is not None and self._unanswered > 0

    def _verdict(self, error: WalletError) -> WalletError:
        """Give the error to end with: the last one, unless it leaves an earlier attempt open."""
        if error.decides or not self._may_have_happened:
            return error
        unknown = OutcomeUnknown(id=self._call.key)
        unknown.__cause__ = error
        return unknown


def _retry_after_ms(headers: Mapping[str, str]) -> int:
    """Read Retry-After (RFC 9110 section 10.2.3) in its form of whole seconds, else 0."""
    text = headers.get("retry-after", "")
    return int(text) * 1000 if text.isascii() and text.isdigit() and len(text) < 7 else 0
