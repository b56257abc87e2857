"""The schema, as numbered migrations. Times are milliseconds, amounts minor units, ids text.

SQL here is the common part of SQLite and PostgreSQL, apart from the triggers that keep the
journal append-only.
"""

from __future__ import annotations

_BOOKS = """
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

_IDENTITY = """
CREATE TABLE customers (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    pin_salt BLOB,
    pin_verifier BLOB,
    pin_failures INTEGER NOT NULL,
    frozen INTEGER NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE merchants (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    city TEXT NOT NULL,
    category TEXT NOT NULL,
    currency TEXT NOT NULL,
    fee_basis_points INTEGER NOT NULL,
    frozen INTEGER NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE stores (
    id TEXT PRIMARY KEY,
    merchant TEXT NOT NULL REFERENCES merchants (id),
    name TEXT NOT NULL
);

CREATE TABLE tills (
    id TEXT PRIMARY KEY,
    store TEXT NOT NULL REFERENCES stores (id),
    merchant TEXT NOT NULL REFERENCES merchants (id)
);

CREATE TABLE devices (
    id TEXT PRIMARY KEY,
    customer TEXT REFERENCES customers (id),
    till TEXT REFERENCES tills (id),
    signing_key BLOB NOT NULL UNIQUE,
    code_key BLOB,
    code_counter BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX devices_customer ON devices (customer);

CREATE TABLE locators (
    locator BIGINT NOT NULL,
    device TEXT NOT NULL REFERENCES devices (id),
    counter BIGINT NOT NULL,
    failures INTEGER NOT NULL,
    burnt INTEGER NOT NULL,
    PRIMARY KEY (locator, device, counter)
);
CREATE INDEX locators_device ON locators (device, counter);

CREATE TABLE code_failures (
    subject TEXT NOT NULL,
    period TEXT NOT NULL,
    failures INTEGER NOT NULL,
    PRIMARY KEY (subject, period)
);
"""

_CHECKOUT = """
CREATE TABLE charges (
    id TEXT PRIMARY KEY,
    token TEXT UNIQUE,
    merchant TEXT NOT NULL REFERENCES merchants (id),
    till TEXT NOT NULL REFERENCES tills (id),
    customer TEXT REFERENCES customers (id),
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL,
    tip BIGINT NOT NULL,
    note TEXT,
    reference TEXT,
    state TEXT NOT NULL,
    reason TEXT,
    fee BIGINT NOT NULL,
    refunded BIGINT NOT NULL,
    fee_returned BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    paid_at BIGINT,
    journal INTEGER REFERENCES journal (number)
);
CREATE INDEX charges_merchant ON charges (merchant, id);

CREATE TABLE payments (
    id TEXT PRIMARY KEY,
    charge TEXT NOT NULL REFERENCES charges (id),
    customer TEXT NOT NULL REFERENCES customers (id),
    state TEXT NOT NULL,
    reason TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX payments_charge ON payments (charge);
CREATE INDEX payments_waiting ON payments (customer, id) WHERE state = 'pin_required';

CREATE TABLE evidence (
    payment TEXT NOT NULL REFERENCES payments (id),
    act TEXT NOT NULL,
    device TEXT NOT NULL REFERENCES devices (id),
    signed BLOB NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (payment, act)
);

CREATE TABLE refunds (
    id TEXT PRIMARY KEY,
    charge TEXT NOT NULL REFERENCES charges (id),
    amount BIGINT NOT NULL,
    reason TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX refunds_charge ON refunds (charge);

CREATE TABLE top_ups (
    id TEXT PRIMARY KEY,
    customer TEXT NOT NULL REFERENCES customers (id),
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX top_ups_pending ON top_ups (id) WHERE state = 'pending';
"""

MIGRATIONS = (_BOOKS + _IDENTITY + _CHECKOUT,)
