"""The bank connection: withdrawals, settlements and what is to be sent to the bank."""

from __future__ import annotations

SECOND = """
CREATE TABLE bank_orders (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    purpose TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_at BIGINT NOT NULL,
    simulated TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX bank_orders_due ON bank_orders (next_at) WHERE state = 'waiting';

INSERT INTO bank_orders SELECT id, 'debit', 'top_up', currency, amount, 'waiting', 0, created_at,
    NULL, created_at FROM top_ups WHERE state = 'pending';
CREATE INDEX top_ups_customer ON top_ups (customer, id);

CREATE TABLE bank_notices (
    id BIGINT PRIMARY KEY,
    kind TEXT NOT NULL,
    reference TEXT NOT NULL,
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    simulated TEXT,
    heard_at BIGINT NOT NULL
);

CREATE TABLE withdrawals (
    id TEXT PRIMARY KEY,
    customer TEXT NOT NULL REFERENCES customers (id),
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL,
    fee BIGINT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    taken_at BIGINT
);
CREATE INDEX withdrawals_customer ON withdrawals (customer, id);

CREATE TABLE settlements (
    id TEXT PRIMARY KEY,
    merchant TEXT NOT NULL REFERENCES merchants (id),
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL,
    opening BIGINT NOT NULL,
    closing BIGINT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    cut_off BIGINT NOT NULL,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX settlements_merchant ON settlements (merchant, id);
CREATE UNIQUE INDEX settlements_last ON settlements (merchant, last);

CREATE TABLE bank_days (
    day TEXT PRIMARY KEY,
    closed_at BIGINT NOT NULL
);

CREATE TABLE firm_transfers (
    id TEXT PRIMARY KEY,
    purpose TEXT NOT NULL,
    account TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX firm_transfers_pending ON firm_transfers (purpose, account, currency)
    WHERE state = 'pending';

CREATE TABLE strays (
    id TEXT PRIMARY KEY,
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL,
    customer TEXT REFERENCES customers (id),
    simulated TEXT,
    received_at BIGINT NOT NULL,
    matched_at BIGINT
);
CREATE INDEX strays_unmatched ON strays (id) WHERE customer IS NULL;
"""
