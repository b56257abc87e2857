"""Lists: one's transfers, requests, splits and gifts, newest first; the cursor is an id."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from wallet_api.contract.errors import NotFound
from wallet_api.contract.people import Claim, Gift, MoneyRequest, Person, Split, Transfer
from wallet_api.contract.wire import Page
from wallet_api.identity.records import CUSTOMERS
from wallet_api.people.records import (
    CLAIMS,
    GIFTS,
    REQUESTS,
    SPLITS,
    TRANSFERS,
    GiftRow,
    RequestRow,
    SplitRow,
    TransferRow,
)
from wallet_api.people.standing import seen_gift
from wallet_api.people.views import (
    claim_view,
    gift_view,
    person_view,
    request_view,
    split_view,
    transfer_view,
)

if TYPE_CHECKING:
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction
    from wallet_api.store.table import Table

NEWEST = "z"
V = TypeVar("V", Transfer, MoneyRequest, Split, Gift)
R = TypeVar("R", TransferRow, RequestRow, SplitRow, GiftRow)


def person(transaction: Transaction, wallet: str) -> Person:
    """Give what anybody may learn of a wallet. Raises NotFound."""
    if CUSTOMERS.get(transaction, wallet) is None:
        raise NotFound(what="person")
    return person_view(transaction, wallet)


def transfers(
    transaction: Transaction, customer: str, cursor: str | None, limit: int, now: Now
) -> Page[Transfer]:
    """Give what a customer sent and received."""
    sides = ("sender = ?", "receiver = ? AND moved_at IS NOT NULL")
    rows = _of_both(transaction, TRANSFERS, sides, customer, cursor, limit)
    return _page([transfer_view(transaction, row, now) for row in rows], limit)


def held(transaction: Transaction, limit: int, now: Now) -> Page[Transfer]:
    """Give the transfers that are held, the next to be delivered first."""
    rows = TRANSFERS.where(transaction, "state = 'held' ORDER BY deliver_at LIMIT ?", limit)
    return Page(items=[transfer_view(transaction, row, now) for row in rows])


def requests(
    transaction: Transaction, customer: str, cursor: str | None, limit: int, now: Now
) -> Page[MoneyRequest]:
    """Give the requests that a customer made or got."""
    sides = ("requester = ?", "payer = ?")
    rows = _of_both(transaction, REQUESTS, sides, customer, cursor, limit)
    return _page([request_view(transaction, row, now) for row in rows], limit)


def splits(transaction: Transaction, customer: str, cursor: str | None, limit: int) -> Page[Split]:
    """Give the bills that a customer split."""
    rows = _of_both(transaction, SPLITS, ("sender = ?",), customer, cursor, limit)
    return _page([split_view(transaction, row) for row in rows], limit)


def gifts(
    transaction: Transaction, customer: str, cursor: str | None, limit: int, now: Now
) -> Page[Gift]:
    """Give the gifts that a customer made, or that are for this customer alone."""
    sides = ("sender = ?", "receiver = ? AND moved_at IS NOT NULL")
    rows = _of_both(transaction, GIFTS, sides, customer, cursor, limit)
    return _page([gift_view(transaction, row, customer, now) for row in rows], limit)


def claims(transaction: Transaction, gift: str, customer: str, now: Now) -> Page[Claim]:
    """Give who took a share of a gift, first come first. Raises NotFound, NotYours."""
    row = seen_gift(transaction, gift, customer, now)
    taken = CLAIMS.where(transaction, "gift = ? ORDER BY number", row.id)
    return Page(items=[claim_view(transaction, claim, row) for claim in taken])


def _of_both(
    transaction: Transaction,
    table: Table[R],
    sides: tuple[str, ...],
    customer: str,
    cursor: str | None,
    limit: int,
) -> list[R]:
    """Give a page of rows and one more, newest first, each side read from its own index."""
    found = [
        row
        for side in sides
        for row in table.where(
            transaction,
            f"{side} AND id < ? ORDER BY id DESC LIMIT ?",
            customer,
            cursor or NEWEST,
            limit + 1,
        )
    ]
    return sorted(found, key=lambda row: row.id, reverse=True)[: limit + 1]


def _page(items: list[V], limit: int) -> Page[V]:
    """Cut a page of one item too many."""
    kept = items[:limit]
    return Page(items=kept, next=kept[-1].id if len(items) > limit else None)
