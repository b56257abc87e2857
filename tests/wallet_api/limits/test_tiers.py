"""Raising a tier: only up, only with verified evidence, once; the bank may set any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wallet_api.contract.errors import EvidenceDeclined, NotFound, TierNotAbove
from wallet_api.contract.ids import new_id
from wallet_api.contract.limits import Tier
from wallet_api.limits.tiers import RaiseTier, SetTier, raise_tier, set_tier

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Town, Wallet


def wish(town: Town, wallet: Wallet, tier: Tier, *, verified: bool = True) -> RaiseTier:
    key = town.key(wallet.id, tier, verified)
    return RaiseTier(key, wallet.id, tier, b"digest of evidence", verified, "verifier:test")


@pytest.mark.parametrize("wanted", list(Tier))
@pytest.mark.parametrize("current", list(Tier))
def test_a_tier_is_raised_and_never_lowered(town: Town, current: Tier, wanted: Tier) -> None:
    wallet = town.wallet(tier=current)
    command = wish(town, wallet, wanted)
    if wanted.rank > current.rank:
        card = town.run(raise_tier, command).value
        assert (card.wallet, card.tier, card.next_tier) == (wallet.id, wanted, wanted.next)
        assert town.run(raise_tier, command).replayed
    else:
        assert isinstance(town.refusal(raise_tier, command), TierNotAbove)
    assert town.customer_row(wallet).tier == max(current, wanted, key=lambda tier: tier.rank)


def test_declined_evidence_changes_nothing_and_is_the_answer_of_its_key(town: Town) -> None:
    wallet = town.wallet(tier=Tier.IV)
    command = wish(town, wallet, Tier.III, verified=False)
    for _ in range(2):
        assert isinstance(town.refusal(raise_tier, command), EvidenceDeclined)
    assert town.customer_row(wallet).tier == Tier.IV
    assert town.rows("SELECT * FROM tier_evidence") == []


def test_of_the_evidence_a_digest_is_kept_and_the_event_names_the_tier(town: Town) -> None:
    wallet = town.wallet(tier=Tier.IV)
    command = wish(town, wallet, Tier.II)
    town.run(raise_tier, command)
    now = town.clock.business
    assert town.rows("SELECT * FROM tier_evidence") == [
        (command.key.id, wallet.id, "II", b"digest of evidence", now)
    ]
    told = town.rows("SELECT data FROM events WHERE kind = 'tier.changed'")
    assert told == [('{"tier":"II"}',)]


@pytest.mark.parametrize("tier", list(Tier))
def test_the_bank_sets_any_tier(town: Town, tier: Tier) -> None:
    wallet = town.wallet(tier=Tier.III)
    town.run(set_tier, SetTier(wallet.id, tier))
    assert town.customer_row(wallet).tier == tier
    assert isinstance(town.refusal(set_tier, SetTier(new_id(), tier)), NotFound)
