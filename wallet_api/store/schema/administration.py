"""Invitations, devices that wait for approval, and the audit log."""

from __future__ import annotations

SECOND = """
ALTER TABLE devices ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE devices ADD COLUMN added_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE devices ADD COLUMN pending_until BIGINT;
ALTER TABLE devices ADD COLUMN comparison TEXT;
UPDATE devices SET added_at = COALESCE(
    (SELECT created_at FROM customers WHERE customers.id = devices.customer),
    (SELECT created_at FROM tills JOIN merchants ON merchants.id = tills.merchant
        WHERE tills.id = devices.till),
    0
);
CREATE INDEX tills_merchant ON tills (merchant);

CREATE TABLE invites (
    digest BLOB PRIMARY KEY,
    role TEXT NOT NULL,
    subject TEXT,
    made_by TEXT NOT NULL REFERENCES devices (id),
    expires_at BIGINT NOT NULL,
    used_by TEXT
);

CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    happened_at BIGINT NOT NULL,
    device TEXT NOT NULL REFERENCES devices (id),
    signed BLOB NOT NULL,
    signature BLOB NOT NULL,
    outcome TEXT NOT NULL,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL
);
CREATE TRIGGER audit_kept BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_whole BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
"""
