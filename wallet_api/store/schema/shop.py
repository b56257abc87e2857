"""The shop day: shifts with their takings, and what a sale adds to its charge."""

from __future__ import annotations

SECOND = """
CREATE TABLE shifts (
    id TEXT PRIMARY KEY,
    till TEXT NOT NULL REFERENCES tills (id),
    merchant TEXT NOT NULL REFERENCES merchants (id),
    number BIGINT NOT NULL,
    currency TEXT NOT NULL,
    cash BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT,
    UNIQUE (till, number)
);
CREATE UNIQUE INDEX shifts_open ON shifts (till) WHERE closed_at IS NULL;

CREATE TABLE takings (
    shift TEXT PRIMARY KEY REFERENCES shifts (id),
    sales BIGINT NOT NULL,
    sold BIGINT NOT NULL,
    tips BIGINT NOT NULL,
    tipped BIGINT NOT NULL,
    discounts BIGINT NOT NULL,
    discounted BIGINT NOT NULL,
    refunds BIGINT NOT NULL,
    refunded BIGINT NOT NULL,
    reversals BIGINT NOT NULL,
    reversed BIGINT NOT NULL,
    fees BIGINT NOT NULL,
    first TEXT,
    last TEXT,
    hours TEXT NOT NULL
);
CREATE TRIGGER takings_kept BEFORE UPDATE ON takings
    BEGIN SELECT RAISE(ABORT, 'a closed shift is final'); END;
CREATE TRIGGER takings_whole BEFORE DELETE ON takings
    BEGIN SELECT RAISE(ABORT, 'a closed shift is final'); END;

ALTER TABLE charges ADD COLUMN discount BIGINT NOT NULL DEFAULT 0;
ALTER TABLE charges ADD COLUMN shift TEXT REFERENCES shifts (id);
ALTER TABLE charges ADD COLUMN reversed_in TEXT REFERENCES shifts (id);
ALTER TABLE refunds ADD COLUMN shift TEXT REFERENCES shifts (id);
CREATE INDEX charges_shift ON charges (shift) WHERE shift IS NOT NULL;
CREATE INDEX charges_reversed_in ON charges (reversed_in) WHERE reversed_in IS NOT NULL;
CREATE INDEX refunds_shift ON refunds (shift) WHERE shift IS NOT NULL;
"""
