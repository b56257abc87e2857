"""Requests for money and split bills: what commands, screens and scripts all call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal_kit.lookup import find_short
from wallet_api.contract.ids import is_id
from wallet_api.contract.people import (
    MoneyRequest,
    MoneyRequestRequest,
    PayRequest,
    Split,
    SplitRequest,
    SplitShares,
    Transfer,
)
from wallet_api.contract.wire import Nothing, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from payment_codes.amount import Amount
    from terminal_kit.session import Standing

REQUESTS, SPLITS = "/v1/requests", "/v1/splits"
#: How far back a short code is looked up.
LONGEST_PAGE = 100


class Requests:
    """What one wallet asks of people, and they of it."""

    def __init__(self, session: Standing) -> None:
        self._session = session

    def ask(self, payer: str, amount: Amount, note: str | None = None) -> MoneyRequest:
        """Ask a wallet for money."""
        request = MoneyRequestRequest(payer=payer, amount=amount, note=note)
        return self._session.send(REQUESTS, request, MoneyRequest)

    def page(self, limit: int = 20, cursor: str | None = None) -> Page[MoneyRequest]:
        """Give a page of the requests made and got, newest first."""
        return self._session.get(REQUESTS, Page[MoneyRequest], limit=limit, cursor=cursor)

    def find(self, text: str) -> MoneyRequest:
        """Give a request by its id or its short code. Raises NotFound."""
        if is_id(text):
            return self._session.get(f"{REQUESTS}/{text}", MoneyRequest)
        return find_short(text, self.page(LONGEST_PAGE).items, "request")

    def pay(self, request: MoneyRequest) -> Transfer:
        """Pay a request on its own terms; above the limit the transfer then needs the PIN."""
        terms = PayRequest(payee=request.requester_id, amount=request.amount)
        return self._session.send(f"{REQUESTS}/{request.id}/pay", terms, Transfer)

    def decline(self, request: MoneyRequest) -> MoneyRequest:
        """Refuse to pay a request."""
        return self._session.send(f"{REQUESTS}/{request.id}/decline", Nothing(), MoneyRequest)

    def cancel(self, request: MoneyRequest) -> MoneyRequest:
        """Take back a request of one's own."""
        return self._session.send(f"{REQUESTS}/{request.id}/cancel", Nothing(), MoneyRequest)

    def split(
        self,
        amount: Amount,
        people: Sequence[str],
        shares: Sequence[int] | None,
        note: str | None,
    ) -> SplitShares:
        """Split a bill with wallets; ``shares`` are weights, one's own first."""
        request = SplitRequest(
            amount=amount,
            people=list(people),
            shares=None if shares is None else list(shares),
            note=note,
        )
        return self.split_shares(self._session.send(SPLITS, request, Split).id)

    def splits(self, limit: int = 20, cursor: str | None = None) -> Page[Split]:
        """Give a page of the bills that were split, newest first."""
        return self._session.get(SPLITS, Page[Split], limit=limit, cursor=cursor)

    def split_shares(self, text: str) -> SplitShares:
        """Give a split and who has paid, by its id or its short code. Raises NotFound."""
        split = text if is_id(text) else find_short(text, self._splits(), "split").id
        return self._session.get(f"{SPLITS}/{split}", SplitShares)

    def _splits(self) -> Sequence[Split]:
        return self.splits(LONGEST_PAGE).items
