"""A merchant's sales: found as one types, added up, written as a table."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import TYPE_CHECKING

from payment_codes.amount import Amount, amount_text, decimal_text
from pos.till import Till
from terminal_kit.console import local_time
from terminal_kit.receipts.csv_text import harmless
from wallet_api.contract.ids import short_code
from wallet_api.contract.wire import ChargeState, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from terminal_kit.session import Standing
    from wallet_api.contract.wire import Charge

PAGE = 100
#: Pages that are looked through for one answer, so that a rare word is found in the end.
MOST_PAGES = 10
HEADER = (
    *("created_at", "paid_at", "state", "amount", "currency", "tip", "discount", "refunded"),
    *("fee", "note", "reference", "id"),
)
HAD_MONEY = frozenset({ChargeState.SUCCEEDED, ChargeState.PARTIALLY_REFUNDED, ChargeState.REFUNDED})


@dataclass(frozen=True, slots=True)
class Sum:
    """Sales of a currency: how many were paid, how much that was, what was given back of it."""

    count: int
    paid: Amount
    refunded: Amount


class Sales:
    """The charges of one till's merchant."""

    def __init__(self, session: Standing) -> None:
        self._till = Till(session)

    def page(self, cursor: str | None = None, wanted: str = "") -> Page[Charge]:
        """Give a page of the charges in which a text occurs, newest first.

        Looks through up to 1,000 charges, so a page may be empty and still have a next one.
        """
        found: list[Charge] = []
        for _number in range(MOST_PAGES):
            page = self._till.sales(PAGE, cursor)
            found += [one for one in page.items if occurs(wanted, one)]
            cursor = page.next
            if cursor is None or not wanted or len(found) >= PAGE // 2:
                break
        return Page(items=found, next=cursor)

    def of_day(self, day: str) -> list[Charge]:
        """Give the charges of a day of this machine's time zone, such as 2026-11-21."""
        found = []
        for charge in self._all():
            made = local_time(charge.created_at)[:10]
            if made < day:
                break
            if made == day:
                found.append(charge)
        return found

    def _all(self) -> Iterator[Charge]:
        cursor = None
        while True:
            page = self._till.sales(PAGE, cursor)
            yield from page.items
            cursor = page.next
            if cursor is None:
                return


def occurs(wanted: str, charge: Charge) -> bool:
    """Say whether all words of a text occur in a charge's time, amount, note, reference or id."""
    said = " ".join(
        (
            local_time(charge.created_at)[:16],
            amount_text(charge.amount),
            charge.note or "",
            charge.reference or "",
            short_code(charge.id),
            charge.id,
        )
    ).casefold()
    return all(word in said for word in wanted.casefold().split())


def sums(charges: Iterable[Charge]) -> list[Sum]:
    """Add up what was paid, per currency; what was reversed counts as not sold."""
    counts: dict[str, list[int]] = {}
    for charge in charges:
        if charge.state not in HAD_MONEY:
            continue
        count = counts.setdefault(charge.amount.currency, [0, 0, 0])
        count[0] += 1
        count[1] += charge.amount.minor
        count[2] += charge.refunded.minor if charge.refunded else 0
    return [
        Sum(count, Amount(paid, currency), Amount(refunded, currency))
        for currency, (count, paid, refunded) in sorted(counts.items())
    ]


def sales_csv(charges: Iterable[Charge]) -> str:
    """Give charges as CSV (RFC 4180); amounts are decimals."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(HEADER)
    for one in charges:
        writer.writerow(
            [
                one.created_at,
                one.paid_at or "",
                one.state,
                decimal_text(one.amount),
                one.amount.currency,
                *(_decimal(part) for part in (one.tip, one.discount, one.refunded, one.fee)),
                harmless(one.note),
                harmless(one.reference),
                one.id,
            ]
        )
    return buffer.getvalue()


def _decimal(amount: Amount | None) -> str:
    return "" if amount is None else decimal_text(amount)


def today(business_ms: int) -> str:
    """Give the day of a moment of business time in this machine's time zone."""
    return datetime.fromtimestamp(business_ms / 1_000).astimezone().strftime("%Y-%m-%d")
