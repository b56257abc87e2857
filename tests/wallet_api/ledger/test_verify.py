"""The proof of the books: whatever is altered behind the service's back is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.ledger.conftest import ANNA, top_up
from wallet_api.ledger.accounts import BANK_OPERATING, BANK_SAFEGUARDED
from wallet_api.ledger.journal import Posting, post
from wallet_api.ledger.verify import MOST_FINDINGS, PAGE, verify_journal

if TYPE_CHECKING:
    from tests.wallet_api.conftest import StandingClock
    from tests.wallet_api.ledger.conftest import Books
    from wallet_api.store.sqlite import SqliteSession

COLUMNS = {
    "journal": ("number", "kind", "subject", "corrects", "booked_at", "previous", "hash"),
    "postings": ("number", "line", "account", "amount"),
    "accounts": ("id", "name", "currency", "balance"),
}


def altered(value: object) -> object:
    """Give another value of the same type; a number for what is empty."""
    match value:
        case bytes():
            return bytes([value[0] ^ 1]) + value[1:]
        case str():
            return value + "x"
        case int():
            return value + 1_000
        case _:
            return 1


def test_the_columns_are_all_there(books: Books) -> None:
    for table, columns in COLUMNS.items():
        assert tuple(row[1] for row in books.rows(f"PRAGMA table_info({table})")) == columns


@pytest.mark.parametrize("place", ["ASC", "DESC"])
@pytest.mark.parametrize(
    ("table", "column"), [(table, name) for table, names in COLUMNS.items() for name in names]
)
def test_each_altered_column_is_found(books: Books, table: str, column: str, place: str) -> None:
    assert books.verify().ok
    rowid, value = books.rows(
        f"SELECT rowid, {column} FROM {table} ORDER BY rowid {place} LIMIT 1"
    )[0]
    books.alter(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", altered(value), rowid)
    assert not books.verify().ok


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal SET corrects = 0 WHERE number = 1",
        "UPDATE journal SET corrects = NULL WHERE number = 5",
        "DELETE FROM journal WHERE number = 1",
        "DELETE FROM journal WHERE number = 4",
        "DELETE FROM postings WHERE number = 3",
        "DELETE FROM postings WHERE number = 3 AND line = 2",
        "INSERT INTO postings VALUES (3, 3, 1, 100)",
        "INSERT INTO postings VALUES (99, 0, 1, 100)",
        "INSERT INTO postings VALUES (-1, 0, 1, 100)",
        "INSERT INTO journal VALUES (0, 'top_up', 'x', NULL, 0, x'00', x'00')",
        "INSERT INTO journal VALUES (-1, 'top_up', 'x', NULL, 0, x'00', x'00')",
        "INSERT INTO journal VALUES (8, 'top_up', 'x', NULL, 0, x'00', x'00')",
        "INSERT INTO accounts VALUES (99, 'customer:eve', 'CNY', -100)",
        "UPDATE postings SET line = line + 1 WHERE number = 6 AND line = 3",
        "DELETE FROM accounts WHERE name = 'fees.unswept'",
    ],
)
def test_each_removed_or_added_row_is_found(books: Books, sql: str) -> None:
    books.alter(sql)
    assert not books.verify().ok


def test_swapped_lines_are_found(books: Books) -> None:
    for old, new in ((0, 9), (1, 0), (9, 1)):
        books.alter(f"UPDATE postings SET line = {new} WHERE number = 3 AND line = {old}")
    assert not books.verify().ok


def test_swapped_owners_are_found(books: Books) -> None:
    """Though every sum still holds."""
    for old, new in ((ANNA, "x"), ("customer:eve", ANNA), ("x", "customer:eve")):
        books.rows(f"UPDATE accounts SET name = '{new}' WHERE name = '{old}'")
    report = books.verify()
    assert not report.intact
    assert any("altered" in finding for finding in report.findings)


def test_money_that_is_not_safeguarded_is_found(
    session: SqliteSession, books: Books, clock: StandingClock
) -> None:
    """An entry that balances, and yet takes customers' money out of safe keeping."""
    lines = [Posting(BANK_OPERATING, "CNY", 5), Posting(BANK_SAFEGUARDED, "CNY", -5)]
    post(session.begin(), "theft", "x", lines, clock.now())
    session.commit()
    report = books.verify()
    assert report.intact
    assert report.findings == ["after entry 7 customers' CNY is not safeguarded"]


@pytest.mark.parametrize(
    ("sql", "finding"),
    [
        ("UPDATE postings SET amount = amount + 1 WHERE number = 3 AND line = 0", "not balance"),
        ("UPDATE postings SET amount = amount * 9 WHERE number = 4", "overdraws"),
        ("UPDATE journal SET booked_at = 1 WHERE number = 4", "booked before"),
        ("UPDATE accounts SET balance = balance - 1 WHERE id = 2", "balance of"),
    ],
)
def test_rules_are_checked_even_when_the_chain_fits(books: Books, sql: str, finding: str) -> None:
    books.alter(sql)
    books.chain_anew()
    report = books.verify()
    assert report.intact
    assert any(finding in found for found in report.findings)


def test_an_entry_that_is_sealed_anew_breaks_the_chain(books: Books) -> None:
    books.alter("UPDATE journal SET subject = 'somebody else' WHERE number = 3")
    books.chain_anew(last=3)
    report = books.verify()
    assert report.findings == ["entry 4 does not follow the one before"]
    assert not report.intact


def test_an_entry_that_is_cut_out_leaves_a_gap(books: Books) -> None:
    books.alter("DELETE FROM postings WHERE number = 2")
    books.alter("DELETE FROM accounts WHERE currency = 'EUR'")
    books.alter("DELETE FROM journal WHERE number = 2")
    books.chain_anew()
    report = books.verify()
    assert report.findings == ["entry 2 is missing"]
    assert not report.intact


def test_findings_are_bounded(books: Books) -> None:
    more = ", ".join(f"({number}, 0, 1, 100)" for number in range(100, 400))
    books.alter(f"INSERT INTO postings VALUES {more}")
    assert len(books.verify().findings) == MOST_FINDINGS


def test_pages_join(session: SqliteSession, clock: StandingClock) -> None:
    transaction = session.begin()
    for number in range(PAGE + 1):
        post(transaction, "top_up", str(number), top_up(1), clock.now())
    assert verify_journal(transaction).entries == PAGE + 1
    assert verify_journal(transaction).ok
