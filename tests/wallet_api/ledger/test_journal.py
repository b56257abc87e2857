"""Posting: what balances is written and proven, what does not fails and leaves nothing."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wallet_api.conftest import START, StandingClock
from tests.wallet_api.ledger.conftest import ANNA, TEA_HOUSE, payment, post_a_day, top_up
from wallet_api.ledger.accounts import (
    BANK_OPERATING,
    BANK_SAFEGUARDED,
    FEES_UNSWEPT,
    INCOME_FEES,
    PAYOUTS_IN_TRANSIT,
    balance_of,
    never_overdrawn,
    owed_to,
)
from wallet_api.ledger.journal import GENESIS, LARGEST_BALANCE, Head, Posting, head, post
from wallet_api.ledger.verify import verify_journal
from wallet_api.store.clock import Now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wallet_api.store.database import Transaction
    from wallet_api.store.sqlite import SqliteSession

NOW = Now(START, START)
SAFEGUARDED = (ANNA, TEA_HOUSE, "held:box", PAYOUTS_IN_TRANSIT, BANK_SAFEGUARDED, FEES_UNSWEPT)
OWN = (BANK_OPERATING, INCOME_FEES)
AMOUNTS = st.integers(-(10**12), 10**12)


@contextmanager
def undone(session: SqliteSession) -> Iterator[Transaction]:
    """Give a transaction that is rolled back at the end."""
    transaction = session.begin()
    try:
        yield transaction
    finally:
        session.rollback()


def balanced(accounts: tuple[str, ...], currency: str) -> st.SearchStrategy[list[Posting]]:
    """Postings on these accounts that sum to zero."""

    def close(lines: list[Posting], last: str) -> list[Posting]:
        return [*lines, Posting(last, currency, -sum(line.amount for line in lines))]

    line = st.builds(Posting, st.sampled_from(accounts), st.just(currency), AMOUNTS)
    return st.builds(close, st.lists(line, min_size=1, max_size=5), st.sampled_from(accounts))


ENTRIES = st.lists(
    st.tuples(balanced(SAFEGUARDED, "CNY"), balanced(SAFEGUARDED, "EUR"), balanced(OWN, "CNY")).map(
        lambda parts: [line for part in parts for line in part]
    ),
    max_size=5,
)


def holds_back(balances: dict[tuple[str, str], int], lines: list[Posting]) -> bool:
    """Move the balances; say whether nobody owes and something moved, or leave them as they are."""
    moved = dict(balances)
    for line in lines:
        key = (line.account, line.currency)
        moved[key] = moved.get(key, 0) + line.amount
        if line.amount and never_overdrawn(line.account) and moved[key] > 0:
            return False
    balances.update(moved)
    return any(line.amount for line in lines)


@settings(max_examples=60, deadline=None)
@given(entries=ENTRIES)
def test_what_balances_is_posted_and_proven(
    shared_session: SqliteSession, entries: list[list[Posting]]
) -> None:
    """Against a model of balances: an entry is refused exactly when somebody would owe."""
    balances: defaultdict[tuple[str, str], int] = defaultdict(int)
    posted = 0
    with undone(shared_session) as transaction:
        for lines in entries:
            transaction.run("SAVEPOINT entry")
            if holds_back(balances, lines):
                posted += 1
                assert post(transaction, "kind", "subject", lines, NOW) == posted
            else:
                with pytest.raises(AssertionError):
                    post(transaction, "kind", "subject", lines, NOW)
                transaction.run("ROLLBACK TO entry")
        for (account, currency), balance in balances.items():
            assert balance_of(transaction, account, currency) == balance
        report = verify_journal(transaction)
        assert report.findings == []
        assert report.entries == transaction.journalled == posted
        assert report.head == head(transaction)


@settings(max_examples=60, deadline=None)
@given(
    lines=balanced((BANK_SAFEGUARDED, FEES_UNSWEPT), "CNY"),
    error=AMOUNTS.filter(bool),
    currency=st.sampled_from(["CNY", "EUR"]),
)
def test_what_does_not_balance_is_a_bug(
    shared_session: SqliteSession, lines: list[Posting], error: int, currency: str
) -> None:
    """Per currency: another currency's lines make up for nothing."""
    with undone(shared_session) as transaction:
        wrong = [*lines, Posting(BANK_OPERATING, currency, error)]
        with pytest.raises(AssertionError, match="do not sum to zero"):
            post(transaction, "kind", "subject", wrong, NOW)
        assert head(transaction).number == 0
        assert transaction.journalled == 0


@pytest.mark.parametrize("account", [ANNA, TEA_HOUSE, "held:box", PAYOUTS_IN_TRANSIT])
def test_no_owner_goes_below_zero(session: SqliteSession, account: str) -> None:
    transaction = session.begin()
    lines = [Posting(account, "CNY", -100), Posting(BANK_SAFEGUARDED, "CNY", 100)]
    post(transaction, "kind", "subject", lines, NOW)
    post(transaction, "kind", "subject", [replace(x, amount=-x.amount) for x in lines], NOW)
    more = [Posting(account, "CNY", 1), Posting(BANK_SAFEGUARDED, "CNY", -1)]
    with pytest.raises(AssertionError, match="overdrawn"):
        post(transaction, "kind", "subject", more, NOW)


def test_currencies_of_one_owner_are_apart(session: SqliteSession) -> None:
    transaction = session.begin()
    post(transaction, "top_up", "a", top_up(100_00, "EUR"), NOW)
    assert owed_to(transaction, ANNA, "EUR") == 100_00
    assert owed_to(transaction, ANNA, "CNY") == 0
    with pytest.raises(AssertionError, match="overdrawn"):
        post(transaction, "payment", "b", payment(1_00, 0), NOW)


def test_an_entry_moves_something(session: SqliteSession) -> None:
    transaction = session.begin()
    for lines in ([], top_up(0)):
        with pytest.raises(AssertionError):
            post(transaction, "kind", "subject", lines, NOW)


def test_lines_of_zero_are_left_out(session: SqliteSession) -> None:
    transaction = session.begin()
    post(transaction, "top_up", "a", top_up(10_00), NOW)
    post(transaction, "payment", "b", payment(10_00, 0), NOW)
    rows = transaction.all("SELECT line, amount FROM postings WHERE number = 2 ORDER BY line")
    assert rows == [(0, 10_00), (1, -10_00)]


def test_balances_stay_within_64_bits(session: SqliteSession) -> None:
    transaction = session.begin()
    most = LARGEST_BALANCE
    post(transaction, "top_up", "a", top_up(most), NOW)
    assert owed_to(transaction, ANNA, "CNY") == most
    with pytest.raises(AssertionError, match="64 bits"):
        post(transaction, "top_up", "b", top_up(1), NOW)


def test_booking_time_never_decreases(session: SqliteSession) -> None:
    transaction = session.begin()
    post(transaction, "top_up", "a", top_up(1), NOW)
    post(transaction, "top_up", "b", top_up(1), Now(START, START - 5_000))
    post(transaction, "top_up", "c", top_up(1), Now(START - 5_000, START + 1))
    times = [row[0] for row in transaction.all("SELECT booked_at FROM journal ORDER BY number")]
    assert times == [START, START, START + 1]


def test_the_head_of_an_empty_journal(session: SqliteSession) -> None:
    assert head(session.begin()) == Head(0, GENESIS, 0)


def test_a_day_is_proven(session: SqliteSession, clock: StandingClock) -> None:
    transaction = session.begin()
    post_a_day(transaction, clock)
    report = verify_journal(transaction)
    assert report.ok
    assert report.totals() == {
        "CNY": {
            "bank.safeguarded": 99_88,
            "bank.operating": 12,
            "customer": -80_00,
            "merchant": -19_88,
            "fees.unswept": 0,
            "income.fees": -12,
        },
        "EUR": {"bank.safeguarded": 50_00, "customer": -50_00},
    }
