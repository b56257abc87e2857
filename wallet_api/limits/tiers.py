"""Tiers: how well the bank knows a customer, and how that changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.contract.errors import EvidenceDeclined, NotFound, TierNotAbove
from wallet_api.contract.limits import EVIDENCE, Tier, TierCard
from wallet_api.events.publish import publish
from wallet_api.identity.records import CUSTOMERS
from wallet_api.limits.records import TIER_EVIDENCE, TierEvidence
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.identity.records import Customer
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


@dataclass(frozen=True, slots=True)
class RaiseTier:
    """A customer's wish for a higher tier, and what the verifier said of the evidence.

    ``digest`` is a keyed digest of the evidence (32 bytes); ``simulated`` names a simulator's rule.
    """

    key: Key
    customer: str
    tier: Tier
    digest: bytes
    verified: bool
    simulated: str | None


@dataclass(frozen=True, slots=True)
class SetTier:
    """The bank puts a customer into a tier, up or down."""

    customer: str
    tier: Tier


def raise_tier(transaction: Transaction, command: RaiseTier, now: Now) -> Answered[TierCard]:
    """Put a customer into a higher tier whose evidence was verified; only its digest is kept.

    Raises TierNotAbove, EvidenceDeclined.
    """

    def act() -> TierCard:
        customer = _customer(transaction, command.customer)
        if command.tier.rank <= Tier(customer.tier).rank:
            raise TierNotAbove(tier=customer.tier)
        if not command.verified:
            raise EvidenceDeclined(simulated=command.simulated)
        evidence = TierEvidence(
            command.key.id, customer.id, command.tier, command.digest, now.business
        )
        TIER_EVIDENCE.insert(transaction, evidence)
        return tier_card(_change(transaction, customer, command.tier, now), command.simulated)

    def current() -> TierCard:
        return tier_card(_customer(transaction, command.customer), None)

    return once(transaction, now, command.key, TierCard, act, current)


def set_tier(transaction: Transaction, command: SetTier, now: Now) -> None:
    """Put a customer into a tier by the bank's own decision. Raises NotFound."""
    customer = CUSTOMERS.get(transaction, command.customer)
    if customer is None:
        raise NotFound(what="customer")
    _change(transaction, customer, command.tier, now)


def tier_card(customer: Customer, simulated: str | None) -> TierCard:
    """Give a customer's tier and what the next one needs."""
    tier = Tier(customer.tier)
    return TierCard(
        wallet=customer.id,
        tier=tier,
        next_tier=tier.next,
        needs=[] if tier.next is None else list(EVIDENCE[tier.next]),
        simulated=simulated,
    )


def _customer(transaction: Transaction, customer: str) -> Customer:
    row = CUSTOMERS.get(transaction, customer)
    assert row is not None, "a signed request names a customer that exists"
    return row


def _change(transaction: Transaction, customer: Customer, tier: Tier, now: Now) -> Customer:
    if customer.tier == tier:
        return customer
    publish(transaction, customer.id, "tier.changed", {"tier": tier}, now)
    transaction.touch(customer.id)
    return CUSTOMERS.change(transaction, customer, tier=tier)
