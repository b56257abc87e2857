"""A writing session on new books, the entries of an ordinary day, and a forger's hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import apsw
import pytest

from wallet_api.ledger.accounts import (
    BANK_OPERATING,
    BANK_SAFEGUARDED,
    FEES_UNSWEPT,
    INCOME_FEES,
    customer_account,
    merchant_account,
)
from wallet_api.ledger.journal import GENESIS, Head, Posting, credit, debit, head, post, seal
from wallet_api.ledger.verify import Report, verify_journal
from wallet_api.store.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.wallet_api.conftest import StandingClock
    from wallet_api.identity.keys import Keys
    from wallet_api.store.database import Transaction
    from wallet_api.store.sqlite import SqliteSession

TRIGGERS = ("journal_kept", "journal_whole", "postings_kept", "postings_whole")
ANNA = customer_account("anna")
TEA_HOUSE = merchant_account("tea house")


def top_up(amount: int, currency: str = "CNY") -> list[Posting]:
    return [debit(BANK_SAFEGUARDED, currency, amount), credit(ANNA, currency, amount)]


def payment(amount: int, fee: int) -> list[Posting]:
    return [
        debit(ANNA, "CNY", amount),
        credit(TEA_HOUSE, "CNY", amount - fee),
        credit(FEES_UNSWEPT, "CNY", fee),
    ]


def reverse(lines: list[Posting]) -> list[Posting]:
    return [Posting(line.account, line.currency, -line.amount) for line in lines]


def sweep(amount: int) -> list[Posting]:
    return [
        debit(FEES_UNSWEPT, "CNY", amount),
        credit(BANK_SAFEGUARDED, "CNY", amount),
        debit(BANK_OPERATING, "CNY", amount),
        credit(INCOME_FEES, "CNY", amount),
    ]


def post_a_day(transaction: Transaction, clock: StandingClock) -> None:
    """Post six entries in two currencies; the fifth corrects the third."""
    day = [
        ("top_up", top_up(100_00), None),
        ("top_up", top_up(50_00, "EUR"), None),
        ("payment", payment(12_50, 7), None),
        ("payment", payment(20_00, 12), None),
        ("reversal", reverse(payment(12_50, 7)), 3),
        ("fee_sweep", sweep(12), None),
    ]
    for number, (kind, lines, corrects) in enumerate(day, start=1):
        clock.advance(1)
        assert post(transaction, kind, f"id-{number}", lines, clock.now(), corrects) == number


@pytest.fixture
def session(database: SqliteDatabase) -> Iterator[SqliteSession]:
    made = database.writer()
    yield made
    made.close()
    database.close()


@pytest.fixture(scope="module")
def shared_session(tmp_path_factory: pytest.TempPathFactory, keys: Keys) -> Iterator[SqliteSession]:
    """One session for all examples of a property; each undoes what it did."""
    database = SqliteDatabase(tmp_path_factory.mktemp("shared") / "books.db", keys.database)
    made = database.writer()
    yield made
    made.close()
    database.close()


class Books:
    """The entries of a day, and a way to alter them that no trigger and no key stops."""

    def __init__(
        self, session: SqliteSession, path: Path, key: bytes, clock: StandingClock
    ) -> None:
        self._session = session
        post_a_day(session.begin(), clock)
        session.commit()
        self._raw = apsw.Connection(str(path))
        self._raw.pragma("key", f"raw:{key.hex()}")
        for trigger in TRIGGERS:
            self._raw.execute(f"DROP TRIGGER {trigger}")

    def alter(self, sql: str, *values: object) -> None:
        self._raw.execute(sql, values)
        assert self._raw.changes(), "the alteration altered something"

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self._raw.execute(sql).fetchall()

    def head(self) -> Head:
        transaction = self._session.begin()
        try:
            return head(transaction)
        finally:
            self._session.rollback()

    def verify(self, anchor: Head | None = None) -> Report:
        transaction = self._session.begin()
        try:
            return verify_journal(transaction, anchor)
        finally:
            self._session.rollback()

    def chain_anew(self, last: int = 99) -> None:
        """Compute hashes anew up to an entry, as somebody with all rights on the file could."""
        previous = GENESIS
        for entry in self.rows(
            "SELECT number, kind, subject, corrects, booked_at FROM journal"
            f" WHERE number <= {last} ORDER BY number"
        ):
            number, kind, subject, corrects, booked_at = entry
            lines = self.rows(
                "SELECT name, currency, amount FROM postings JOIN accounts ON id = account"
                f" WHERE number = {number} ORDER BY line"
            )
            postings = [Posting(*line) for line in lines]
            sealed = seal(previous, number, kind, subject, corrects, booked_at, postings)
            self.alter(
                "UPDATE journal SET previous = ?, hash = ? WHERE number = ?",
                previous,
                sealed,
                number,
            )
            previous = sealed

    def close(self) -> None:
        self._raw.close()


@pytest.fixture
def books(
    session: SqliteSession, tmp_path: Path, keys: Keys, clock: StandingClock
) -> Iterator[Books]:
    made = Books(session, tmp_path / "books.db", keys.database, clock)
    yield made
    made.close()
