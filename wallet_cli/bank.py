"""Money between the wallet and the bank: what commands, screens and scripts all call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal_kit.lookup import find_short
from wallet_api.contract.banking import (
    BANK_ACCOUNT,
    Withdrawal,
    WithdrawalOffer,
    WithdrawalRequest,
)
from wallet_api.contract.errors import NotFound
from wallet_api.contract.ids import is_id
from wallet_api.contract.wire import Nothing, Page, TopUp, TopUpRequest
from wallet_cli.approving import approval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.amount import Amount
    from terminal_kit.session import Standing

TOP_UPS, WITHDRAWALS = "/v1/top-ups", "/v1/withdrawals"
PENDING, PIN_REQUIRED = "pending", "pin_required"
#: How often a bank that is late is looked after, in seconds.
LOOK_SECONDS = 0.5
LONGEST_PAGE = 100

Transfer = TopUp | Withdrawal


class Bank:
    """What one wallet brings from the bank and sends there."""

    def __init__(self, session: Standing) -> None:
        self._session = session

    def top_up(self, amount: Amount) -> TopUp:
        """Bring money from the bank."""
        return self._session.send(TOP_UPS, TopUpRequest(amount=amount), TopUp)

    def offer(self, amount: Amount) -> WithdrawalOffer:
        """Ask what a withdrawal costs and whether it needs the PIN."""
        return self._session.get("/v1/withdrawal-offer", WithdrawalOffer, minor=amount.minor)

    def withdraw(self, offer: WithdrawalOffer) -> Withdrawal:
        """Send money to the bank at exactly the fee that was offered."""
        request = WithdrawalRequest(amount=offer.amount, fee=offer.fee)
        return self._session.send(WITHDRAWALS, request, Withdrawal)

    def confirm(self, withdrawal: Withdrawal, pin: str) -> Withdrawal:
        """Confirm a waiting withdrawal; the PIN goes only to a service that proved its key."""
        session = self._session
        request = approval(
            session, withdrawal.id, BANK_ACCOUNT, withdrawal.total, withdrawal.expires_at, pin
        )
        path = f"{WITHDRAWALS}/{withdrawal.id}/confirm"
        return session.send(path, request, Withdrawal, asked=Nothing())

    def wait(self, transfer: Transfer, seconds: float) -> Transfer:
        """Look for the bank's answer for so many seconds, and give what is known then."""
        session = self._session
        until = session.clock() + seconds * 1_000
        while transfer.state == PENDING and (left := (until - session.clock()) / 1_000) > 0:
            session.sleep(min(left, LOOK_SECONDS))
            transfer = self._look(transfer)
        return transfer

    def page(self, limit: int = 20, cursor: str | None = None) -> Page[Transfer]:
        """Give a page of top-ups and withdrawals, newest first."""
        # A cursor is the id before which to go on, whichever list it came from.
        query = {"limit": limit, "cursor": cursor}
        top_ups = self._session.get(TOP_UPS, Page[TopUp], **query)
        withdrawals = self._session.get(WITHDRAWALS, Page[Withdrawal], **query)
        both: list[Transfer] = [*top_ups.items, *withdrawals.items]
        kept = sorted(both, key=lambda one: one.id, reverse=True)[:limit]
        more = len(both) > limit or top_ups.next or withdrawals.next
        return Page(items=kept, next=kept[-1].id if more else None)

    def find(self, text: str) -> Transfer:
        """Give a top-up or a withdrawal by its id or its short code. Raises NotFound."""
        if not is_id(text):
            return find_short(text, self._transfers(), "top-up or withdrawal")
        try:
            return self._session.get(f"{TOP_UPS}/{text}", TopUp)
        except NotFound:
            return self._session.get(f"{WITHDRAWALS}/{text}", Withdrawal)

    def _look(self, transfer: Transfer) -> Transfer:
        if isinstance(transfer, TopUp):
            return self._session.get(f"{TOP_UPS}/{transfer.id}", TopUp)
        return self._session.get(f"{WITHDRAWALS}/{transfer.id}", Withdrawal)

    def _transfers(self) -> Iterator[Transfer]:
        """Give the newest top-ups and withdrawals."""
        yield from self._session.get(TOP_UPS, Page[TopUp], limit=LONGEST_PAGE).items
        yield from self._session.get(WITHDRAWALS, Page[Withdrawal], limit=LONGEST_PAGE).items
