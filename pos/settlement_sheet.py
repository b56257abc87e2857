"""A settlement file as its merchant reads it: lines, sums, and the balance before and after."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from payment_codes.amount import Amount
from wallet_api.contract.errors import FileBroken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Records that are no movement of money.
_ABOUT = frozenset({"format", "settlement", "merchant", "cut_off", "currency", "count", "sha256"})
_TOTAL = "total_"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One movement: its kind, when it was booked, the ids of what moved it and of its charge."""

    number: int
    record: str
    booked_at: str
    id: str
    charge: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class Sheet:
    """A settlement's content. ``totals`` are how many lines of each kind, and their sum."""

    opening: Amount
    closing: Amount
    lines: tuple[SheetLine, ...]
    totals: dict[str, tuple[int, Amount]]


def read_sheet(content: str) -> Sheet:
    """Read a settlement file, whose SHA-256 was checked. Raises FileBroken for any other text."""
    try:
        rows = list(csv.reader(content.splitlines(), strict=True))
        currency = next(row[3] for row in rows if row[0] == "currency")
        return _sheet(rows[1:], currency)
    except (csv.Error, StopIteration, IndexError, KeyError, ValueError) as error:
        raise FileBroken(reason="it is no settlement file") from error


def _sheet(rows: Iterable[list[str]], currency: str) -> Sheet:
    balances: dict[str, Amount] = {}
    totals: dict[str, tuple[int, Amount]] = {}
    movements = []
    for record, entry, booked_at, subject, charge, amount in rows:
        if record in {"opening", "closing"}:
            balances[record] = Amount(int(amount), currency)
        elif record.startswith(_TOTAL):
            totals[record.removeprefix(_TOTAL)] = (int(entry), Amount(int(amount), currency))
        elif record not in _ABOUT:
            movements.append((record, booked_at, subject, charge, Amount(int(amount), currency)))
    lines = tuple(_numbered(movements))
    return Sheet(balances["opening"], balances["closing"], lines, totals)


def _numbered(movements: Iterable[tuple[str, str, str, str, Amount]]) -> Iterator[SheetLine]:
    for number, movement in enumerate(movements, start=1):
        yield SheetLine(number, *movement)
