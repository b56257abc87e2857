"""Which shift money belongs to: that of the till, as it is open when the money moves.

So a closed shift is final: what is paid or given back after it belongs to the next, or to none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wallet_api.store.database import Transaction


def open_shift(transaction: Transaction, till: str) -> str | None:
    """Give the id of a till's open shift, or None."""
    row = transaction.one("SELECT id FROM shifts WHERE till = ? AND closed_at IS NULL", till)
    return None if row is None else str(row[0])
