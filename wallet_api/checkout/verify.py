"""The proof of the charges: what the journal says of each agrees with its state."""

from __future__ import annotations

#: Each query finds records that break one rule. What the journal moved for a charge is found
#: through the subjects of its entries: the ids of the charge's payments and refunds.
RULES = {
    "a charge was refunded beyond what was captured": (
        "SELECT id FROM charges WHERE refunded > amount OR fee_returned > fee"
    ),
    "the refunds of a charge do not add up": (
        "SELECT charges.id FROM charges LEFT JOIN refunds ON refunds.charge = charges.id"
        " GROUP BY charges.id HAVING COALESCE(SUM(refunds.amount), 0) <> charges.refunded"
    ),
    "a charge's state and its refunds disagree": (
        "SELECT id FROM charges"
        " WHERE (refunded > 0) <> (state IN ('partially_refunded', 'refunded'))"
        " OR (refunded > 0 AND refunded = amount) <> (state = 'refunded')"
    ),
    "a charge's state and its payment disagree": (
        "SELECT id FROM charges WHERE (paid_at IS NULL) <> (journal IS NULL)"
        " OR (paid_at IS NULL) <> (state IN ('created', 'awaiting_payer', 'closed', 'failed'))"
    ),
    "a charge was not paid by exactly one entry": (
        "SELECT charges.id FROM charges LEFT JOIN payments ON payments.charge = charges.id"
        " LEFT JOIN journal ON journal.subject = payments.id AND journal.kind = 'payment'"
        " GROUP BY charges.id"
        " HAVING COUNT(journal.number) <> CASE WHEN charges.paid_at IS NULL THEN 0 ELSE 1 END"
        " OR COALESCE(MAX(journal.number), 0) <> COALESCE(charges.journal, 0)"
    ),
    "the journal moved other money than a charge says": (
        "SELECT charges.id FROM charges LEFT JOIN"
        " (SELECT id, charge FROM payments UNION ALL SELECT id, charge FROM refunds) AS moves"
        " ON moves.charge = charges.id"
        " LEFT JOIN journal ON journal.subject = moves.id"
        " LEFT JOIN postings ON postings.number = journal.number"
        " LEFT JOIN accounts ON accounts.id = postings.account"
        " AND accounts.currency = charges.currency"
        " GROUP BY charges.id"
        " HAVING SUM(CASE WHEN accounts.name = 'customer:' || charges.customer"
        " THEN postings.amount ELSE 0 END)"
        " <> CASE WHEN charges.paid_at IS NULL OR charges.state = 'reversed' THEN 0"
        " ELSE charges.amount - charges.refunded END"
        " OR SUM(CASE WHEN accounts.name = 'fees.unswept' THEN -postings.amount ELSE 0 END)"
        " <> charges.fee - charges.fee_returned"
        " OR SUM(CASE WHEN accounts.name IN ('customer:' || charges.customer,"
        " 'merchant:' || charges.merchant, 'fees.unswept') THEN postings.amount ELSE 0 END) <> 0"
    ),
    "a payment's state and the journal disagree": (
        "SELECT payments.id FROM payments LEFT JOIN journal ON journal.subject = payments.id"
        " GROUP BY payments.id HAVING COUNT(journal.number)"
        " <> CASE payments.state WHEN 'succeeded' THEN 1 WHEN 'reversed' THEN 2 ELSE 0 END"
    ),
    "a refund and the journal disagree": (
        "SELECT refunds.id FROM refunds LEFT JOIN journal"
        " ON journal.subject = refunds.id AND journal.kind = 'refund'"
        " LEFT JOIN postings ON postings.number = journal.number AND postings.amount < 0"
        " GROUP BY refunds.id HAVING COALESCE(SUM(postings.amount), 0) <> -refunds.amount"
    ),
    "a tombstone holds money": (
        "SELECT id FROM charges WHERE reason = 'tombstone' AND (amount <> 0 OR state <> 'closed')"
    ),
}

#: The tables whose ids are subjects of journal entries.
TABLES = ("payments", "refunds")
