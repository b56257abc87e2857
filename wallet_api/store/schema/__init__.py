"""The schema, as numbered migrations. Times are milliseconds, amounts minor units, ids text.

SQL here is the common part of SQLite and PostgreSQL, apart from the triggers that keep the
journal append-only. Each module holds the tables of one subject, in the migration they came with.
"""

from __future__ import annotations

from wallet_api.store.schema import (
    administration,
    banking,
    books,
    checkout,
    events,
    identity,
    limits,
    people,
    shop,
)

MIGRATIONS = (
    books.FIRST + identity.FIRST + checkout.FIRST,
    books.SECOND
    + checkout.SECOND
    + limits.SECOND
    + people.SECOND
    + banking.SECOND
    + administration.SECOND
    + events.SECOND
    + shop.SECOND,
    checkout.THIRD,
)
