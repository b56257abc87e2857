"""A wallet's limits and its tier: what commands, screens and scripts all call."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from wallet_api.contract.limits import LimitsCard, RaiseTier, TierCard
from wallet_api.contract.signatures import decode_bytes
from wallet_api.contract.wire import Body

if TYPE_CHECKING:
    from terminal_kit.session import Session


class _Asked(Body, frozen=True, kw_only=True):
    """What is remembered of a request whose evidence is written down nowhere."""

    tier: str
    digest: str


class Limits:
    """The limits of one customer's wallet."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def card(self) -> LimitsCard:
        """Give each limit, what is used and left of it, and what risk rules found."""
        return self._session.get("/v1/limits", LimitsCard)

    def raise_tier(self, wish: RaiseTier) -> TierCard:
        """Raise the tier; the evidence goes only to a service that proved its pinned key."""
        session = self._session
        session.client.prove_service(decode_bytes(session.profile.service_key))
        digest = hashlib.blake2b(msgspec.json.encode(wish), key=session.keys.state).hexdigest()
        asked = _Asked(tier=wish.tier, digest=digest)
        return session.send("/v1/tier", wish, TierCard, asked=asked)
