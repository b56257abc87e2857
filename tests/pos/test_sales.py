"""Sales found, added up and written as a table."""

from __future__ import annotations

import csv
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from payment_codes.amount import Amount
from pos.sales import HEADER, occurs, sales_csv, sums, today
from terminal_kit.console import local_time
from wallet_api.contract.ids import new_id, short_code
from wallet_api.contract.instants import instant_ms
from wallet_api.contract.wire import Charge, ChargeState


def charge(
    minor: int = 1250,
    state: ChargeState = ChargeState.SUCCEEDED,
    *,
    currency: str = "CNY",
    refunded: int = 0,
    note: str | None = None,
    reference: str | None = None,
) -> Charge:
    return Charge(
        id=new_id(),
        state=state,
        amount=Amount(minor, currency),
        merchant="Corner Café",
        created_at="2026-11-21T09:30:00.000Z",
        refunded=Amount(refunded, currency),
        note=note,
        reference=reference,
    )


def test_a_sale_is_found_by_what_one_remembers_of_it() -> None:
    sale = charge(note="Table 4, 两杯拿铁", reference="ORDER12")
    day = local_time(sale.created_at)[:10]
    for wanted in ("table", "TABLE 4", "拿铁", "order12", "12.50", day, short_code(sale.id), ""):
        assert occurs(wanted, sale), wanted
    for wanted in ("table chair", "13.50", "order13"):
        assert not occurs(wanted, sale), wanted


def test_sums_are_per_currency_and_leave_out_what_was_not_sold() -> None:
    sales = [
        charge(1000),
        charge(500, ChargeState.PARTIALLY_REFUNDED, refunded=200),
        charge(300, ChargeState.REFUNDED, refunded=300),
        charge(9999, ChargeState.REVERSED),
        charge(9999, ChargeState.CREATED),
        charge(9999, ChargeState.CLOSED),
        charge(700, currency="EUR"),
    ]
    assert [(one.count, one.paid, one.refunded) for one in sums(sales)] == [
        (3, Amount(1800, "CNY"), Amount(500, "CNY")),
        (1, Amount(700, "EUR"), Amount(0, "EUR")),
    ]


@given(
    note=st.none() | st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=9)
)
def test_a_table_holds_each_sale_once_and_runs_nothing(note: str | None) -> None:
    sales = [charge(1250, note=note, refunded=250), charge(7, currency="JPY")]
    rows = list(csv.DictReader(StringIO(sales_csv(sales), newline="")))
    assert tuple(rows[0]) == HEADER
    assert [(row["amount"], row["refunded"], row["id"]) for row in rows] == [
        ("12.50", "2.50", sales[0].id),
        ("7", "0", sales[1].id),
    ]
    assert rows[0]["note"].lstrip("'") == (note or "").lstrip("'")
    assert not rows[0]["note"].startswith(("=", "+", "-", "@"))


def test_today_is_the_day_of_this_machines_zone() -> None:
    moment = "2026-11-21T23:30:00.000Z"
    assert today(instant_ms(moment)) == local_time(moment)[:10]
