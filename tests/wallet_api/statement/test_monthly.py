"""The statement of a month agrees with the ledger to the cent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.checkout.books import DAY
from tests.wallet_api.statement.walk import page_of
from wallet_api.checkout.returns import refund
from wallet_api.contract.errors import BadRequest
from wallet_api.contract.instants import instant_ms
from wallet_api.ledger.accounts import customer_account
from wallet_api.statement.monthly import statement

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Town, Wallet
    from wallet_api.contract.statement import Movement, Statement


def month_of(town: Town, wallet: Wallet, month: str) -> Statement:
    row = town.customer_row(wallet)
    return town.engine.read(lambda tx, now: statement(tx, row, month, now))


def lines_of(town: Town, wallet: Wallet, month: Statement) -> list[Movement]:
    return page_of(town, wallet, {"from": month.starts_at}, month.cursor, 100).items


def ledger_sum(town: Town, wallet: Wallet, until: str) -> int:
    """Give what the postings before a moment add up to, apart from any index or sum of ours."""
    rows = town.rows(
        "SELECT postings.amount, booked_at FROM postings"
        " JOIN journal ON journal.number = postings.number"
        " JOIN accounts ON accounts.id = postings.account WHERE accounts.name = ?",
        customer_account(wallet.id),
    )
    return -sum(int(amount) for amount, booked_at in rows if booked_at < instant_ms(until))


def test_each_month_leads_to_the_next_and_to_the_ledger(town: Town) -> None:
    wallet, shop = town.wallet(500_000), town.shop()
    for day in range(60):
        charge = town.buy(wallet, shop, 100 + day)
        if day % 7 == 0:
            town.run(refund, town.refund(shop, charge, 50))
        town.advance(DAY)
    closing = 0
    for month in ("2026-12", "2027-01", "2027-02", "2027-03"):
        found = month_of(town, wallet, month)
        assert found.opening.minor == closing == ledger_sum(town, wallet, found.starts_at)
        closing = found.closing.minor
        assert closing == ledger_sum(town, wallet, found.ends_at)
        assert closing == found.opening.minor + found.total_in.minor - found.total_out.minor
        lines = lines_of(town, wallet, found)
        assert len(lines) == found.count
        sums = {"in": 0, "out": 0}
        for one in lines:
            sums[one.direction] += one.amount.minor
        assert sums == {"in": found.total_in.minor, "out": found.total_out.minor}
        assert not lines or lines[0].balance_after == found.closing
    assert closing == town.balance(wallet)


def test_a_month_is_one_of_the_banks_time_zone(town: Town) -> None:
    found = month_of(town, town.wallet(), "2027-01")
    assert (found.starts_at, found.ends_at, found.zone) == (
        "2026-12-31T16:00:00.000Z",
        "2027-01-31T16:00:00.000Z",
        "Asia/Shanghai",
    )
    assert (found.count, found.opening, found.closing.minor) == (0, found.closing, 0)


def test_a_month_that_is_not_over_stays_as_it_was_asked_for(town: Town) -> None:
    wallet, shop = town.wallet(1_000), town.shop()
    town.buy(wallet, shop, 300)
    found = month_of(town, wallet, "2027-01")
    town.buy(wallet, shop, 200)
    lines = lines_of(town, wallet, found)
    assert [one.amount.minor for one in lines] == [300, 1_000]
    assert (found.count, found.closing.minor) == (2, 700)
    assert month_of(town, wallet, "2027-01").closing.minor == 500


@pytest.mark.parametrize(
    "month", ["", "2027", "2027-13", "2027-00", "1999-01", "2027-02", "２027-01"]
)
def test_a_month_has_a_form_and_has_begun(town: Town, month: str) -> None:
    with pytest.raises(BadRequest):
        month_of(town, town.wallet(), month)
