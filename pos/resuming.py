"""A till that goes on after a crash: what earlier commands left without an outcome is finished."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from pos.till import CHARGES, Till, asked
from terminal_kit.asking import look_up, window_is_over
from terminal_kit.resuming import UNKNOWN, Outcome, Place, ask_outcome, ask_until_dead
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import NotFound, OutcomeUnknown
from wallet_api.contract.wire import Charge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from payment_codes.amount import Amount
    from terminal_kit.asking import Doing
    from terminal_kit.device_state import SentRequest
    from terminal_kit.session import Standing

#: Where to ask for what a till's other requests made.
PLACES = (
    Place(rf"{CHARGES}/[^/]+/refunds", "/v1/refunds/{key}"),
    Place("/v1/shifts", "/v1/shifts/{key}"),
    Place("/v1/shifts/([^/]+)/close", "/v1/shifts/{0}", before=frozenset({"open"})),
)
#: Acts that say the same however often they are done, so doing them again finishes them.
REPEATABLE = re.compile(rf"{CHARGES}/([^/]+)/(close|reverse)")
REFUSED = "refused"


class Resumption:
    """Finishes what earlier commands of a till left behind."""

    def __init__(self, session: Standing, tell: Callable[[Doing], None]) -> None:
        self._session = session
        self._till = Till(session, tell)
        self._tell = tell

    def charges(
        self, besides: Callable[[SentRequest], bool] = lambda _sent: False
    ) -> list[Outcome]:
        """Ask once for each charge without an outcome, and reverse those whose window is over.

        What the coming command takes up itself is left to it (``besides``). Ends at the first
        question that the service does not answer. Also looks after charges that were left open.
        """
        found: list[Outcome] = []
        for sent in self._session.state.unfinished():
            if sent.path == CHARGES and not besides(sent):
                outcome = self._glance(sent)
                found.append(outcome)
                if not outcome.known:
                    return found
        return [*found, *self._ended()]

    def everything(self) -> Iterator[Outcome]:
        """Finish whatever can be finished, as long as it takes; what stays unknown says so."""
        state = self._session.state
        for sent in state.unfinished():
            # Finishing a charge finishes its reversal too.
            if state.lacks_outcome(sent.key):
                yield self._finish(sent)
        yield from self._ended()

    def _glance(self, sent: SentRequest) -> Outcome:
        """Look once at a charge; reverse it when it was asked for long enough."""
        request = asked(sent)
        charge = None
        try:
            with suppress(NotFound):
                charge = look_up(self._session, f"{CHARGES}/{sent.key}", Charge)
            if self._till.is_being_reversed(sent.key) or (
                charge is None and window_is_over(self._session, sent.key)
            ):
                charge = self._till.give_up(request, sent.key)
        except WalletError:
            charge = None
        if charge is None:
            return _outcome(sent.key, UNKNOWN, request.amount)
        return self._settled(sent, charge)

    def _finish(self, sent: SentRequest) -> Outcome:
        if sent.path == CHARGES:
            try:
                return self._settled(sent, self._till.finish(sent))
            except OutcomeUnknown:
                return _outcome(sent.key, UNKNOWN, asked(sent).amount)
        match = REPEATABLE.fullmatch(sent.path)
        if match is not None:
            return self._repeat(*match.groups())
        return ask_until_dead(
            self._session, sent, lambda: ask_outcome(self._session, sent, PLACES), self._tell
        )

    def _repeat(self, charge_id: str, act: str) -> Outcome:
        """Close or reverse once more, with the same key."""
        repeat = self._till.close if act == "close" else self._till.reverse
        try:
            return Outcome(charge_id, act, repeat(charge_id).state)
        except WalletError as error:
            return Outcome(charge_id, act, REFUSED if error.decides else UNKNOWN)

    def _settled(self, sent: SentRequest, charge: Charge) -> Outcome:
        self._session.state.settle(sent.key)
        self._session.state.watch(charge.id, is_open=charge.state.is_open)
        return _outcome(charge.id, charge.state, charge.amount)

    def _ended(self) -> Iterator[Outcome]:
        """Look at the charges that were left open, and tell of those that have ended."""
        for charge_id in self._session.state.read().open:
            try:
                charge = look_up(self._session, f"{CHARGES}/{charge_id}", Charge)
            except WalletError:
                continue
            if charge is None:
                return
            self._session.state.watch(charge.id, is_open=charge.state.is_open)
            if not charge.state.is_open:
                yield _outcome(charge.id, charge.state, charge.amount)


def _outcome(charge_id: str, state: str, amount: Amount) -> Outcome:
    return Outcome(charge_id, "charge", state, {"minor": amount.minor, "currency": amount.currency})
