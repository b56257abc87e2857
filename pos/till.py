"""The merchant's side of every payment: what commands, screens and scripts all call."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from terminal_kit.asking import (
    Away,
    Doing,
    Known,
    Reversing,
    WaitingForPayer,
    look_up,
    seek,
    silent,
)
from terminal_kit.lookup import find_short
from terminal_kit.session import say_repeat
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import OutcomeUnknown
from wallet_api.contract.ids import is_id, new_id
from wallet_api.contract.rules import LONGEST_WAIT
from wallet_api.contract.static_codes import StaticCode
from wallet_api.contract.wire import (
    Charge,
    ChargeRequest,
    ChargeState,
    MerchantCard,
    Nothing,
    Page,
    Refund,
    RefundRequest,
    Reversal,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from payment_codes.amount import Amount
    from terminal_kit.device_state import SentRequest
    from terminal_kit.session import Standing

CHARGES = "/v1/charges"
#: How long to leave a service alone that is away, starting or busy.
AWAY_SECONDS = 1.0
#: How much longer than the wait itself a long poll may take.
POLL_MARGIN_SECONDS = 5.0


class Till:
    """One till of a merchant; ``tell`` hears what takes long."""

    def __init__(self, session: Standing, tell: Callable[[Doing], None] = silent) -> None:
        self._session = session
        self._tell = tell

    def card(self) -> MerchantCard:
        """Give the till's own card: merchant, store, what the bank owes the merchant."""
        return self._session.get("/v1/merchant", MerchantCard)

    def charge(self, request: ChargeRequest) -> Charge:
        """Ask for money: for a code to show, or on the payer's own code.

        While an earlier attempt at the same sale has no known outcome, that one is finished first;
        it is the answer unless it ended unpaid. Raises OutcomeUnknown when an attempt was neither
        found nor reversed; `finish` goes on with it.
        """
        state = self._session.state
        for sent in state.unfinished():
            if is_attempt(sent, request):
                repeated = asked(sent) == request
                earlier = self.finish(sent, again=repeated)
                if not _ended_unpaid(earlier) or (repeated and request.code is not None):
                    return earlier
        return state.exactly_once(CHARGES, request, partial(self._attempt, request), say_repeat)

    def _attempt(self, request: ChargeRequest, key: str) -> Charge:
        """Send a new charge once, and find out what became of it when its answer is lost."""
        try:
            return self._session.send_once(CHARGES, request, Charge, key)
        except OutcomeUnknown:
            return self._pursue(request, key, again=True)

    def finish(self, sent: SentRequest, *, again: bool = False) -> Charge:
        """Find out what became of an earlier command's charge; with ``again`` send it once more.

        Raises OutcomeUnknown, and what the charge was refused with.
        """
        try:
            charge = self._pursue(asked(sent), sent.key, again=again)
        except WalletError as error:
            if error.decides:
                self._session.state.settle(sent.key)
            raise
        self._session.state.settle(sent.key)
        return charge

    def _pursue(self, request: ChargeRequest, key: str, *, again: bool) -> Charge:
        """Ask for a charge by the table of windows, then reverse it. Raises OutcomeUnknown."""
        if self.is_being_reversed(key):
            return self.give_up(request, key)
        find = partial(look_up, self._session, f"{CHARGES}/{key}", Charge)
        create = partial(self._session.send_once, CHARGES, request, Charge, key)
        try:
            charge = seek(self._session, key, find, create if again else None, self._tell)
        except OutcomeUnknown:
            return self.give_up(request, key)
        self._tell(Known(charge.state))
        return charge

    def is_being_reversed(self, charge_id: str) -> bool:
        """Say whether a reversal was sent whose outcome nobody was told: it may still arrive."""
        return self._session.state.is_sent(_reversal_of(charge_id), Nothing())

    def give_up(self, request: ChargeRequest, key: str) -> Charge:
        """Reverse a charge that nobody answered for, and give what it is then.

        The intention is written down first. Raises OutcomeUnknown when nobody answers that either.
        """
        self._tell(Reversing())
        try:
            self.reverse(key)
        except WalletError as refusal:
            # A paid charge may be beyond reversal: then what it is now is the truth.
            if not refusal.decides:
                raise OutcomeUnknown(id=key) from refusal
        try:
            charge = self.show(key)
        except WalletError as error:
            raise OutcomeUnknown(id=key) from error
        self._tell(Known(charge.state))
        # Of a charge that never arrived the service knows nothing but the id.
        return msgspec.structs.replace(charge, amount=request.amount)

    def static_code(self) -> StaticCode:
        """Give the till's static code, which stays the same: asking again changes nothing."""
        session = self._session
        key = new_id(session.clock())
        return session.client.send(
            "POST", "/v1/static-codes", body=Nothing(), key=key, answer=StaticCode
        ).value

    def show(self, charge_id: str) -> Charge:
        """Give a charge as it is now."""
        return self._session.get(f"{CHARGES}/{charge_id}", Charge)

    def wait(self, charge: Charge, seconds: float) -> Charge:
        """Wait until a charge is done, or for so many seconds, and give it as it was last known.

        A service that cannot be reached meanwhile is asked again: what became of the charge is
        unknown, not failed. One that is left open is remembered.
        """
        session = self._session
        until = session.clock() + seconds * 1_000
        while charge.state.is_open and (left := (until - session.clock()) / 1_000) > 0:
            self._tell(WaitingForPayer(charge.state is ChargeState.AWAITING_PAYER, left))
            try:
                charge = self._poll(charge.id, min(LONGEST_WAIT, max(1, round(left))))
            except WalletError as error:
                if error.decides:
                    raise
                self._tell(Away())
                session.sleep(min(left, AWAY_SECONDS))
        session.state.watch(charge.id, is_open=charge.state.is_open)
        return charge

    def _poll(self, charge_id: str, seconds: int) -> Charge:
        client = self._session.client
        return client.get(
            f"{CHARGES}/{charge_id}",
            answer=Charge,
            query={"wait": seconds},
            read_timeout=seconds + POLL_MARGIN_SECONDS,
        ).value

    def close(self, charge_id: str) -> Charge:
        """Give up an unpaid charge."""
        return self._session.send(f"{CHARGES}/{charge_id}/close", Nothing(), Charge)

    def reverse(self, charge_id: str) -> Reversal:
        """Undo a charge whatever became of it, or prevent one the service has not seen."""
        return self._session.send(_reversal_of(charge_id), Nothing(), Reversal)

    def refund(self, charge_id: str, amount: Amount | None, reason: str | None) -> Refund:
        """Give back part of a paid charge, or all that is left."""
        request = RefundRequest(amount=amount, reason=reason)
        return self._session.send(f"{CHARGES}/{charge_id}/refunds", request, Refund)

    def sales(self, limit: int = 20, cursor: str | None = None) -> Page[Charge]:
        """Give a page of charges, newest first."""
        return self._session.get(CHARGES, Page[Charge], limit=limit, cursor=cursor)

    def full_id(self, text: str) -> str:
        """Give the id of a charge that was typed whole or as a short code."""
        return text if is_id(text) else find_short(text, self._charges(), "charge").id

    def _charges(self) -> Iterator[Charge]:
        cursor = None
        while True:
            page = self.sales(100, cursor)
            yield from page.items
            if page.next is None:
                return
            cursor = page.next


def asked(sent: SentRequest) -> ChargeRequest:
    """Give the charge that an earlier command asked for."""
    return msgspec.json.decode(sent.asked, type=ChargeRequest)


def is_attempt(sent: SentRequest, request: ChargeRequest) -> bool:
    """Say whether an earlier command tried the same sale; a customer may show a fresh code."""
    return sent.path == CHARGES and _sale(asked(sent)) == _sale(request)


def _sale(request: ChargeRequest) -> ChargeRequest:
    return msgspec.structs.replace(request, code=None, expires_in=None)


def _ended_unpaid(charge: Charge) -> bool:
    return charge.state in {ChargeState.CLOSED, ChargeState.FAILED, ChargeState.REVERSED}


def _reversal_of(charge_id: str) -> str:
    return f"{CHARGES}/{charge_id}/reverse"
