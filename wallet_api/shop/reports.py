"""X and Z reports: what was taken in a shift, as counted now or as counted when it was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from payment_codes.amount import Amount
from wallet_api.checkout.terms import the_merchant
from wallet_api.contract.instants import instant_text
from wallet_api.contract.shop import HourTakings, ShiftReport, Total
from wallet_api.identity.records import STORES, TILLS
from wallet_api.shop.records import TAKINGS, ShiftRow, Takings
from wallet_api.shop.shifts import shift_view, the_shift
from wallet_api.shop.takings import count_takings

if TYPE_CHECKING:
    from wallet_api.store.database import Transaction


def report(transaction: Transaction, shift_id: str, merchant: str) -> ShiftReport:
    """Give the report of a merchant's own shift. Raises NotFound, NotYours."""
    shift = the_shift(transaction, shift_id, merchant)
    if shift.closed_at is None:
        return _report(transaction, shift, count_takings(transaction, shift.id))
    kept = TAKINGS.get(transaction, shift.id)
    assert kept is not None, "a closed shift was counted"
    return _report(transaction, shift, kept)


def _report(transaction: Transaction, shift: ShiftRow, takings: Takings) -> ShiftReport:
    till = TILLS.get(transaction, shift.till)
    assert till is not None, "a shift names a till that exists"
    store = STORES.get(transaction, till.store)
    assert store is not None, "a till stands in a store"
    view = shift_view(shift)

    def money(minor: int) -> Amount:
        return Amount(minor, shift.currency)

    def total(count: int, minor: int) -> Total:
        return Total(count=count, amount=money(minor))

    return ShiftReport(
        kind="x" if shift.closed_at is None else "z",
        shift=shift.id,
        number=shift.number,
        merchant=the_merchant(transaction, shift.merchant).name,
        store=store.name,
        till=shift.till,
        cash_float=view.cash_float,
        opened_at=view.opened_at,
        closed_at=view.closed_at,
        sales=total(takings.sales, takings.sold),
        tips=total(takings.tips, takings.tipped),
        discounts=total(takings.discounts, takings.discounted),
        refunds=total(takings.refunds, takings.refunded),
        reversals=total(takings.reversals, takings.reversed),
        fees=money(takings.fees),
        net=money(takings.net),
        first_charge=takings.first,
        last_charge=takings.last,
        hours=[
            HourTakings(
                starts_at=instant_text(start),
                sales=total(sales, sold),
                returns=total(returns, returned),
            )
            for start, sales, sold, returns, returned in msgspec.json.decode(takings.hours)
        ],
    )
