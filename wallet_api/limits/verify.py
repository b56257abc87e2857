"""The proof of the counters: they say what the journal moved out of each customer's account."""

from __future__ import annotations

#: Entries by which money leaves a customer, and those that bring it back under the same subject.
_OUT = "('payment', 'send', 'hold', 'gift', 'withdrawal')"
_BACK = "('reversal', 'send_return', 'gift_return', 'withdrawal_returned')"

#: Each customer's counters beside what moved since they began; ``gone`` is what money came back of.
_MOVED = (
    " FROM spending"
    " JOIN accounts ON accounts.name = 'customer:' || spending.customer"
    " LEFT JOIN postings ON postings.account = accounts.id"
    " LEFT JOIN journal ON journal.number = postings.number"
    " AND journal.booked_at >= spending.since"
    f" LEFT JOIN journal AS gone ON gone.subject = journal.subject AND gone.kind IN {_OUT}"
    f" AND gone.booked_at >= spending.since AND journal.kind IN {_BACK}"
    " GROUP BY spending.customer"
)


def _sum(condition: str) -> str:
    return f"COALESCE(SUM(CASE WHEN {condition} THEN postings.amount ELSE 0 END), 0)"


def _counter(column: str) -> str:
    return f"MAX(spending.{column})"


def _within(entry: str, period: str) -> str:
    began, ends = f"spending.{period}_began_at", f"spending.{period}_ends_at"
    return f"{entry}.booked_at >= {began} AND {entry}.booked_at < {ends}"


#: A send stands in the account of its receiver too, as a credit.
_LEFT = f"journal.kind IN {_OUT} AND postings.amount > 0"
_TODAY = f"{_within('journal', 'day')} AND (({_LEFT}) OR ({_within('gone', 'day')}))"
_NET_YEAR = f"{_within('journal', 'year')} AND (({_LEFT}) OR ({_within('gone', 'year')}))"
_THIS_YEAR = f"{_LEFT} AND {_within('journal', 'year')}"

#: Each query finds customers whose counters break one rule. What came back on the day it left is
#: not known of earlier days, so a year's counter is held against its bounds.
RULES = {
    "a day's counter and the journal disagree": (
        f"SELECT spending.customer{_MOVED} HAVING {_counter('day_amount')} <> {_sum(_TODAY)}"
    ),
    "a year's counter and the journal disagree": (
        f"SELECT spending.customer{_MOVED}"
        f" HAVING {_counter('year_amount')} < {_counter('day_amount')}"
        f" OR {_counter('year_amount')} < {_sum(_NET_YEAR)}"
        f" OR {_counter('year_amount')} > {_sum(_THIS_YEAR)}"
    ),
    "a habit and the journal disagree": (
        f"SELECT spending.customer{_MOVED} HAVING {_counter('total')} <> {_sum(_LEFT)}"
    ),
    "a counter is beyond its day": (
        "SELECT customer FROM spending"
        " WHERE static_amount > day_amount OR day_began_at < year_began_at"
        " OR day_ends_at > year_ends_at"
    ),
}

#: No id of these tables is the subject of a journal entry.
TABLES: tuple[str, ...] = ()
