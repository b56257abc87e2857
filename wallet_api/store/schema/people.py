"""Money between people: personal codes, transfers, requests, splits and gifts."""

from __future__ import annotations

SECOND = """
CREATE TABLE personal_codes (
    id TEXT PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    customer TEXT NOT NULL REFERENCES customers (id),
    currency TEXT NOT NULL,
    amount BIGINT,
    note TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX personal_codes_plain ON personal_codes (customer)
    WHERE amount IS NULL AND note IS NULL;

CREATE TABLE splits (
    id TEXT PRIMARY KEY,
    sender TEXT NOT NULL REFERENCES customers (id),
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL,
    own BIGINT NOT NULL,
    note TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX splits_sender ON splits (sender, id);

CREATE TABLE requests (
    id TEXT PRIMARY KEY,
    requester TEXT NOT NULL REFERENCES customers (id),
    payer TEXT NOT NULL REFERENCES customers (id),
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL,
    note TEXT,
    state TEXT NOT NULL,
    split TEXT REFERENCES splits (id),
    transfer TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX requests_requester ON requests (requester, id);
CREATE INDEX requests_payer ON requests (payer, id);
CREATE INDEX requests_split ON requests (split);
CREATE INDEX requests_due ON requests (expires_at) WHERE state = 'open';

CREATE TABLE transfers (
    id TEXT PRIMARY KEY,
    sender TEXT NOT NULL REFERENCES customers (id),
    receiver TEXT NOT NULL REFERENCES customers (id),
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL,
    note TEXT,
    state TEXT NOT NULL,
    reason TEXT,
    request TEXT REFERENCES requests (id),
    deliver_at BIGINT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    moved_at BIGINT
);
CREATE INDEX transfers_sender ON transfers (sender, id);
CREATE INDEX transfers_receiver ON transfers (receiver, id) WHERE moved_at IS NOT NULL;
CREATE INDEX transfers_due ON transfers (deliver_at) WHERE state = 'held';

CREATE TABLE gifts (
    id TEXT PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    sender TEXT NOT NULL REFERENCES customers (id),
    receiver TEXT REFERENCES customers (id),
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL,
    count INTEGER NOT NULL,
    random INTEGER NOT NULL,
    note TEXT,
    state TEXT NOT NULL,
    reason TEXT,
    claimed BIGINT NOT NULL,
    claims INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    confirm_by BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    moved_at BIGINT
);
CREATE INDEX gifts_sender ON gifts (sender, id);
CREATE INDEX gifts_receiver ON gifts (receiver, id) WHERE moved_at IS NOT NULL;
CREATE INDEX gifts_due ON gifts (expires_at) WHERE state = 'open';

CREATE TABLE gift_shares (
    gift TEXT NOT NULL REFERENCES gifts (id),
    number INTEGER NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (gift, number)
);

CREATE TABLE claims (
    id TEXT PRIMARY KEY,
    gift TEXT NOT NULL,
    number INTEGER NOT NULL,
    customer TEXT NOT NULL REFERENCES customers (id),
    amount BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (gift, number),
    UNIQUE (gift, customer),
    FOREIGN KEY (gift, number) REFERENCES gift_shares (gift, number)
);
"""
