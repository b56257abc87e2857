"""The merchant's day: shifts, X and Z reports, receipts; what commands and screens call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal_kit.lookup import SHORTEST, find_short
from wallet_api.contract.errors import NotFound, ShiftNone
from wallet_api.contract.ids import is_id
from wallet_api.contract.shop import OpenShift, Shift, ShiftReport
from wallet_api.contract.statement import Receipt
from wallet_api.contract.wire import Nothing, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.amount import Amount
    from terminal_kit.session import Standing

SHIFTS = "/v1/shifts"
PAGE = 100


class ShopDay:
    """The shifts of one till, and the receipts of its merchant."""

    def __init__(self, session: Standing) -> None:
        self._session = session

    def open(self, cash_float: Amount | None) -> Shift:
        """Begin a shift with so much change in the drawer. Raises ShiftOpen."""
        return self._session.send(SHIFTS, OpenShift(cash_float=cash_float), Shift)

    def close(self, shift: str | None = None) -> Shift:
        """End a shift for good, by its full id, or the one that is open. Raises ShiftNone."""
        if shift is None:
            current = self.current()
            if current is None:
                raise ShiftNone
            shift = current.id
        return self._session.send(f"{SHIFTS}/{shift}/close", Nothing(), Shift)

    def current(self) -> Shift | None:
        """Give the open shift, or None."""
        newest = self.page(1).items
        return newest[0] if newest and newest[0].state == "open" else None

    def running(self) -> ShiftReport:
        """Give the X report of the open shift. Raises ShiftNone."""
        shift = self.current()
        if shift is None:
            raise ShiftNone
        return self.report(shift.id)

    def final(self, which: str | None) -> ShiftReport:
        """Give the Z report of a closed shift: by its number, its id or a short code, or the last.

        Raises NotFound, IdAmbiguous, Usage.
        """
        if which is None:
            closed = (shift for shift in self.page(2).items if shift.state == "closed")
            found = next(closed, None)
        elif is_id(which):
            found = self._session.get(f"{SHIFTS}/{which}", Shift)
        else:
            numbered = (one for one in self._shifts() if str(one.number) == which)
            found = next(numbered, None)
            if found is None and len(which) >= SHORTEST:
                found = find_short(which, self._shifts(), "shift")
        if found is None or found.state == "open":
            raise NotFound(what="closed shift")
        return self.report(found.id)

    def before(self, number: int) -> ShiftReport | None:
        """Give the Z report of the shift before that of a number, or None for the first."""
        found = next((one for one in self._shifts() if one.number == number - 1), None)
        return None if found is None else self.report(found.id)

    def report(self, shift: str) -> ShiftReport:
        """Give the report of a shift by its full id: X while it is open, then Z."""
        return self._session.get(f"{SHIFTS}/{shift}/report", ShiftReport)

    def page(self, limit: int = 20, cursor: str | None = None) -> Page[Shift]:
        """Give a page of this till's shifts, newest first."""
        return self._session.get(SHIFTS, Page[Shift], limit=limit, cursor=cursor)

    def receipt(self, charge: str) -> Receipt:
        """Give the receipt of a charge by its full id."""
        return self._session.get(f"/v1/charges/{charge}/receipt", Receipt)

    def _shifts(self) -> Iterator[Shift]:
        cursor = None
        while True:
            page = self.page(PAGE, cursor)
            yield from page.items
            if page.next is None:
                return
            cursor = page.next
