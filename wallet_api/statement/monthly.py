"""The statement of a month: what the balance was, what came and went, what it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from wallet_api.contract.errors import BadRequest
from wallet_api.contract.instants import instant_text
from wallet_api.contract.statement import Statement
from wallet_api.statement.history import place_at, the_account
from wallet_api.store.calendar import business_zone, period_of_month

if TYPE_CHECKING:
    from wallet_api.identity.records import Customer
    from wallet_api.store.calendar import Period
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


def statement(transaction: Transaction, customer: Customer, month: str, now: Now) -> Statement:
    """Give a customer's statement of a month, such as 2026-01, that has begun.

    Raises BadRequest.
    """
    zone = business_zone(transaction)
    match = _MONTH.fullmatch(month)
    if match is None:
        raise BadRequest(reason="month is written as 2026-01")
    period = period_of_month(zone, int(match[1]), int(match[2]))
    if now.business < period.began_at:
        raise BadRequest(reason=f"{month} has not begun")
    return _sum_up(transaction, customer, month, zone.key, period)


def _sum_up(
    transaction: Transaction, customer: Customer, month: str, zone: str, period: Period
) -> Statement:
    account = the_account(transaction, customer.id, customer.currency)
    first = place_at(transaction, account, period.began_at)
    last = place_at(transaction, account, period.ends_at)
    row = transaction.one(
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN amount < 0 THEN -amount ELSE 0 END), 0)"
        " FROM postings WHERE account = ? AND number >= ? AND number < ?",
        account.id,
        first.number,
        last.number,
    )
    assert row is not None, "a sum has one row"
    count, came = int(row[0]), int(row[1])

    def money(minor: int) -> Amount:
        return Amount(minor, customer.currency)

    return Statement(
        wallet=customer.id,
        name=customer.name,
        month=month,
        zone=zone,
        starts_at=instant_text(period.began_at),
        ends_at=instant_text(period.ends_at),
        opening=money(first.balance),
        total_in=money(came),
        total_out=money(first.balance + came - last.balance),
        closing=money(last.balance),
        count=count,
        cursor=str(last),
    )
