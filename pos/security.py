"""Who may act for a merchant: its tills, and whether it takes payments.

All of these acts may be repeated, so each command sends its own request, and none is remembered:
a later freeze must never be taken for an earlier one that had no answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from terminal_kit.lookup import find_short
from wallet_api.contract.administration import (
    FreezeState,
    InviteCard,
    RevokeTill,
    TillCard,
    TillInviteRequest,
)
from wallet_api.contract.ids import new_id
from wallet_api.contract.invites import invite_digest, new_invite
from wallet_api.contract.signatures import encode_bytes
from wallet_api.contract.wire import Nothing, Page

if TYPE_CHECKING:
    from terminal_kit.session import Standing
    from wallet_api.contract.wire import Body

T = TypeVar("T")

TILLS = "/v1/tills"


class Security:
    """One merchant's tills and its freeze, from this till."""

    def __init__(self, session: Standing) -> None:
        self._session = session

    def tills(self) -> Page[TillCard]:
        """Give the merchant's tills."""
        return self._session.get(TILLS, Page[TillCard])

    def find(self, text: str) -> TillCard:
        """Give a till by its id or its short code. Raises NotFound, IdAmbiguous, Usage."""
        return find_short(text, self.tills().items, "till")

    def invite(self) -> tuple[str, InviteCard]:
        """Make an invitation for another till of this store; its code is known here alone."""
        code = new_invite()
        body = TillInviteRequest(digest=encode_bytes(invite_digest(code)))
        return code, self._send("/v1/till-invites", body, InviteCard)

    def revoke(self, till: str, *, itself: bool) -> TillCard:
        """Shut a till out at once; this very one only when ``itself`` says so."""
        return self._send(f"{TILLS}/{till}/revoke", RevokeTill(itself=itself), TillCard)

    def freeze(self) -> FreezeState:
        """Take no more payments; refunds and reversals still work."""
        return self._send("/v1/merchant/freeze", Nothing(), FreezeState)

    def unfreeze(self) -> FreezeState:
        """Take payments again, unless the bank has frozen the merchant."""
        return self._send("/v1/merchant/unfreeze", Nothing(), FreezeState)

    def _send(self, path: str, body: Body, answer: type[T]) -> T:
        client = self._session.client
        return client.send("POST", path, body=body, key=new_id(), answer=answer).value
