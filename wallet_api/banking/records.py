"""The rows of banking. Amounts are minor units, times milliseconds of business time."""

from __future__ import annotations

from dataclasses import dataclass

from wallet_api.store.table import Table

#: States of what waits for the bank and of how it ended.
WAITING, PAID, REFUSED = "waiting", "paid", "refused"
PENDING, SUCCEEDED, FAILED, RETURNED = "pending", "succeeded", "failed", "returned"
#: States of a withdrawal before anything moved.
PIN_REQUIRED, EXPIRED = "pin_required", "expired"

#: Which way an order to the bank moves money, seen from the customers' money.
DEBIT, CREDIT = "debit", "credit"
#: What an order is for.
TOP_UP, WITHDRAWAL, SETTLEMENT, SWEEP, FUNDING = (
    "top_up",
    "withdrawal",
    "settlement",
    "fee_sweep",
    "funding",
)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order in the outbox; ``id`` is the bank's idempotency key and the id of what it is for.

    ``kind`` is a debit (money comes in) or a credit (money goes out). A waiting order is asked at
    ``next_at`` and again after that. ``simulated`` names the rule of a simulated answer.
    """

    id: str
    kind: str
    purpose: str
    currency: str
    amount: int
    state: str
    attempts: int
    next_at: int
    simulated: str | None
    created_at: int


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """Something the bank said unasked, under the bank's own number."""

    id: int
    kind: str
    reference: str
    amount: int
    currency: str
    simulated: str | None
    heard_at: int


@dataclass(frozen=True, slots=True)
class TopUpRow:
    """Money asked from the bank: pending until the bank has answered."""

    id: str
    customer: str
    currency: str
    amount: int
    state: str
    created_at: int


@dataclass(frozen=True, slots=True)
class WithdrawalRow:
    """Money on its way to a customer's bank account; ``taken_at`` says since when."""

    id: str
    customer: str
    currency: str
    amount: int
    fee: int
    state: str
    reason: str | None
    created_at: int
    expires_at: int
    taken_at: int | None


@dataclass(frozen=True, slots=True)
class SettlementRow:
    """A merchant's takings on their way to the merchant's bank account.

    It covers the journal entries after ``first`` up to ``last``, the newest before ``cut_off``:
    ``opening`` and those entries are ``amount``, which is paid out, and ``closing``.
    """

    id: str
    merchant: str
    currency: str
    amount: int
    opening: int
    closing: int
    first: int
    last: int
    cut_off: int
    state: str
    created_at: int


@dataclass(frozen=True, slots=True)
class FirmTransferRow:
    """The firm's own money moved against the customers': fees swept out, shortfalls funded.

    ``account`` is what is cleared; ``amount`` is positive where money leaves the safeguarded
    account.
    """

    id: str
    purpose: str
    account: str
    currency: str
    amount: int
    state: str
    created_at: int


@dataclass(frozen=True, slots=True)
class StrayRow:
    """Money that came without an owner, and the customer it was found to belong to."""

    id: str
    currency: str
    amount: int
    customer: str | None
    simulated: str | None
    received_at: int
    matched_at: int | None


@dataclass(frozen=True, slots=True)
class DayRow:
    """A business day (``2027-01-15``) up to whose end everything is settled and swept."""

    day: str
    closed_at: int


ORDERS = Table("bank_orders", OrderRow)
NOTICES = Table("bank_notices", NoticeRow)
TOP_UPS = Table("top_ups", TopUpRow)
WITHDRAWALS = Table("withdrawals", WithdrawalRow)
SETTLEMENTS = Table("settlements", SettlementRow)
FIRM_TRANSFERS = Table("firm_transfers", FirmTransferRow)
STRAYS = Table("strays", StrayRow)
DAYS = Table("bank_days", DayRow)
