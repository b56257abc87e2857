"""Who there is: customers, merchants, stores, tills, devices and their payer codes."""

from __future__ import annotations

FIRST = """
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
