"""What happened, numbered per subject, and the webhooks that are told."""

from __future__ import annotations

SECOND = """
CREATE TABLE events (
    subject TEXT NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    happened_at BIGINT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (subject, number)
);
"""
