"""Shifts: a till opens one, takes money in it, and closes it for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payment_codes.amount import LARGEST_MINOR, Amount
from wallet_api.checkout.shifts import open_shift as shift_of
from wallet_api.checkout.terms import the_merchant
from wallet_api.contract.errors import (
    AmountInvalid,
    CurrencyMismatch,
    NotFound,
    NotYours,
    ShiftOpen,
)
from wallet_api.contract.instants import instant_text
from wallet_api.contract.shop import OpenShift, Shift
from wallet_api.contract.wire import Page
from wallet_api.events.publish import publish
from wallet_api.shop.records import SHIFTS, TAKINGS, ShiftRow
from wallet_api.shop.takings import count_takings
from wallet_api.store.answers import Answered, Key, once

if TYPE_CHECKING:
    from wallet_api.identity.records import Till
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction


@dataclass(frozen=True, slots=True)
class BeginShift:
    """A till begins a shift; the key's id is the shift's."""

    key: Key
    till: Till
    request: OpenShift


@dataclass(frozen=True, slots=True)
class EndShift:
    """A till ends its shift."""

    key: Key
    till: Till
    shift: str


def begin_shift(transaction: Transaction, command: BeginShift, now: Now) -> Answered[Shift]:
    """Open a shift with the till's next number.

    Raises ShiftOpen while another is open, AmountInvalid, CurrencyMismatch.
    """
    till = command.till

    def act() -> Shift:
        currency = the_merchant(transaction, till.merchant).currency
        cash = _cash(command.request.cash_float, currency)
        if shift_of(transaction, till.id) is not None:
            raise ShiftOpen
        row = transaction.one("SELECT MAX(number) FROM shifts WHERE till = ?", till.id)
        number = 1 + (row[0] or 0 if row else 0)
        shift = ShiftRow(
            command.key.id, till.id, till.merchant, number, currency, cash, now.business, None
        )
        SHIFTS.insert(transaction, shift)
        _tell(transaction, shift, "shift.opened", now)
        return shift_view(shift)

    def current() -> Shift:
        return shift_view(the_shift(transaction, command.key.id, till.merchant))

    return once(transaction, now, command.key, Shift, act, current)


def end_shift(transaction: Transaction, command: EndShift, now: Now) -> Answered[Shift]:
    """Close a till's own shift and count it, once and for all; a closed one stays as it is.

    Raises NotFound, NotYours.
    """

    def current() -> Shift:
        return shift_view(the_shift(transaction, command.shift, command.till.merchant))

    def act() -> Shift:
        shift = the_shift(transaction, command.shift, command.till.merchant)
        if shift.till != command.till.id:
            raise NotYours
        if shift.closed_at is None:
            TAKINGS.insert(transaction, count_takings(transaction, shift.id))
            SHIFTS.change(transaction, shift, closed_at=now.business)
            _tell(transaction, shift, "shift.closed", now)
        return current()

    return once(transaction, now, command.key, Shift, act, current)


def the_shift(transaction: Transaction, shift: str, merchant: str) -> ShiftRow:
    """Give a merchant's own shift. Raises NotFound, NotYours."""
    row = SHIFTS.get(transaction, shift)
    if row is None:
        raise NotFound(what="shift")
    if row.merchant != merchant:
        raise NotYours
    return row


def shifts(transaction: Transaction, till: str, below: int, limit: int) -> Page[Shift]:
    """Give a till's shifts whose number is lower than ``below``, newest first."""
    rows = SHIFTS.where(
        transaction, "till = ? AND number < ? ORDER BY number DESC LIMIT ?", till, below, limit + 1
    )
    items = [shift_view(row) for row in rows[:limit]]
    return Page(items=items, next=str(items[-1].number) if len(rows) > limit else None)


def shift_view(shift: ShiftRow) -> Shift:
    """Give a shift as its merchant sees it."""
    return Shift(
        id=shift.id,
        number=shift.number,
        state="open" if shift.closed_at is None else "closed",
        till=shift.till,
        cash_float=Amount(shift.cash, shift.currency),
        opened_at=instant_text(shift.opened_at),
        closed_at=None if shift.closed_at is None else instant_text(shift.closed_at),
    )


def _tell(transaction: Transaction, shift: ShiftRow, kind: str, now: Now) -> None:
    data = {"shift": shift.id, "till": shift.till, "number": shift.number}
    publish(transaction, shift.merchant, kind, data, now)


def _cash(amount: Amount | None, currency: str) -> int:
    """Give the minor units of a float, which may be nothing."""
    if amount is None:
        return 0
    if amount.currency != currency:
        raise CurrencyMismatch(charge=amount.currency[:3], wallet=currency)
    if not 0 <= amount.minor <= LARGEST_MINOR:
        raise AmountInvalid(reason="The float is nothing or more, in at most 12 digits")
    return amount.minor
