"""The proof of the bank connection: what the journal moved agrees with the rows of banking."""

from __future__ import annotations

RECEIVABLE = "'receivable:' || customer"


def _moved(table: str, account: str) -> str:
    """Give what the journal moved on an account for a row of a table, in minor units."""
    return f"""(SELECT COALESCE(SUM(postings.amount), 0) FROM journal
        JOIN postings ON postings.number = journal.number
        JOIN accounts ON accounts.id = postings.account
        WHERE journal.subject = {table}.id AND accounts.currency = {table}.currency
        AND accounts.name = {account})"""  # noqa: S608 - names, no values


def _wrong(table: str, entries: str, moves: dict[str, str]) -> str:
    """Give the query for rows whose number of entries, or money on an account, is another."""
    counted = f"(SELECT COUNT(*) FROM journal WHERE journal.subject = {table}.id)"  # noqa: S608
    wrong = [f"{counted} <> {entries}"]
    wrong += [f"{_moved(table, account)} <> {amount}" for account, amount in moves.items()]
    return f"SELECT id FROM {table} WHERE {' OR '.join(wrong)}"  # noqa: S608 - names, no values


#: Each query finds records that break one rule.
RULES = {
    "a top-up and the journal disagree": _wrong(
        "top_ups",
        "CASE state WHEN 'succeeded' THEN 1 WHEN 'returned' THEN 2 ELSE 0 END",
        {
            "'bank.safeguarded'": "CASE state WHEN 'succeeded' THEN amount ELSE 0 END",
            "'customer:' || customer": "CASE state WHEN 'succeeded' THEN -amount"
            f" WHEN 'returned' THEN -{_moved('top_ups', RECEIVABLE)} ELSE 0 END",
        },
    ),
    "a withdrawal and the journal disagree": _wrong(
        "withdrawals",
        "CASE WHEN state = 'pending' THEN 1"
        " WHEN state IN ('succeeded', 'returned') THEN 2 ELSE 0 END",
        {
            "'customer:' || customer": "CASE WHEN state IN ('pending', 'succeeded')"
            " THEN amount + fee ELSE 0 END",
            "'fees.unswept'": "CASE WHEN state IN ('pending', 'succeeded') THEN -fee ELSE 0 END",
            "'payouts.in_transit'": "CASE state WHEN 'pending' THEN -amount ELSE 0 END",
            "'bank.safeguarded'": "CASE state WHEN 'succeeded' THEN -amount ELSE 0 END",
        },
    ),
    "a settlement and the journal disagree": _wrong(
        "settlements",
        "CASE state WHEN 'pending' THEN 1 ELSE 2 END",
        {
            "'merchant:' || merchant": "CASE WHEN state IN ('pending', 'succeeded')"
            " THEN amount ELSE 0 END",
            "'payouts.in_transit'": "CASE state WHEN 'pending' THEN -amount ELSE 0 END",
            "'bank.safeguarded'": "CASE state WHEN 'succeeded' THEN -amount ELSE 0 END",
        },
    ),
    "a settlement does not follow the one before": (
        "SELECT later.id FROM settlements AS later LEFT JOIN settlements AS earlier"
        " ON earlier.merchant = later.merchant AND earlier.last = (SELECT MAX(last)"
        " FROM settlements AS any_ WHERE any_.merchant = later.merchant AND any_.last < later.last)"
        " WHERE later.opening <> COALESCE(earlier.closing, 0)"
        " OR later.first <> COALESCE(earlier.last, 0)"
    ),
    "a settlement is not what its entries add up to": (
        "SELECT settlements.id FROM settlements"
        " LEFT JOIN accounts ON accounts.name = 'merchant:' || settlements.merchant"
        " AND accounts.currency = settlements.currency"
        " LEFT JOIN postings ON postings.account = accounts.id"
        " AND postings.number > settlements.first AND postings.number <= settlements.last"
        " LEFT JOIN journal ON journal.number = postings.number AND journal.kind <> 'settlement'"
        " GROUP BY settlements.id, settlements.opening, settlements.amount, settlements.closing"
        " HAVING settlements.opening - settlements.amount - settlements.closing"
        " - SUM(CASE WHEN journal.number IS NULL THEN 0 ELSE postings.amount END) <> 0"
    ),
    "a transfer of the firm and the journal disagree": _wrong(
        "firm_transfers",
        "CASE state WHEN 'succeeded' THEN 1 ELSE 0 END",
        {
            "firm_transfers.account": "CASE state WHEN 'succeeded' THEN amount ELSE 0 END",
            "'bank.operating'": "CASE state WHEN 'succeeded' THEN amount ELSE 0 END",
            "'bank.safeguarded'": "CASE state WHEN 'succeeded' THEN -amount ELSE 0 END",
        },
    ),
    "money without an owner and the journal disagree": _wrong(
        "strays",
        "CASE WHEN customer IS NULL THEN 1 ELSE 2 END",
        {
            "'bank.safeguarded'": "amount",
            "'suspense.unmatched'": "CASE WHEN customer IS NULL THEN -amount ELSE 0 END",
            "'customer:' || COALESCE(customer, '')": "CASE WHEN customer IS NULL THEN 0"
            " ELSE -amount END",
        },
    ),
    "an order to the bank and what it is for disagree": (
        "SELECT bank_orders.id FROM bank_orders LEFT JOIN"
        " (SELECT id, 'top_up' AS purpose, 'debit' AS kind, currency, amount, CASE state"
        " WHEN 'pending' THEN 'waiting' WHEN 'failed' THEN 'refused' ELSE 'paid' END AS state"
        " FROM top_ups UNION ALL"
        " SELECT id, 'withdrawal', 'credit', currency, amount, CASE state"
        " WHEN 'pending' THEN 'waiting' WHEN 'succeeded' THEN 'paid' ELSE 'refused' END"
        " FROM withdrawals WHERE taken_at IS NOT NULL UNION ALL"
        " SELECT id, 'settlement', 'credit', currency, amount, CASE state"
        " WHEN 'pending' THEN 'waiting' WHEN 'succeeded' THEN 'paid' ELSE 'refused' END"
        " FROM settlements UNION ALL"
        " SELECT id, purpose, CASE WHEN amount > 0 THEN 'credit' ELSE 'debit' END, currency,"
        " ABS(amount), CASE state"
        " WHEN 'pending' THEN 'waiting' WHEN 'succeeded' THEN 'paid' ELSE 'refused' END"
        " FROM firm_transfers) AS wanted"
        " ON wanted.id = bank_orders.id AND wanted.purpose = bank_orders.purpose"
        " AND wanted.kind = bank_orders.kind AND wanted.currency = bank_orders.currency"
        " AND wanted.amount = bank_orders.amount AND wanted.state = bank_orders.state"
        " WHERE wanted.id IS NULL"
    ),
    "what waits for the bank was not ordered": (
        "SELECT id FROM (SELECT id, state FROM top_ups UNION ALL SELECT id, state FROM withdrawals"
        " UNION ALL SELECT id, state FROM settlements"
        " UNION ALL SELECT id, state FROM firm_transfers) AS asked"
        " WHERE asked.state = 'pending' AND NOT EXISTS (SELECT 1 FROM bank_orders"
        " WHERE bank_orders.id = asked.id AND bank_orders.state = 'waiting')"
    ),
}

#: The tables whose ids are subjects of journal entries.
TABLES = ("top_ups", "withdrawals", "settlements", "firm_transfers", "strays")
