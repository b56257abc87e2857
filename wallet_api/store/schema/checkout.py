"""The life of a charge: charges, payments with their evidence, refunds, top-ups."""

from __future__ import annotations

FIRST = """
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

#: Evidence is kept of whatever a person approves, so its subject is no longer a payment's id only.
SECOND = """
ALTER TABLE evidence RENAME TO payment_evidence;
CREATE TABLE evidence (
    subject TEXT NOT NULL,
    act TEXT NOT NULL,
    device TEXT NOT NULL REFERENCES devices (id),
    signed BLOB NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (subject, act)
);
INSERT INTO evidence (subject, act, device, signed, signature)
    SELECT payment, act, device, signed, signature FROM payment_evidence;
DROP TABLE payment_evidence;

CREATE TABLE static_codes (
    token TEXT PRIMARY KEY,
    till TEXT NOT NULL UNIQUE REFERENCES tills (id),
    merchant TEXT NOT NULL REFERENCES merchants (id),
    created_at BIGINT NOT NULL
);
ALTER TABLE charges ADD COLUMN static_code TEXT;
"""

THIRD = """
ALTER TABLE charges ADD COLUMN seen_at BIGINT;
"""
