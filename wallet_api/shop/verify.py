"""The proof of the shop day: shifts are numbered without gaps, and each agrees with the ledger."""

from __future__ import annotations

#: What the journal moved in each shift: the entries of its sales, refunds and reversals.
_ENTRIES = (
    "(SELECT shift, journal AS number FROM charges WHERE shift IS NOT NULL"
    " UNION ALL SELECT refunds.shift, journal.number FROM refunds"
    " JOIN journal ON journal.subject = refunds.id AND journal.kind = 'refund'"
    " WHERE refunds.shift IS NOT NULL"
    " UNION ALL SELECT charges.reversed_in, journal.number FROM charges"
    " JOIN payments ON payments.charge = charges.id"
    " JOIN journal ON journal.subject = payments.id AND journal.kind = 'reversal'"
    " WHERE charges.reversed_in IS NOT NULL)"
)


def _differs(column: str, value: str, table: str, condition: str) -> str:
    """Say that a column of the takings is not what the rows of their shift add up to."""
    return f"{column} <> (SELECT {value} FROM {table} WHERE {condition} = takings.shift)"  # noqa: S608


_SOLD = ("charges", "charges.shift")
_REFUNDED = ("refunds", "refunds.shift")
_REVERSED = ("charges", "charges.reversed_in")

#: Each query finds records that break one rule.
RULES = {
    "the shifts of a till are not numbered from 1 without gaps": (
        "SELECT till FROM shifts GROUP BY till HAVING MIN(number) <> 1 OR MAX(number) <> COUNT(*)"
    ),
    "a shift is closed and not counted, or counted and open": (
        "SELECT shifts.id FROM shifts LEFT JOIN takings ON takings.shift = shifts.id"
        " WHERE (closed_at IS NULL) <> (takings.shift IS NULL)"
    ),
    "a sale does not belong to its shift": (
        "SELECT charges.id FROM charges JOIN shifts ON shifts.id = charges.shift"
        " WHERE charges.till <> shifts.till OR charges.paid_at IS NULL"
        " OR charges.paid_at < shifts.opened_at OR charges.paid_at > shifts.closed_at"
    ),
    "a refund does not belong to its shift": (
        "SELECT refunds.id FROM refunds JOIN shifts ON shifts.id = refunds.shift"
        " JOIN charges ON charges.id = refunds.charge"
        " WHERE charges.merchant <> shifts.merchant"
        " OR refunds.created_at < shifts.opened_at OR refunds.created_at > shifts.closed_at"
    ),
    "a reversal does not belong to its shift": (
        "SELECT charges.id FROM charges JOIN shifts ON shifts.id = charges.reversed_in"
        " WHERE charges.merchant <> shifts.merchant OR charges.state <> 'reversed'"
    ),
    "a closed shift's takings are not those of its sales and returns": (
        "SELECT shift FROM takings WHERE "  # noqa: S608 - names, no values
        + " OR ".join(
            (
                _differs("sales", "COUNT(*)", *_SOLD),
                _differs("sold", "COALESCE(SUM(amount), 0)", *_SOLD),
                _differs("tips", "COUNT(NULLIF(tip, 0))", *_SOLD),
                _differs("tipped", "COALESCE(SUM(tip), 0)", *_SOLD),
                _differs("discounts", "COUNT(NULLIF(discount, 0))", *_SOLD),
                _differs("discounted", "COALESCE(SUM(discount), 0)", *_SOLD),
                _differs("refunds", "COUNT(*)", *_REFUNDED),
                _differs("refunded", "COALESCE(SUM(amount), 0)", *_REFUNDED),
                _differs("reversals", "COUNT(*)", *_REVERSED),
                _differs("reversed", "COALESCE(SUM(amount), 0)", *_REVERSED),
            )
        )
    ),
    "a closed shift's takings and the ledger disagree": (
        "SELECT takings.shift FROM takings JOIN shifts ON shifts.id = takings.shift"  # noqa: S608
        f" LEFT JOIN {_ENTRIES} AS entries ON entries.shift = takings.shift"
        " LEFT JOIN postings ON postings.number = entries.number"
        " LEFT JOIN accounts ON accounts.id = postings.account"
        " GROUP BY takings.shift, sold, refunded, reversed, fees, shifts.merchant"
        " HAVING SUM(CASE WHEN accounts.name = 'merchant:' || shifts.merchant"
        " THEN -postings.amount ELSE 0 END) <> sold - refunded - reversed - fees"
        " OR SUM(CASE WHEN accounts.name = 'fees.unswept' THEN -postings.amount ELSE 0 END) <> fees"
    ),
}

#: A shift moves no money of its own.
TABLES: tuple[str, ...] = ()
