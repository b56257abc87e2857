"""The merchant's side of every payment: what commands, screens and scripts all call."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from terminal_kit.lookup import find_short
from wallet_api.contract.errors import Overloaded, RateLimited, ServiceUnreachable
from wallet_api.contract.ids import is_id
from wallet_api.contract.rules import LONGEST_WAIT
from wallet_api.contract.wire import (
    Charge,
    ChargeRequest,
    MerchantCard,
    Nothing,
    Page,
    Refund,
    RefundRequest,
    Reversal,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.amount import Amount
    from terminal_kit.session import Session

#: What a service that is away, starting or busy answers, and how long to leave it alone then.
AWAY = (ServiceUnreachable, Overloaded, RateLimited)
AWAY_SECONDS = 1.0
#: How much longer than the wait itself a long poll may take.
POLL_MARGIN_SECONDS = 5.0


class Till:
    """One till of a merchant."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def card(self) -> MerchantCard:
        """Give the till's own card: merchant, store, what the bank owes the merchant."""
        return self._session.get("/v1/merchant", MerchantCard)

    def charge(self, request: ChargeRequest) -> Charge:
        """Ask for money: for a code to show, or on the payer's own code."""
        return self._session.send("/v1/charges", request, Charge)

    def show(self, charge_id: str) -> Charge:
        """Give a charge as it is now."""
        return self._session.get(f"/v1/charges/{charge_id}", Charge)

    def wait(self, charge: Charge, seconds: float) -> Charge:
        """Wait until a charge is done, or for so many seconds, and give it as it was last known.

        A service that cannot be reached meanwhile is asked again: what became of the charge is
        unknown, not failed.
        """
        until = time.monotonic() + seconds
        while charge.state.is_open and (left := until - time.monotonic()) > 0:
            try:
                charge = self._poll(charge.id, min(LONGEST_WAIT, max(1, round(left))))
            except AWAY:
                time.sleep(min(left, AWAY_SECONDS))
        return charge

    def _poll(self, charge_id: str, seconds: int) -> Charge:
        client = self._session.client
        return client.get(
            f"/v1/charges/{charge_id}",
            answer=Charge,
            query={"wait": seconds},
            read_timeout=seconds + POLL_MARGIN_SECONDS,
        ).value

    def close(self, charge_id: str) -> Charge:
        """Give up an unpaid charge."""
        return self._session.send(f"/v1/charges/{charge_id}/close", Nothing(), Charge)

    def reverse(self, charge_id: str) -> Reversal:
        """Undo a charge whatever became of it, or prevent one the service has not seen."""
        return self._session.send(f"/v1/charges/{charge_id}/reverse", Nothing(), Reversal)

    def refund(self, charge_id: str, amount: Amount | None, reason: str | None) -> Refund:
        """Give back part of a paid charge, or all that is left."""
        request = RefundRequest(amount=amount, reason=reason)
        return self._session.send(f"/v1/charges/{charge_id}/refunds", request, Refund)

    def sales(self, limit: int = 20, cursor: str | None = None) -> Page[Charge]:
        """Give a page of charges, newest first."""
        return self._session.get("/v1/charges", Page[Charge], limit=limit, cursor=cursor)

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
