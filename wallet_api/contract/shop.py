"""The shop day: shifts of a till, and the X and Z reports of what was taken in them."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from payment_codes.amount import LARGEST_MINOR, Amount
from wallet_api.contract.fields import Id, Instant
from wallet_api.contract.wire import Answer, Body

CashFloat = Annotated[
    Amount,
    Meta(extra_json_schema={"properties": {"minor": {"minimum": 0, "maximum": LARGEST_MINOR}}}),
]
"""Nothing or more, and at most 12 digits of minor units."""


class OpenShift(Body, frozen=True, kw_only=True):
    """Begin a shift; ``cash_float`` is the change that the drawer starts with."""

    cash_float: CashFloat | None = None


class Shift(Answer, frozen=True, kw_only=True):
    """A till's period of work. Shifts of a till are numbered from 1 without gaps."""

    id: Id
    number: int
    state: Literal["open", "closed"]
    till: Id
    cash_float: Amount
    opened_at: Instant
    closed_at: Instant | None = None


class Total(Answer, frozen=True, kw_only=True):
    """How many, and how much in all."""

    count: int
    amount: Amount


class HourTakings(Answer, frozen=True, kw_only=True):
    """An hour of the bank's time zone: sales, and what went back by refund or reversal."""

    starts_at: Instant
    sales: Total
    returns: Total


class ShiftReport(Answer, frozen=True, kw_only=True):
    """What was taken in a shift: ``x`` while it is open, the final ``z`` once it is closed.

    A sale counts in the shift in which it was paid, tip included and discount taken off; a refund
    or a reversal in the one in which it was made. ``fees`` are the bank's, less those given back;
    ``net`` = sales - refunds - reversals - fees is what the merchant's account moved by.
    """

    kind: Literal["x", "z"]
    shift: Id
    number: int
    merchant: str
    store: str
    till: Id
    cash_float: Amount
    opened_at: Instant
    closed_at: Instant | None
    sales: Total
    tips: Total
    discounts: Total
    refunds: Total
    reversals: Total
    fees: Amount
    net: Amount
    first_charge: Id | None
    last_charge: Id | None
    hours: list[HourTakings]
