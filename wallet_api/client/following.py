"""Following a stream of events as a state machine without I/O: what to ask for, what to do next.

A connection that is lost is made again, signed anew, and goes on after the last event that came; so
no event is missed and none comes twice. What was lost on the service's side comes as ``reset``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from wallet_api.client.answers import Reply, decoded
from wallet_api.client.call import make_call
from wallet_api.client.exchange import FIRST_WAIT_MS, Exchange, Miss
from wallet_api.contract.errors import AnswerInvalid, ServiceUnreachable
from wallet_api.contract.events import Event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from httpx_sse import ServerSentEvent

    from wallet_api.client.exchange import Outgoing, Received
    from wallet_api.client.session import Session
    from wallet_api.contract.error_base import WalletError

PATH = "/v1/events"
#: Three times the service's heartbeat: a connection that is silent for so long is lost, in seconds.
SILENCE = 45.0
LONGEST_WAIT_MS = 5_000
MEDIA = "text/event-stream"

#: Told why events do not come for now, and None once they do again.
Notice = Callable[["WalletError | None"], None]


def no_notice(_error: WalletError | None) -> None:
    """Tell nobody."""


class Following:
    """Where a stream stands: the last event seen, and how long to wait before the next attempt.

    ``seen`` is the id after which to begin, or None for events from now on. With ``greets`` the
    notice is also told that events come when they do for the first time.
    """

    def __init__(
        self,
        session: Session,
        seen: int | None,
        *,
        follow: bool,
        notice: Notice = no_notice,
        greets: bool = False,
    ) -> None:
        self._session = session
        self._seen = seen
        self._follow = follow
        self._notice = notice
        self._away, self._lost = greets, False
        self._next_wait_ms = FIRST_WAIT_MS
        self._exchange: Exchange[dict[str, object]] | None = None

    def request(self) -> Outgoing:
        """Give the request to send now, signed anew."""
        # Who follows is as patient as it takes; who only looks is as patient as any reader.
        if self._follow or self._exchange is None:
            query = None if self._follow else {"follow": 0}
            call = make_call("GET", PATH, answer=dict, query=query, read_timeout=SILENCE)
            self._exchange = Exchange(self._session, call)
        outgoing = self._exchange.request()
        outgoing.headers["Accept"] = MEDIA
        if self._seen is not None:
            outgoing.headers["Last-Event-ID"] = str(self._seen)
        return outgoing

    def opened(self, headers: Mapping[str, str]) -> bool:
        """Say whether an answer, of which the header fields came, is the stream."""
        self._session.learn_business_time(headers)
        return headers.get("content-type", "").startswith(MEDIA)

    def refused(self, received: Received) -> float:
        """Take an answer that is no stream; give the seconds to wait before the next attempt.

        Raises what the service refused with, unless coming again may help.
        """
        assert self._exchange is not None, "an answer follows a request"
        step = self._exchange.heard(received)
        if isinstance(step, Reply):
            raise AnswerInvalid(url=self._session.url)
        return max(step.seconds, self._back_off()) if step.seconds else 0.0

    def lost(self, miss: Miss) -> float:
        """Take a lost connection; give the seconds to wait before the next attempt.

        Raises ServiceUnreachable or AnswerInvalid where events are not followed.
        """
        url = self._session.url
        error = AnswerInvalid(url=url) if miss is Miss.NONSENSE else ServiceUnreachable(url=url)
        if not self._follow:
            raise error
        if not self._lost:
            self._away = self._lost = True
            self._notice(error)
        return self._back_off()

    @property
    def seen(self) -> int | None:
        """The id of the newest event there was, once the stream has begun."""
        return self._seen

    @property
    def ends(self) -> bool:
        """Say whether the end of an answer is the end of it all."""
        return not self._follow

    def take(self, block: ServerSentEvent) -> Event | None:
        """Take a part of the stream; give the event in it, or None for a heartbeat.

        Raises AnswerInvalid for what is no event.
        """
        if self._away:
            self._away = self._lost = False
            self._notice(None)
        self._next_wait_ms = FIRST_WAIT_MS
        if block.id.isascii() and block.id.isdigit():
            self._seen = int(block.id)
        if not block.data:
            return None
        event = decoded(block.data.encode(), Event)
        if event is None:
            raise AnswerInvalid(url=self._session.url)
        return event

    def _back_off(self) -> float:
        wait_ms = self._next_wait_ms
        self._next_wait_ms = min(2 * wait_ms, LONGEST_WAIT_MS)
        return wait_ms / 1000
