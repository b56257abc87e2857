"""The proof of the charges: what the journal says of each agrees with its state."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wallet_api.ledger.verify import Report
    from wallet_api.store.database import Transaction

#: Each query finds charges that break one rule.
RULES = {
    "a charge was refunded beyond what was captured": (
        "SELECT id FROM charges WHERE refunded > amount OR fee_returned > fee"
    ),
    "the refunds of a charge do not add up": (
        "SELECT charges.id FROM charges LEFT JOIN refunds ON refunds.charge = charges.id"
        " GROUP BY charges.id, charges.refunded"
        " HAVING COALESCE(SUM(refunds.amount), 0) <> charges.refunded"
    ),
    "a reversed charge has refunds": (
        "SELECT id FROM charges WHERE state = 'reversed' AND refunded <> 0"
    ),
    "a charge that was never paid has a journal entry": (
        "SELECT id FROM charges WHERE (paid_at IS NULL) <> (journal IS NULL)"
        " OR (paid_at IS NULL AND state IN"
        " ('succeeded', 'reversed', 'partially_refunded', 'refunded'))"
        " OR (paid_at IS NOT NULL AND state IN"
        " ('created', 'awaiting_payer', 'closed', 'failed'))"
    ),
    "a charge was not paid by exactly one posting of its amount": (
        "SELECT charges.id FROM charges LEFT JOIN payments ON payments.charge = charges.id"
        " LEFT JOIN journal ON journal.subject = payments.id AND journal.kind = 'payment'"
        " LEFT JOIN postings ON postings.number = journal.number AND postings.line = 0"
        " GROUP BY charges.id, charges.paid_at, charges.amount"
        " HAVING COALESCE(SUM(postings.amount), 0)"
        " <> CASE WHEN charges.paid_at IS NULL THEN 0 ELSE charges.amount END"
        " OR COUNT(postings.number) > 1"
    ),
    "a reversed charge and its reversal do not cancel out": (
        "SELECT charges.id FROM charges LEFT JOIN payments ON payments.charge = charges.id"
        " LEFT JOIN journal ON journal.subject = payments.id AND journal.kind = 'reversal'"
        " GROUP BY charges.id, charges.state"
        " HAVING COUNT(journal.number) <> CASE WHEN charges.state = 'reversed' THEN 1 ELSE 0 END"
    ),
    "a tombstone holds money": (
        "SELECT id FROM charges WHERE reason = 'tombstone'"
        " AND (amount <> 0 OR paid_at IS NOT NULL OR state <> 'closed')"
    ),
    "a top-up and the journal disagree": (
        "SELECT top_ups.id FROM top_ups LEFT JOIN journal"
        " ON journal.subject = top_ups.id AND journal.kind = 'top_up'"
        " GROUP BY top_ups.id, top_ups.state"
        " HAVING COUNT(journal.number) <> CASE WHEN top_ups.state = 'succeeded' THEN 1 ELSE 0 END"
    ),
    "a journal entry belongs to nothing": (
        "SELECT subject FROM journal WHERE NOT EXISTS"
        " (SELECT 1 FROM payments WHERE payments.id = journal.subject) AND NOT EXISTS"
        " (SELECT 1 FROM refunds WHERE refunds.id = journal.subject) AND NOT EXISTS"
        " (SELECT 1 FROM top_ups WHERE top_ups.id = journal.subject)"
    ),
}


def verify_charges(transaction: Transaction, report: Report) -> None:
    """Add a finding for each rule that is broken, naming the first record."""
    for rule, query in RULES.items():
        found = transaction.one(query)
        if found is not None:
            report.add(f"{rule}: {found[0]}")
