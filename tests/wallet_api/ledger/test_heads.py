"""Signed heads: kept outside the books, they prove that nothing before them was changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.wallet_api.ledger.conftest import top_up
from wallet_api.contract.errors import SignatureInvalid
from wallet_api.ledger.heads import check_head, sign_head
from wallet_api.ledger.journal import GENESIS, Head, post

if TYPE_CHECKING:
    from tests.wallet_api.conftest import StandingClock
    from tests.wallet_api.ledger.conftest import Books
    from wallet_api.identity.keys import Keys
    from wallet_api.store.sqlite import SqliteSession


def test_a_cut_tail_is_found_against_a_head(books: Books) -> None:
    """The rows alone still agree; what was kept outside does not."""
    kept = books.head()
    books.rows("DELETE FROM postings WHERE number = 6")
    books.alter("DELETE FROM journal WHERE number = 6")
    books.rows(
        "UPDATE accounts SET balance ="
        " (SELECT COALESCE(SUM(amount), 0) FROM postings WHERE account = id)"
    )
    assert books.verify().ok
    report = books.verify(kept)
    assert not report.intact
    assert not report.ok


def test_a_rewritten_history_is_found_against_a_head(books: Books) -> None:
    kept = books.head()
    books.alter("UPDATE journal SET subject = 'somebody else' WHERE number = 3")
    books.chain_anew()
    assert books.verify().ok
    assert not books.verify(kept).intact


def test_a_head_still_holds_when_the_books_have_grown(
    session: SqliteSession, books: Books, clock: StandingClock
) -> None:
    kept = books.head()
    post(session.begin(), "top_up", "later", top_up(1), clock.now())
    session.commit()
    assert books.verify(kept).ok
    assert books.verify(Head(0, GENESIS, 0)).ok


def test_a_signed_head_comes_back(books: Books, keys: Keys) -> None:
    signed = sign_head(books.head(), keys.signing)
    assert check_head(signed, keys.signing_public) == books.head()


@pytest.mark.parametrize(
    "change", [{"number": 5}, {"hash": "00" * 32}, {"booked_at": 1}, {"signature": "A" * 86}]
)
def test_a_head_with_a_bad_signature_is_refused(
    books: Books, keys: Keys, change: dict[str, Any]
) -> None:
    signed = replace(sign_head(books.head(), keys.signing), **change)
    with pytest.raises(SignatureInvalid):
        check_head(signed, keys.signing_public)


def test_a_head_of_another_service_is_refused(books: Books, keys: Keys) -> None:
    signed = sign_head(books.head(), Ed25519PrivateKey.generate())
    with pytest.raises(SignatureInvalid):
        check_head(signed, keys.signing_public)
