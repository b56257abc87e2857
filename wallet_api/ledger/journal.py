"""The journal: append-only transactions, each sealed into a hash chain over every column."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wallet_api.ledger.accounts import never_overdrawn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

GENESIS = bytes(32)
LARGEST_BALANCE = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Posting:
    """One line: a signed amount in minor units on an account, debit positive."""

    account: str
    currency: str
    amount: int


def debit(account: str, currency: str, amount: int) -> Posting:
    """Make a debit of a positive amount."""
    return Posting(account, currency, amount)


def credit(account: str, currency: str, amount: int) -> Posting:
    """Make a credit of a positive amount."""
    return Posting(account, currency, -amount)


@dataclass(frozen=True, slots=True)
class Head:
    """The newest journal transaction: its number, hash and booking time in milliseconds."""

    number: int
    hash: bytes
    booked_at: int


def head(transaction: Transaction) -> Head:
    """Give the newest entry, or number 0 and the genesis hash of an empty journal."""
    row = transaction.one(
        "SELECT number, hash, booked_at FROM journal ORDER BY number DESC LIMIT 1"
    )
    return Head(0, GENESIS, 0) if row is None else Head(*row)


def number_at(transaction: Transaction, moment: int) -> int:
    """Give the number of the first entry booked at or after a moment, in milliseconds.

    That is the next number when there is none yet. Booking time never decreases, so a search by
    halves over the numbers needs no index of its own.
    """
    lowest, highest = 1, head(transaction).number + 1
    while lowest < highest:
        middle = (lowest + highest) // 2
        row = transaction.one("SELECT booked_at FROM journal WHERE number = ?", middle)
        assert row is not None, "the journal has no gaps"
        if row[0] < moment:
            lowest = middle + 1
        else:
            highest = middle
    return lowest


def seal(
    previous: bytes,
    number: int,
    kind: str,
    subject: str,
    corrects: int | None,
    booked_at: int,
    postings: Iterable[Posting],
) -> bytes:
    """Give the SHA-256 that chains an entry to its predecessor and covers each of its columns."""
    lines = [f"{number}\n{kind}\n{subject}\n{corrects}\n{booked_at}"]
    lines.extend(f"{line.account} {line.currency} {line.amount}" for line in postings)
    return hashlib.sha256(previous + "\n".join(lines).encode()).digest()


def post(
    transaction: Transaction,
    kind: str,
    subject: str,
    postings: Sequence[Posting],
    now: Now,
    corrects: int | None = None,
) -> int:
    """Write one journal transaction, move the balances and give its number.

    ``subject`` is the id of what moved the money, ``corrects`` the number of an entry it undoes.
    Lines of zero are left out. Callers refuse before they post: postings that do not sum to zero
    per currency, or an overdrawn account, are bugs and fail an assertion.
    """
    lines = [line for line in postings if line.amount]
    sums: defaultdict[str, int] = defaultdict(int)
    for line in lines:
        sums[line.currency] += line.amount
    assert lines, "a journal transaction moves something"
    assert not any(sums.values()), f"postings of {kind} do not sum to zero: {dict(sums)}"
    last = head(transaction)
    number, booked_at = last.number + 1, max(now.business, last.booked_at)
    transaction.run(
        "INSERT INTO journal (number, kind, subject, corrects, booked_at, previous, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        number,
        kind,
        subject,
        corrects,
        booked_at,
        last.hash,
        seal(last.hash, number, kind, subject, corrects, booked_at, lines),
    )
    for index, line in enumerate(lines):
        account = _move(transaction, line)
        transaction.run(
            "INSERT INTO postings (number, line, account, amount) VALUES (?, ?, ?, ?)",
            number,
            index,
            account,
            line.amount,
        )
    transaction.journalled += 1
    return number


def _move(transaction: Transaction, line: Posting) -> int:
    """Move an account's balance, opening the account at its first posting; give its number."""
    row = transaction.one(
        "SELECT id, balance FROM accounts WHERE name = ? AND currency = ?",
        line.account,
        line.currency,
    )
    balance = line.amount + (row[1] if row else 0)
    assert abs(balance) <= LARGEST_BALANCE, f"{line.account} outgrows 64 bits"
    assert balance <= 0 or not never_overdrawn(line.account), f"{line.account} is overdrawn"
    if row is not None:
        transaction.run("UPDATE accounts SET balance = ? WHERE id = ?", balance, row[0])
        return int(row[0])
    made = transaction.one(
        "INSERT INTO accounts (name, currency, balance) VALUES (?, ?, ?) RETURNING id",
        line.account,
        line.currency,
        balance,
    )
    assert made is not None
    return int(made[0])
