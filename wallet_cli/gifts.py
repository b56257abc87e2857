"""Gifts: what commands, screens and scripts all call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes import native
from terminal_kit.lookup import find_short
from wallet_api.contract.errors import NotFound
from wallet_api.contract.ids import is_id
from wallet_api.contract.people import Claim, ClaimRequest, Gift, GiftRequest
from wallet_api.contract.wire import Nothing, Page
from wallet_cli.approving import approval

if TYPE_CHECKING:
    from terminal_kit.session import Standing

GIFTS, CLAIMS = "/v1/gifts", "/v1/claims"
#: How far back a short code is looked up.
LONGEST_PAGE = 100


class Gifts:
    """What one wallet gives away, and takes of what others gave."""

    def __init__(self, session: Standing) -> None:
        self._session = session

    def give(self, request: GiftRequest) -> Gift:
        """Make a gift; above the limit it then needs the PIN."""
        return self._session.send(GIFTS, request, Gift)

    def confirm(self, gift: Gift, pin: str) -> Gift:
        """Confirm a waiting gift; the PIN goes only to a service that proved its key."""
        payee = gift.receiver_id or gift.id
        request = approval(self._session, gift.id, payee, gift.amount, gift.expires_at, pin)
        return self._session.send(f"{GIFTS}/{gift.id}/confirm", request, Gift, asked=Nothing())

    def cancel(self, gift: Gift) -> Gift:
        """Give up a gift that waits for the PIN."""
        return self._session.send(f"{GIFTS}/{gift.id}/cancel", Nothing(), Gift)

    def page(self, limit: int = 20, cursor: str | None = None) -> Page[Gift]:
        """Give a page of the gifts made and of those to oneself, newest first."""
        return self._session.get(GIFTS, Page[Gift], limit=limit, cursor=cursor)

    def find(self, text: str) -> Gift:
        """Give a gift by its id or its short code. Raises NotFound."""
        if is_id(text):
            return self._session.get(f"{GIFTS}/{text}", Gift)
        return find_short(text, self.page(LONGEST_PAGE).items, "gift")

    def claims(self, gift: Gift) -> list[Claim]:
        """Give who took a share of a gift, first come first."""
        return self._session.get(f"{GIFTS}/{gift.id}/claims", Page[Claim]).items

    def claim(self, text: str) -> Claim:
        """Take one's share of a gift, by its code or, of one to oneself, by its id.

        Raises NotFound, and CodeError for what is neither.
        """
        if is_id(text):
            gift = text
        elif native.GUID in text:
            code = native.parse(text)
            if code.kind is not native.Kind.GIFT:
                raise NotFound(what="gift")
            gift = code.token
        else:
            gift = self.find(text).id
        return self._session.send(CLAIMS, ClaimRequest(gift=gift), Claim)
