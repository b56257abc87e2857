"""What happened, numbered per subject, and the webhooks that are told."""

from __future__ import annotations

#: An event without ``data`` keeps only the number that a subject has come to. ``published_at`` is
#: wall time, which retention goes by; the id of a delivery is a UUIDv7 that tells its age.
SECOND = """
CREATE TABLE events (
    subject TEXT NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    happened_at BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    data TEXT,
    PRIMARY KEY (subject, number)
);
CREATE INDEX events_age ON events (published_at) WHERE data IS NOT NULL;
CREATE INDEX charges_open ON charges (expires_at) WHERE state IN ('created', 'awaiting_payer');

CREATE TABLE webhooks (
    id TEXT PRIMARY KEY,
    merchant TEXT NOT NULL REFERENCES merchants (id),
    url TEXT NOT NULL,
    kinds TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX webhooks_merchant ON webhooks (merchant, id);

CREATE TABLE deliveries (
    id TEXT PRIMARY KEY,
    webhook TEXT NOT NULL REFERENCES webhooks (id),
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    manual INTEGER NOT NULL,
    next_at BIGINT NOT NULL,
    tried_at BIGINT,
    status INTEGER,
    error TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX deliveries_webhook ON deliveries (webhook, id);
CREATE INDEX deliveries_due ON deliveries (webhook, manual, next_at) WHERE state = 'pending';
"""
