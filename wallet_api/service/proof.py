"""The proof of everything: the journal, and what each subject's rows say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.banking import verify as banking
from wallet_api.checkout import verify as checkout
from wallet_api.identity.audit import damage
from wallet_api.ledger.verify import Report, verify_journal
from wallet_api.limits import verify as limits
from wallet_api.people import verify as people
from wallet_api.shop import verify as shop

if TYPE_CHECKING:
    from wallet_api.ledger.journal import Head
    from wallet_api.store.database import Transaction

#: Per subject: queries that find a record which breaks a rule, and the tables whose ids may be
#: the subject of a journal entry.
SUBJECTS = (checkout, limits, banking, shop, people)
STRAY = "a journal entry belongs to nothing"


def prove(transaction: Transaction, anchor: Head | None = None) -> Report:
    """Prove the books; with ``anchor``, also that nothing up to that head was rewritten."""
    report = verify_journal(transaction, anchor)
    for subject in SUBJECTS:
        for rule, query in subject.RULES.items():
            found = transaction.one(query)
            if found is not None:
                report.add(f"{rule}: {found[0]}")
    damaged = damage(transaction)
    if damaged is not None:
        report.add(damaged)
    stray = transaction.one(_stray())
    if stray is not None:
        report.add(f"{STRAY}: {stray[0]}")
    return report


def _stray() -> str:
    """Give the query for entries whose subject no table has."""
    tables = [table for subject in SUBJECTS for table in subject.TABLES]
    known = " AND ".join(
        f"NOT EXISTS (SELECT 1 FROM {table} WHERE {table}.id = journal.subject)"  # noqa: S608
        for table in tables
    )
    return f"SELECT subject FROM journal WHERE {known}"  # noqa: S608 - names, no values
