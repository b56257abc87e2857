"""The settlement file: what a settlement is made of, straight from the ledger, as CSV (RFC 4180).

Every row has the six columns of ``COLUMNS``. First comes what the file is, then the opening
balance, then one ``charge``, ``refund`` or ``reversal`` with its ``fee`` for each entry, then the
``payout`` and the closing balance; at the end a total for each kind, the number of lines between
the two balances, and the SHA-256 of all bytes before its own row. Amounts are signed minor units
as the merchant sees them. The same settlement always gives the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.banking.settlements import SETTLED
from wallet_api.contract.instants import instant_text
from wallet_api.ledger.accounts import FEES_UNSWEPT, merchant_account

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wallet_api.banking.records import SettlementRow
    from wallet_api.store.database import Transaction

FORMAT = "terminal-wallet-settlement-1"
COLUMNS = ("record", "entry", "booked_at", "id", "charge", "amount")
#: What a merchant calls the journal's kinds; another keeps its own name.
_RECORDS = {"payment": "charge"}


@dataclass(frozen=True, slots=True)
class Line:
    """One movement on a merchant's account: the journal entry and the id of what moved it."""

    record: str
    entry: int
    booked_at: int
    id: str
    charge: str
    amount: int


def settlement_lines(transaction: Transaction, row: SettlementRow) -> list[Line]:
    """Give what a settlement is made of, in the order of the journal, its payout at the end."""
    lines: list[Line] = []
    for number, kind, subject, booked_at, net, fee, charge in transaction.all(
        "SELECT journal.number, journal.kind, journal.subject, journal.booked_at,"
        " -postings.amount, COALESCE((SELECT SUM(-fees.amount) FROM postings AS fees"
        " JOIN accounts AS swept ON swept.id = fees.account"
        " WHERE fees.number = journal.number AND swept.name = ?"
        " AND swept.currency = accounts.currency), 0),"
        " COALESCE((SELECT charge FROM payments WHERE payments.id = journal.subject),"
        " (SELECT charge FROM refunds WHERE refunds.id = journal.subject), '')"
        " FROM postings JOIN accounts ON accounts.id = postings.account"
        " JOIN journal ON journal.number = postings.number"
        " WHERE accounts.name = ? AND accounts.currency = ?"
        " AND postings.number > ? AND postings.number <= ? AND journal.kind <> ?"
        " ORDER BY postings.number, postings.line",
        FEES_UNSWEPT,
        merchant_account(row.merchant),
        row.currency,
        row.first,
        row.last,
        SETTLED,
    ):
        record = _RECORDS.get(str(kind), str(kind))
        lines.append(Line(record, number, booked_at, subject, charge, net + fee))
        if fee:
            lines.append(Line("fee", number, booked_at, subject, charge, -fee))
    lines.append(_payout(transaction, row))
    return lines


def _payout(transaction: Transaction, row: SettlementRow) -> Line:
    posted = transaction.one(
        "SELECT number, booked_at FROM journal WHERE subject = ? AND kind = ?", row.id, SETTLED
    )
    assert posted is not None, "a settlement was posted"
    return Line("payout", posted[0], posted[1], row.id, "", -row.amount)


def settlement_file(transaction: Transaction, row: SettlementRow) -> bytes:
    """Write the file of a settlement."""
    lines = settlement_lines(transaction, row)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerow(("format", "", "", FORMAT, "", ""))
    writer.writerow(("settlement", "", "", row.id, "", ""))
    writer.writerow(("merchant", "", "", row.merchant, "", ""))
    writer.writerow(("currency", "", "", row.currency, "", ""))
    writer.writerow(("cut_off", row.last, instant_text(row.cut_off), "", "", ""))
    writer.writerow(("opening", "", "", "", "", row.opening))
    for line in lines:
        writer.writerow(
            (line.record, line.entry, instant_text(line.booked_at), line.id, line.charge,
             line.amount)
        )  # fmt: skip
    writer.writerow(("closing", "", "", "", "", row.closing))
    for record, (count, total) in sorted(totals(lines).items()):
        writer.writerow((f"total_{record}", count, "", "", "", total))
    writer.writerow(("count", len(lines), "", "", "", ""))
    body = text.getvalue().encode()
    return body + hash_row(body)


def totals(lines: Iterable[Line]) -> dict[str, tuple[int, int]]:
    """Give how many lines of each kind there are, and their sum."""
    sums: defaultdict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for line in lines:
        count, total = sums[line.record]
        sums[line.record] = (count + 1, total + line.amount)
    return dict(sums)


def hash_row(body: bytes) -> bytes:
    """Give the last row of a file: the SHA-256 of all before it."""
    return f"sha256,,,{hashlib.sha256(body).hexdigest()},,\r\n".encode()
