"""What a customer may spend: tiers, counters and the findings of risk rules."""

from __future__ import annotations

SECOND = """
ALTER TABLE customers ADD COLUMN tier TEXT NOT NULL DEFAULT 'IV';

CREATE TABLE spending (
    customer TEXT PRIMARY KEY REFERENCES customers (id),
    day_began_at BIGINT NOT NULL,
    day_ends_at BIGINT NOT NULL,
    day_amount BIGINT NOT NULL CHECK (day_amount >= 0),
    static_amount BIGINT NOT NULL CHECK (static_amount >= 0),
    pin_free INTEGER NOT NULL CHECK (pin_free >= 0),
    year_began_at BIGINT NOT NULL,
    year_ends_at BIGINT NOT NULL,
    year_amount BIGINT NOT NULL CHECK (year_amount >= 0),
    movements BIGINT NOT NULL,
    total BIGINT NOT NULL,
    recent TEXT NOT NULL,
    since BIGINT NOT NULL
);

CREATE TABLE tier_evidence (
    id TEXT PRIMARY KEY,
    customer TEXT NOT NULL REFERENCES customers (id),
    tier TEXT NOT NULL,
    digest BLOB NOT NULL,
    verified_at BIGINT NOT NULL
);
CREATE INDEX tier_evidence_customer ON tier_evidence (customer);

CREATE TABLE risk_findings (
    number INTEGER PRIMARY KEY,
    customer TEXT NOT NULL REFERENCES customers (id),
    rule TEXT NOT NULL,
    outcome TEXT NOT NULL,
    seen BIGINT NOT NULL,
    threshold BIGINT NOT NULL,
    payee TEXT NOT NULL,
    found_at BIGINT NOT NULL
);
CREATE INDEX risk_findings_customer ON risk_findings (customer, number);

CREATE TABLE risk_standings (
    customer TEXT PRIMARY KEY REFERENCES customers (id),
    held_by TEXT,
    trusted_until BIGINT NOT NULL
);
"""
