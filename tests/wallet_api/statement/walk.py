"""Reading a history as a client does: page after page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wallet_api.statement.filters import read_filters
from wallet_api.statement.history import history, the_account

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.wallet_api.checkout.town import Town, Wallet
    from wallet_api.contract.statement import Movement
    from wallet_api.contract.wire import Page


def page_of(
    town: Town,
    wallet: Wallet,
    query: Mapping[str, str],
    cursor: str | None = None,
    limit: int = 20,
) -> Page[Movement]:
    """Give one page of what a query string asks for."""
    filters = read_filters(query)
    return town.engine.read(
        lambda tx, _now: history(
            tx, the_account(tx, wallet.id, wallet.currency), filters, cursor, limit
        )
    )


def whole(town: Town, wallet: Wallet, limit: int = 20, **query: str) -> list[Movement]:
    """Give every movement that a query string asks for, newest first."""
    found, cursor = [], None
    while True:
        page = page_of(town, wallet, query, cursor, limit)
        assert len(page.items) <= limit
        found += page.items
        cursor = page.next
        if cursor is None:
            return found
