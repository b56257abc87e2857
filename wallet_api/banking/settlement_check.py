"""The check of a settlement file: whole, adding up by itself, and the ledger's to the cent."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.banking.records import SETTLEMENTS
from wallet_api.banking.settlement_file import COLUMNS, FORMAT, hash_row, settlement_file
from wallet_api.contract.instants import instant_ms

if TYPE_CHECKING:
    from wallet_api.store.database import Transaction

_HEAD = ("format", "settlement", "merchant", "currency", "cut_off", "opening")


class FileBrokenError(ValueError):
    """The file is not what was written: cut, changed, or no settlement file."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What a file says of itself; amounts are minor units, ``lines`` stand between the balances."""

    settlement: str
    merchant: str
    currency: str
    opening: int
    payout: int
    closing: int
    lines: int


def check_file(content: bytes) -> CheckedFile:
    """Check a file by itself: its hash, its form, its sums. Raises FileBrokenError."""
    rows = _rows(content)
    head = dict(zip(_HEAD, rows[1:7], strict=True))
    if tuple(row[0] for row in rows[1:7]) != _HEAD or head["format"][3] != FORMAT:
        raise FileBrokenError("it does not begin as a settlement file does")
    names = [row[0] for row in rows]
    if names.count("closing") != 1 or names[-1] != "count":
        raise FileBrokenError("its end is missing")
    end = names.index("closing")
    lines = rows[7:end]
    amounts = [_number(row[5]) for row in lines]
    for row in lines:
        _moment(row[2])
    opening, closing = _number(head["opening"][5]), _number(rows[end][5])
    if opening + sum(amounts) != closing:
        raise FileBrokenError("its lines do not lead from the opening to the closing balance")
    _check_totals(rows[end + 1 : -1], lines, amounts)
    if _number(rows[-1][1]) != len(lines):
        raise FileBrokenError("lines are missing")
    payouts = [amount for row, amount in zip(lines, amounts, strict=True) if row[0] == "payout"]
    if len(payouts) != 1:
        raise FileBrokenError("it has not exactly one payout")
    return CheckedFile(
        settlement=head["settlement"][3],
        merchant=head["merchant"][3],
        currency=head["currency"][3],
        opening=opening,
        payout=-payouts[0],
        closing=closing,
        lines=len(lines),
    )


def agrees(transaction: Transaction, content: bytes, settlement: str) -> bool:
    """Say whether the ledger gives exactly this file for a settlement."""
    row = SETTLEMENTS.get(transaction, settlement)
    return row is not None and settlement_file(transaction, row) == content


def _rows(content: bytes) -> list[list[str]]:
    """Give the rows before the hash, after checking it."""
    body = content[: max(content.rfind(b"sha256,"), 0)]
    if body + hash_row(body) != content:
        raise FileBrokenError("it was changed or cut: its SHA-256 is another")
    try:
        text = body.decode("ascii")
    except UnicodeDecodeError:
        raise FileBrokenError("it is not plain text") from None
    rows = list(csv.reader(io.StringIO(text, newline="")))
    if len(rows) < len(_HEAD) + 3 or any(len(row) != len(COLUMNS) for row in rows):
        raise FileBrokenError("it is no settlement file")
    if tuple(rows[0]) != COLUMNS:
        raise FileBrokenError("its columns are others")
    return rows


def _check_totals(given: list[list[str]], lines: list[list[str]], amounts: list[int]) -> None:
    sums: dict[str, tuple[int, int]] = {}
    for row, amount in zip(lines, amounts, strict=True):
        count, total = sums.get(row[0], (0, 0))
        sums[row[0]] = (count + 1, total + amount)
    said = {row[0]: (_number(row[1]), _number(row[5])) for row in given}
    if said != {f"total_{record}": sum_ for record, sum_ in sums.items()}:
        raise FileBrokenError("its totals are not those of its lines")


def _number(text: str) -> int:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()):
        raise FileBrokenError(f"{text[:20]!r} is no whole number")
    return int(text)


def _moment(text: str) -> int:
    try:
        return instant_ms(text)
    except ValueError:
        raise FileBrokenError(f"{text[:30]!r} is no moment") from None
