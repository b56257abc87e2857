"""The books: accounts, the append-only journal, and the answers of idempotency keys."""

from __future__ import annotations

FIRST = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL);

CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    balance BIGINT NOT NULL,
    UNIQUE (name, currency)
);

CREATE TABLE journal (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    corrects INTEGER REFERENCES journal (number),
    booked_at BIGINT NOT NULL,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL
);
CREATE INDEX journal_subject ON journal (subject);

CREATE TABLE postings (
    number INTEGER NOT NULL REFERENCES journal (number),
    line INTEGER NOT NULL,
    account INTEGER NOT NULL REFERENCES accounts (id),
    amount BIGINT NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (number, line)
);
CREATE INDEX postings_account ON postings (account, number);

CREATE TRIGGER journal_kept BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_whole BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER postings_kept BEFORE UPDATE ON postings
    BEGIN SELECT RAISE(ABORT, 'postings are append-only'); END;
CREATE TRIGGER postings_whole BEFORE DELETE ON postings
    BEGIN SELECT RAISE(ABORT, 'postings are append-only'); END;

CREATE TABLE answers (
    key TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    answered_at BIGINT NOT NULL,
    refusal TEXT,
    answer BLOB
);
CREATE INDEX answers_age ON answers (answered_at) WHERE answer IS NOT NULL;
"""

#: A running balance reads amounts from the index alone. Answers are written in another encoding
#: from here on: a retry of an earlier request gets the current state, as after pruning.
SECOND = """
DROP INDEX postings_account;
CREATE INDEX postings_account ON postings (account, number, amount);
UPDATE answers SET answer = NULL;
"""
