"""Movements as CSV (RFC 4180): CRLF, a header, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from payment_codes.amount import decimal_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wallet_api.contract.statement import Movement

HEADER = (
    *("created_at", "kind", "direction", "amount", "currency", "balance_after", "party", "note"),
    *("reference", "category", "id", "charge"),
)
#: What a formula begins with, in narrow and in wide letters (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def csv_text(movements: Iterable[Movement]) -> str:
    """Give the CSV of movements; amounts are decimals without a sign."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(HEADER)
    for one in movements:
        writer.writerow(
            [
                one.created_at,
                one.kind,
                one.direction,
                decimal_text(one.amount),
                one.amount.currency,
                decimal_text(one.balance_after),
                *map(harmless, (one.party, one.note, one.reference)),
                one.category or "",
                one.id,
                one.charge or "",
            ]
        )
    return buffer.getvalue()


def harmless(text: str | None) -> str:
    """Give a text that a spreadsheet takes for a text: an apostrophe before what may run."""
    return f"'{text}" if text and text.startswith(_FORMULA) else text or ""
