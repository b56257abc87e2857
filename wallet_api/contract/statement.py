"""What moved in a wallet, month by month, and the receipt of one purchase."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from payment_codes.amount import Amount
from wallet_api.contract.fields import Category, Id, Instant
from wallet_api.contract.wire import Answer, ChargeState

#: What may move money into or out of a wallet.
KINDS = (
    *("payment", "refund", "reversal"),
    *("send", "hold", "release", "send_return", "gift", "gift_claim", "gift_return"),
    *("top_up", "top_up_returned", "withdrawal", "withdrawal_returned", "stray_matched"),
)

Month = Annotated[
    str,
    Meta(extra_json_schema={"pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$", "examples": ["2026-01"]}),
]
"""A calendar month of the bank's time zone."""


class Movement(Answer, frozen=True, kw_only=True):
    """One line of a statement: money in or out of the wallet.

    ``id`` is that of what moved the money: a payment, a refund, a transfer; ``kind`` is one of
    KINDS, or what a newer service adds. ``balance_after`` is the balance once it had moved.
    ``party`` is the other side's name. Of a purchase ``category`` is the merchant's (ISO 18245),
    ``reference`` its own number, ``charge`` its id.
    """

    id: Id
    kind: str
    direction: Literal["in", "out"]
    amount: Amount
    balance_after: Amount
    party: str
    created_at: Instant
    note: str | None = None
    reference: str | None = None
    category: Category | None = None
    charge: Id | None = None


class Statement(Answer, frozen=True, kw_only=True):
    """A month of a wallet: ``opening`` + ``total_in`` - ``total_out`` = ``closing``.

    It begins at ``starts_at`` and ends before ``ends_at``. Its ``count`` lines are those of the
    history from ``cursor`` back to ``starts_at``: what moves meanwhile changes none of them.
    """

    wallet: Id
    name: str
    month: Month
    zone: str
    starts_at: Instant
    ends_at: Instant
    opening: Amount
    total_in: Amount
    total_out: Amount
    closing: Amount
    count: int
    cursor: str


class ReceiptRefund(Answer, frozen=True, kw_only=True):
    """Money given back, as a receipt tells it."""

    id: Id
    amount: Amount
    created_at: Instant
    reason: str | None = None


class Receipt(Answer, frozen=True, kw_only=True):
    """What was bought where, and what became of it; both sides see the same.

    ``amount`` is what was paid: the ``tip`` is in it, the ``discount`` was taken off before.
    ``payment`` is that of the payer, where one paid. ``refunds`` are the newest hundred, oldest
    first; ``refunded`` is the sum of all.
    """

    charge: Id
    state: ChargeState
    merchant: str
    store: str
    city: str
    till: Id
    amount: Amount
    refunded: Amount
    created_at: Instant
    refunds: list[ReceiptRefund]
    tip: Amount | None = None
    discount: Amount | None = None
    note: str | None = None
    reference: str | None = None
    payment: Id | None = None
    paid_at: Instant | None = None
    reversed_at: Instant | None = None
