"""Counting a shift: its sales, refunds and reversals, the fees in the ledger, and the hours."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from wallet_api.ledger.accounts import FEES_UNSWEPT
from wallet_api.shop.records import Takings
from wallet_api.store.calendar import business_zone

if TYPE_CHECKING:
    from wallet_api.store.database import Row, Transaction, Value

#: Every time zone's hours begin at a quarter of UTC's.
QUARTER_MS = 900_000

_SALES = (
    "SELECT COUNT(*), COALESCE(SUM(amount), 0),"
    " COALESCE(SUM(CASE WHEN tip > 0 THEN 1 ELSE 0 END), 0), COALESCE(SUM(tip), 0),"
    " COALESCE(SUM(CASE WHEN discount > 0 THEN 1 ELSE 0 END), 0), COALESCE(SUM(discount), 0),"
    " COALESCE(SUM(fee), 0) FROM charges WHERE shift = ?"
)
_REFUNDS = "SELECT COUNT(*), COALESCE(SUM(amount), 0) FROM refunds WHERE shift = ?"
_FEES_REFUNDED = (
    "SELECT COALESCE(SUM(postings.amount), 0) FROM refunds"
    " JOIN journal ON journal.subject = refunds.id AND journal.kind = 'refund'"
    " JOIN postings ON postings.number = journal.number"
    " JOIN accounts ON accounts.id = postings.account AND accounts.name = ?"
    " WHERE refunds.shift = ?"
)
_REVERSALS = (
    "SELECT COUNT(*), COALESCE(SUM(amount), 0), COALESCE(SUM(fee), 0)"
    " FROM charges WHERE reversed_in = ?"
)
_SOLD_BY_QUARTER = (
    f"SELECT paid_at / {QUARTER_MS}, COUNT(*), SUM(amount) FROM charges WHERE shift = ?"  # noqa: S608
    f" GROUP BY paid_at / {QUARTER_MS}"
)
_RETURNED_BY_QUARTER = (
    f"SELECT moment / {QUARTER_MS}, COUNT(*), SUM(amount) FROM"  # noqa: S608 - a constant
    " (SELECT created_at AS moment, amount FROM refunds WHERE shift = ?"
    " UNION ALL SELECT journal.booked_at, charges.amount FROM charges"
    " JOIN payments ON payments.charge = charges.id"
    " JOIN journal ON journal.subject = payments.id AND journal.kind = 'reversal'"
    f" WHERE charges.reversed_in = ?) AS returned GROUP BY moment / {QUARTER_MS}"
)


def count_takings(transaction: Transaction, shift: str) -> Takings:
    """Count what was taken in a shift so far."""
    sales, sold, tips, tipped, discounts, discounted, fees = _row(transaction, _SALES, shift)
    refunds, refunded = _row(transaction, _REFUNDS, shift)
    reversals, reversed_, fees_reversed = _row(transaction, _REVERSALS, shift)
    (fees_refunded,) = _row(transaction, _FEES_REFUNDED, FEES_UNSWEPT, shift)
    return Takings(
        shift=shift,
        sales=sales,
        sold=sold,
        tips=tips,
        tipped=tipped,
        discounts=discounts,
        discounted=discounted,
        refunds=refunds,
        refunded=refunded,
        reversals=reversals,
        reversed=reversed_,
        fees=fees - fees_refunded - fees_reversed,
        first=_charge(transaction, shift, "ASC"),
        last=_charge(transaction, shift, "DESC"),
        hours=msgspec.json.encode(_hours(transaction, shift)).decode(),
    )


def _row(transaction: Transaction, query: str, *values: Value) -> Row:
    row = transaction.one(query, *values)
    assert row is not None, "a sum has one row"
    return row


def _charge(transaction: Transaction, shift: str, order: str) -> str | None:
    row = transaction.one(
        f"SELECT id FROM charges WHERE shift = ? ORDER BY journal {order} LIMIT 1",  # noqa: S608 - a word of ours
        shift,
    )
    return None if row is None else str(row[0])


def _hours(transaction: Transaction, shift: str) -> list[tuple[int, int, int, int, int]]:
    """Give the hours in which something happened, oldest first, as the row keeps them."""
    zone = business_zone(transaction)
    hours: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])

    def add(rows: list[Row], place: int) -> None:
        for quarter, count, amount in rows:
            moment = datetime.fromtimestamp(quarter * QUARTER_MS // 1_000, zone)
            hour = hours[int(moment.replace(minute=0).timestamp()) * 1_000]
            hour[place] += count
            hour[place + 1] += amount

    add(list(transaction.all(_SOLD_BY_QUARTER, shift)), 0)
    add(list(transaction.all(_RETURNED_BY_QUARTER, shift, shift)), 2)
    return [(start, *found) for start, found in sorted(hours.items())]  # type: ignore[misc]
