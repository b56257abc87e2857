"""Limits as they cross the wire: tiers, what is used and left, and how a tier is raised."""

from __future__ import annotations

import enum
from typing import Annotated

from msgspec import Meta

from payment_codes.amount import Amount
from wallet_api.contract.fields import Id, Instant, Name
from wallet_api.contract.risk import Outcome
from wallet_api.contract.wire import Answer, Body


class Tier(enum.StrEnum):
    """How well the bank knows a customer: from IV (a phone only) to I (seen in person)."""

    IV = "IV"
    III = "III"
    II = "II"
    I = "I"  # noqa: E741 - the tier's name

    @property
    def rank(self) -> int:
        """How high the tier is, from 0."""
        return list(Tier).index(self)

    @property
    def next(self) -> Tier | None:
        """The tier above, or None for the highest."""
        return None if self is Tier.I else list(Tier)[self.rank + 1]


#: What the bank must see to raise a customer to a tier: fields of `RaiseTier`.
EVIDENCE = {
    Tier.III: ("name", "identity_number"),
    Tier.II: ("name", "identity_number", "bank_card"),
    Tier.I: ("branch_document",),
}


def _text(example: str, pattern: str) -> Meta:
    return Meta(extra_json_schema={"pattern": pattern, "examples": [example]})


IdentityNumber = Annotated[str, _text("11010519491231002X", "^[1-9][0-9]{16}[0-9X]$")]
"""A Chinese resident identity number (GB 11643)."""

CardNumber = Annotated[str, _text("6222020000001234566", "^[0-9]{12,19}$")]
"""The number of a bank card (ISO/IEC 7812-1)."""

BranchDocument = Annotated[str, _text("BJ20270115A7", "^[0-9A-Z]{8,20}$")]
"""What a branch hands out that has seen the customer: 8 to 20 capital letters or digits."""


class RaiseTier(Body, frozen=True, kw_only=True):
    """Ask for a higher tier with the evidence that it needs; other evidence is not looked at.

    III: ``name`` and ``identity_number``; II: these and ``bank_card``; I: ``branch_document``.
    """

    tier: Tier
    name: Name | None = None
    identity_number: IdentityNumber | None = None
    bank_card: CardNumber | None = None
    branch_document: BranchDocument | None = None


class TierCard(Answer, frozen=True, kw_only=True):
    """A wallet's tier, and what the next one needs. ``simulated`` names a simulator's rule."""

    wallet: Id
    tier: Tier
    next_tier: Tier | None
    needs: list[str]
    simulated: str | None = None


class Cap(Answer, frozen=True, kw_only=True):
    """One limit: its size, what of it is used and left, and when that starts anew; null: none."""

    limit: Amount | None
    used: Amount
    left: Amount | None
    renews_at: Instant | None = None


class RiskFinding(Answer, frozen=True, kw_only=True):
    """A decision of a risk rule: what it saw and from where on it speaks, as the rule counts."""

    rule: str
    outcome: Outcome
    seen: int
    threshold: int
    found_at: Instant


class LimitsCard(Answer, frozen=True, kw_only=True):
    """What a wallet may spend and hold now. ``held_by`` names the risk rule that holds it."""

    wallet: Id
    tier: Tier
    next_tier: Tier | None
    needs: list[str]
    single: Cap
    day: Cap
    year: Cap
    static_code: Cap
    balance: Cap
    pin_free_limit: Amount
    pin_free_left: int
    pin_free_renews_at: Instant
    held_by: str | None
    findings: list[RiskFinding]
