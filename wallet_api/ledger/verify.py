"""The proof of the books, from the rows alone.

Every entry is read in order: its hash is computed anew over every column and must chain to the one
before; its postings must sum to zero per currency; no owner may go below zero; and per currency
the safeguarding line must hold at every number: what the bank keeps safe for customers equals
what it owes them. At the end the stored balances must be those of the postings.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wallet_api.ledger.accounts import is_safeguarded, never_overdrawn
from wallet_api.ledger.journal import GENESIS, Head, Posting, seal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wallet_api.store.database import Row, Transaction

PAGE = 1_000
#: Below every number, so that a row before the first entry is seen too.
LOWEST = -(2**63)
MOST_FINDINGS = 100


@dataclass(slots=True)
class Report:
    """What a verification found. ``totals`` are debits per currency and account class."""

    entries: int = 0
    intact: bool = True
    head: Head = field(default_factory=lambda: Head(0, GENESIS, 0))
    findings: list[str] = field(default_factory=list)
    balances: defaultdict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))

    @property
    def ok(self) -> bool:
        """Say whether nothing is off."""
        return self.intact and not self.findings

    def add(self, finding: str) -> None:
        """Note something that is off; the list is bounded."""
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(finding)

    def totals(self) -> dict[str, dict[str, int]]:
        """Give the signed sum per currency and class of account (the part before the colon)."""
        sums: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
        for (account, currency), balance in self.balances.items():
            sums[currency][account.split(":", maxsplit=1)[0]] += balance
        return {currency: dict(classes) for currency, classes in sums.items()}


def verify_journal(transaction: Transaction, anchor: Head | None = None) -> Report:
    """Prove the journal and the balances.

    With an ``anchor``, an earlier head that was kept elsewhere, also prove that nothing up to it
    was cut or rewritten.
    """
    report = Report()
    held: defaultdict[str, int] = defaultdict(int)
    for entry, lines in _entries(transaction):
        _check_seal(report, entry, lines)
        _check_postings(report, entry[0], lines, held)
        if anchor is not None and entry[0] == anchor.number and entry[6] != anchor.hash:
            report.intact = False
            report.add(f"entry {anchor.number} is not the one that the head was signed over")
        report.entries += 1
        report.head = Head(entry[0], entry[6], entry[4])
    if anchor is not None and report.head.number < anchor.number:
        report.intact = False
        report.add(f"the journal ends at {report.head.number}, before the head {anchor.number}")
    _check_lines(transaction, report)
    _check_balances(transaction, report)
    return report


def _entries(transaction: Transaction) -> Iterator[tuple[Row, list[Posting]]]:
    """Give each entry with its postings, in order, a page at a time."""
    after = LOWEST
    while True:
        entries = transaction.all(
            "SELECT number, kind, subject, corrects, booked_at, previous, hash FROM journal"
            " WHERE number > ? ORDER BY number LIMIT ?",
            after,
            PAGE,
        )
        if not entries:
            return
        last = entries[-1][0]
        lines: defaultdict[int, list[Posting]] = defaultdict(list)
        for number, account, currency, amount in transaction.all(
            "SELECT postings.number, accounts.name, accounts.currency, postings.amount"
            " FROM postings JOIN accounts ON accounts.id = postings.account"
            " WHERE postings.number > ? AND postings.number <= ?"
            " ORDER BY postings.number, postings.line",
            after,
            last,
        ):
            lines[number].append(Posting(account, currency, amount))
        for entry in entries:
            yield entry, lines[entry[0]]
        after = last


def _check_seal(report: Report, entry: Row, lines: list[Posting]) -> None:
    number, kind, subject, corrects, booked_at, previous, given = entry
    if number != report.head.number + 1:
        report.intact = False
        report.add(f"entry {report.head.number + 1} is missing")
    if previous != report.head.hash:
        report.intact = False
        report.add(f"entry {number} does not follow the one before")
    if seal(previous, number, kind, subject, corrects, booked_at, lines) != given:
        report.intact = False
        report.add(f"entry {number} was altered")
    if booked_at < report.head.booked_at:
        report.add(f"entry {number} is booked before the one before")


def _check_postings(
    report: Report, number: int, lines: list[Posting], held: defaultdict[str, int]
) -> None:
    sums: defaultdict[str, int] = defaultdict(int)
    for line in lines:
        sums[line.currency] += line.amount
        balance = report.balances[line.account, line.currency] + line.amount
        report.balances[line.account, line.currency] = balance
        if is_safeguarded(line.account):
            held[line.currency] += line.amount
    if not lines or any(sums.values()):
        report.add(f"entry {number} does not balance")
    for currency in sums:
        if held[currency]:
            report.add(f"after entry {number} customers' {currency} is not safeguarded")
    for line in lines:
        if never_overdrawn(line.account) and report.balances[line.account, line.currency] > 0:
            report.add(f"entry {number} overdraws {line.account}")


def _check_lines(transaction: Transaction, report: Report) -> None:
    """Find what the chain of entries cannot see: postings of no entry, and gaps in their lines."""
    for (number,) in transaction.all(
        "SELECT postings.number FROM postings"
        " LEFT JOIN journal ON journal.number = postings.number"
        " GROUP BY postings.number"
        " HAVING COUNT(journal.number) = 0 OR MIN(line) <> 0 OR MAX(line) <> COUNT(*) - 1"
    ):
        report.add(f"the postings of entry {number} have no entry or are not numbered from 0")


def _check_balances(transaction: Transaction, report: Report) -> None:
    stored = {
        (name, currency): balance
        for name, currency, balance in transaction.all(
            "SELECT name, currency, balance FROM accounts"
        )
    }
    for key in sorted(stored.keys() | report.balances.keys()):
        if stored.get(key, 0) != report.balances.get(key, 0):
            report.add(f"the balance of {key[0]} in {key[1]} is not that of its postings")
