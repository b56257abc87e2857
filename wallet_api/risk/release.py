"""Releasing: the bank looked at a customer whom a rule held back, and lets the wallet spend again.

For a day after that a rule that would hold the wallet asks for the PIN instead: what made the rule
speak, such as a device that is still new, has not gone away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.contract.errors import NotHeld
from wallet_api.events.publish import publish
from wallet_api.risk.records import STANDINGS, Standing

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

TRUST_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Release:
    """The bank releases the customer of this id."""

    customer: str


def release(transaction: Transaction, command: Release, now: Now) -> None:
    """Let a held customer spend again. Raises NotHeld."""
    standing = STANDINGS.get(transaction, command.customer)
    if standing is None or standing.held_by is None:
        raise NotHeld
    trusted_until = now.business + TRUST_MS
    STANDINGS.put(transaction, Standing(command.customer, None, trusted_until))
    publish(transaction, command.customer, "risk.released", {"rule": standing.held_by}, now)
