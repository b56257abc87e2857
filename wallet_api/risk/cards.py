"""What a customer is told of limits and of what risk rules found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from wallet_api.contract.instants import instant_text
from wallet_api.contract.limits import Cap, LimitsCard, RiskFinding
from wallet_api.contract.risk import Outcome
from wallet_api.contract.rules import PIN_FREE_LIMITS
from wallet_api.identity.records import CUSTOMERS
from wallet_api.ledger.accounts import customer_account, owed_to
from wallet_api.limits.allowance import limits_of
from wallet_api.limits.spending import spending_at
from wallet_api.limits.tables import PIN_FREE_PAYMENTS, STATIC_CODE_DAY
from wallet_api.limits.tiers import tier_card
from wallet_api.risk.records import FINDINGS, STANDINGS

if TYPE_CHECKING:
    from wallet_api.risk.records import Finding
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

#: How many findings are shown, the newest.
MOST_FINDINGS = 10


def limits_card(transaction: Transaction, customer_id: str, now: Now) -> LimitsCard:
    """Give what a customer may spend and hold now, and what risk rules found."""
    customer = CUSTOMERS.get(transaction, customer_id)
    assert customer is not None, "a signed request names a customer that exists"
    currency, limits = customer.currency, limits_of(customer)
    spending = spending_at(transaction, customer.id, now)
    balance = owed_to(transaction, customer_account(customer.id), currency)
    standing = STANDINGS.get(transaction, customer.id)
    tier = tier_card(customer, None)

    def cap(size: int | None, used: int, renews_at: int | None = None) -> Cap:
        return Cap(
            limit=None if size is None else Amount(size, currency),
            used=Amount(used, currency),
            left=None if size is None else Amount(max(size - used, 0), currency),
            renews_at=None if renews_at is None else instant_text(renews_at),
        )

    return LimitsCard(
        wallet=customer.id,
        tier=tier.tier,
        next_tier=tier.next_tier,
        needs=tier.needs,
        single=cap(limits.single, 0),
        day=cap(limits.day, spending.day_amount, spending.day_ends_at),
        year=cap(limits.year, spending.year_amount, spending.year_ends_at),
        static_code=cap(STATIC_CODE_DAY[currency], spending.static_amount, spending.day_ends_at),
        balance=cap(limits.balance, balance),
        pin_free_limit=Amount(PIN_FREE_LIMITS[currency], currency),
        pin_free_left=max(PIN_FREE_PAYMENTS - spending.pin_free, 0),
        pin_free_renews_at=instant_text(spending.day_ends_at),
        held_by=None if standing is None else standing.held_by,
        findings=findings_of(transaction, customer.id),
    )


def findings_of(transaction: Transaction, customer: str) -> list[RiskFinding]:
    """Give what risk rules found of a customer, newest first."""
    rows = FINDINGS.where(
        transaction, "customer = ? ORDER BY number DESC LIMIT ?", customer, MOST_FINDINGS
    )
    return [_finding(row) for row in rows]


def _finding(row: Finding) -> RiskFinding:
    return RiskFinding(
        rule=row.rule,
        outcome=Outcome(row.outcome),
        seen=row.seen,
        threshold=row.threshold,
        found_at=instant_text(row.found_at),
    )
