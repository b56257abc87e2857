"""The proof of money between people: the journal and held money agree with every row."""

from __future__ import annotations

#: What each gift and each transfer holds now.
_HOLDS = (
    "(SELECT id, currency, CASE WHEN state = 'held' THEN amount ELSE 0 END AS held FROM transfers"
    " UNION ALL"
    " SELECT id, currency, CASE WHEN state = 'open' THEN amount - claimed ELSE 0 END FROM gifts)"
    " AS holds"
)

#: Each query finds records that break one rule.
RULES = {
    "held money is not what its transfer or gift says": (
        f"SELECT holds.id FROM {_HOLDS}"  # noqa: S608 - names, no values
        " LEFT JOIN accounts ON accounts.name = 'held:' || holds.id"
        " AND accounts.currency = holds.currency"
        " WHERE COALESCE(accounts.balance, 0) <> -holds.held"
    ),
    "held money belongs to nothing": (
        "SELECT name FROM accounts WHERE SUBSTR(name, 1, 5) = 'held:' AND balance <> 0"  # noqa: S608
        f" AND NOT EXISTS (SELECT 1 FROM {_HOLDS} WHERE accounts.name = 'held:' || holds.id"
        " AND accounts.currency = holds.currency)"
    ),
    "a transfer's state and when its money moved disagree": (
        "SELECT id FROM transfers"
        " WHERE (moved_at IS NULL) <> (state IN ('pin_required', 'failed', 'cancelled'))"
        " OR (state IN ('held', 'returned') AND deliver_at IS NULL)"
    ),
    "the journal moved other money than a transfer says": (
        "SELECT transfers.id FROM transfers"
        " LEFT JOIN journal ON journal.subject = transfers.id"
        " LEFT JOIN postings ON postings.number = journal.number"
        " LEFT JOIN accounts ON accounts.id = postings.account"
        " AND accounts.currency = transfers.currency"
        " GROUP BY transfers.id"
        " HAVING SUM(CASE WHEN accounts.name = 'customer:' || transfers.sender"
        " THEN postings.amount ELSE 0 END)"
        " <> CASE WHEN transfers.state IN ('held', 'succeeded') THEN transfers.amount ELSE 0 END"
        " OR SUM(CASE WHEN accounts.name = 'customer:' || transfers.receiver"
        " THEN -postings.amount ELSE 0 END)"
        " <> CASE WHEN transfers.state = 'succeeded' THEN transfers.amount ELSE 0 END"
        " OR COUNT(DISTINCT journal.number) <> CASE WHEN transfers.moved_at IS NULL THEN 0"
        " WHEN transfers.state = 'held' OR transfers.deliver_at IS NULL THEN 1 ELSE 2 END"
    ),
    "a request was not paid by exactly one transfer": (
        "SELECT requests.id FROM requests LEFT JOIN transfers"
        " ON transfers.request = requests.id AND transfers.state IN ('held', 'succeeded')"
        " GROUP BY requests.id"
        " HAVING COUNT(transfers.id) <> CASE WHEN requests.state = 'paid' THEN 1 ELSE 0 END"
        " OR COALESCE(MAX(transfers.id), '') <> COALESCE(requests.transfer, '')"
        " OR MAX(transfers.amount) <> requests.amount"
        " OR MAX(transfers.sender) <> requests.payer"
        " OR MAX(transfers.receiver) <> requests.requester"
        " OR MAX(transfers.currency) <> requests.currency"
    ),
    "the shares of a split do not add up": (
        "SELECT splits.id FROM splits LEFT JOIN requests ON requests.split = splits.id"
        " GROUP BY splits.id HAVING splits.own + COALESCE(SUM(requests.amount), 0) <> splits.amount"
    ),
    "the shares of a gift do not add up": (
        "SELECT gifts.id FROM gifts LEFT JOIN gift_shares ON gift_shares.gift = gifts.id"
        " GROUP BY gifts.id HAVING COUNT(gift_shares.number) <> gifts.count"
        " OR SUM(gift_shares.amount) <> gifts.amount OR MIN(gift_shares.amount) < 1"
    ),
    "the claims of a gift do not add up": (
        "SELECT gifts.id FROM gifts LEFT JOIN claims ON claims.gift = gifts.id"
        " LEFT JOIN gift_shares"
        " ON gift_shares.gift = claims.gift AND gift_shares.number = claims.number"
        " GROUP BY gifts.id HAVING COUNT(claims.id) <> gifts.claims"
        " OR COALESCE(SUM(claims.amount), 0) <> gifts.claimed"
        " OR COALESCE(SUM(gift_shares.amount), 0) <> gifts.claimed"
    ),
    "a gift's state and its claims disagree": (
        "SELECT id FROM gifts WHERE (state = 'claimed') <> (claims = count)"
        " OR (moved_at IS NULL) <> (state IN ('pin_required', 'failed', 'cancelled'))"
        " OR (moved_at IS NULL AND claims > 0)"
    ),
    "the journal moved other money than a gift says": (
        "SELECT gifts.id FROM gifts LEFT JOIN journal ON journal.subject = gifts.id"
        " LEFT JOIN postings ON postings.number = journal.number"
        " LEFT JOIN accounts ON accounts.id = postings.account"
        " AND accounts.currency = gifts.currency AND accounts.name = 'customer:' || gifts.sender"
        " GROUP BY gifts.id"
        " HAVING SUM(CASE WHEN accounts.id IS NULL THEN 0 ELSE postings.amount END)"
        " <> CASE WHEN gifts.moved_at IS NULL THEN 0"
        " WHEN gifts.state = 'returned' THEN gifts.claimed ELSE gifts.amount END"
        " OR COUNT(DISTINCT journal.number) <> CASE WHEN gifts.moved_at IS NULL THEN 0"
        " WHEN gifts.state = 'returned' THEN 2 ELSE 1 END"
    ),
    "a claim and the journal disagree": (
        "SELECT claims.id FROM claims JOIN gifts ON gifts.id = claims.gift"
        " LEFT JOIN journal ON journal.subject = claims.id"
        " LEFT JOIN postings ON postings.number = journal.number"
        " LEFT JOIN accounts ON accounts.id = postings.account"
        " AND accounts.currency = gifts.currency"
        " GROUP BY claims.id, claims.customer, claims.amount, gifts.id"
        " HAVING SUM(CASE WHEN accounts.name = 'customer:' || claims.customer"
        " THEN -postings.amount ELSE 0 END) <> claims.amount"
        " OR SUM(CASE WHEN accounts.name = 'held:' || gifts.id"
        " THEN postings.amount ELSE 0 END) <> claims.amount"
        " OR COUNT(DISTINCT journal.number) <> 1"
    ),
}

#: The tables whose ids are subjects of journal entries.
TABLES = ("transfers", "gifts", "claims")
