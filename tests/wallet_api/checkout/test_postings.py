"""The table of postings, to the cent: top-up, payment, refund, reversal; and the fee's return."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.wallet_api.checkout.books import DAY
from wallet_api.banking.orders import Answer, apply_answer
from wallet_api.banking.top_ups import request_top_up
from wallet_api.checkout.charges import create_charge
from wallet_api.checkout.payments import pay
from wallet_api.checkout.returns import refund, reverse
from wallet_api.checkout.settlement import fee_of
from wallet_api.contract.errors import MerchantFundsShort, RefundTooLarge
from wallet_api.contract.limits import Tier
from wallet_api.ledger.journal import credit, debit, post
from wallet_api.ledger.verify import verify_journal

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Town

Line = tuple[str, str, int]


def last_entry(town: Town) -> tuple[str, str, int | None, list[Line]]:
    """Give kind, subject, corrected entry and postings of the journal's newest entry."""
    number, kind, subject, corrects = town.rows(
        "SELECT number, kind, subject, corrects FROM journal ORDER BY number DESC LIMIT 1"
    )[0]
    lines = town.rows(
        "SELECT accounts.name, accounts.currency, postings.amount FROM postings"
        " JOIN accounts ON accounts.id = postings.account WHERE number = ? ORDER BY line",
        number,
    )
    return kind, subject, corrects, [(name, currency, amount) for name, currency, amount in lines]


def test_a_top_up_moves_money_only_when_the_bank_paid(town: Town) -> None:
    wallet = town.wallet()
    command = town.top_up(wallet, 30_005)
    assert town.run(request_top_up, command).value.state == "pending"
    assert town.entries() == 0
    town.run(apply_answer, Answer(command.key.id, paid=True))
    assert last_entry(town) == (
        "top_up",
        command.key.id,
        None,
        [("bank.safeguarded", "CNY", 30_005), (f"customer:{wallet.id}", "CNY", -30_005)],
    )


def test_a_top_up_that_the_bank_refused_moves_nothing(town: Town) -> None:
    wallet = town.wallet()
    command = town.top_up(wallet, 30_005)
    town.run(request_top_up, command)
    town.run(apply_answer, Answer(command.key.id, paid=False))
    town.run(apply_answer, Answer(command.key.id, paid=True))
    assert (town.entries(), town.balance(wallet)) == (0, 0)


def test_a_bank_that_answers_twice_pays_once(town: Town) -> None:
    wallet = town.wallet()
    top_up = town.fund(wallet, 500)
    for paid in (True, False):
        town.run(apply_answer, Answer(top_up, paid=paid))
    assert (town.entries(), town.balance(wallet)) == (1, 500)


@pytest.mark.parametrize("currency", ["CNY", "EUR"])
def test_a_payment_and_its_reversal(town: Town, currency: str) -> None:
    wallet, shop = town.wallet(5_000, currency=currency), town.shop(currency=currency)
    charge = town.run(create_charge, town.charge(shop, 4_999, tip=500)).value
    payment = town.run(pay, town.pay(wallet, charge.id)).value
    paid = [
        (f"customer:{wallet.id}", currency, 4_999),
        (f"merchant:{shop.id}", currency, -4_970),
        ("fees.unswept", currency, -29),
    ]
    assert last_entry(town) == ("payment", payment.id, None, paid)
    row = town.charge_row(charge.id)
    assert (row.fee, row.journal, row.customer) == (29, town.entries(), wallet.id)

    town.run(reverse, town.reverse(shop, charge.id))
    kind, subject, corrects, lines = last_entry(town)
    assert (kind, subject, corrects) == ("reversal", payment.id, row.journal)
    assert sorted(lines) == sorted((name, unit, -amount) for name, unit, amount in paid)


def test_refunds_and_the_fee_that_comes_back_with_them(town: Town) -> None:
    wallet, shop = town.wallet(10_000), town.shop()
    charge = town.buy(wallet, shop, 1_000)  # The fee is 6.
    expected = ((1, 0), (166, 1), (500, 3), (332, 1), (1, 1))  # ⌊6 · refunded / 1000⌋ so far.
    paid = town.charge_row(charge).journal
    for amount, fee in expected:
        command = town.refund(shop, charge, amount)
        town.run(refund, command)
        lines = [
            (f"merchant:{shop.id}", "CNY", amount - fee),
            ("fees.unswept", "CNY", fee),
            (f"customer:{wallet.id}", "CNY", -amount),
        ]
        moving = [line for line in lines if line[2]]
        assert last_entry(town) == ("refund", command.key.id, paid, moving)
    assert (town.balance(wallet), town.takings(shop), town.fees()) == (10_000, 0, 0)


def test_a_payment_too_small_for_a_fee_has_two_lines(town: Town) -> None:
    wallet, shop = town.wallet(166), town.shop()
    town.buy(wallet, shop, 166)
    assert [line[2] for line in last_entry(town)[3]] == [166, -166]


@pytest.mark.parametrize(
    ("amount", "fee"), [(1, 0), (166, 0), (167, 1), (10_000, 60), (999_999_999_999, 5_999_999_999)]
)
def test_the_fee_is_rounded_down(amount: int, fee: int) -> None:
    assert fee_of(amount, 60) == fee


@pytest.mark.parametrize("whole", [True, False], ids=["reversal", "refund"])
def test_a_merchant_short_of_funds_returns_nothing(damaged: Town, whole: bool) -> None:
    town = damaged
    wallet, shop = town.wallet(5_000), town.shop()
    charge = town.buy(wallet, shop, 5_000)  # 4,970 for the merchant.
    town.engine.submit(
        lambda tx, now: post(
            tx,
            "settlement",
            "a settlement",
            [debit(f"merchant:{shop.id}", "CNY", 1), credit("payouts.in_transit", "CNY", 1)],
            now,
        )
    ).result()
    entries = town.entries()
    if whole:
        refused = town.refusal(reverse, town.reverse(shop, charge))
    else:
        refused = town.refusal(refund, town.refund(shop, charge))
    assert isinstance(refused, MerchantFundsShort)
    assert (town.entries(), town.charge_row(charge).state) == (entries, "succeeded")
    town.run(refund, town.refund(shop, charge, 4_998))
    assert town.takings(shop) == 0
    assert town.engine.read(lambda tx, _now: verify_journal(tx).ok)


@st.composite
def amounts_and_splits(draw: st.DrawFn) -> tuple[int, list[int]]:
    """A price and parts of it that leave nothing over."""
    amount = draw(st.one_of(st.integers(1, 2_000), st.integers(1, 999_999_999_999)))
    cuts = draw(st.sets(st.integers(1, max(1, amount - 1)), max_size=8)) - {amount}
    edges = [0, *sorted(cuts), amount]
    return amount, [high - low for low, high in pairwise(edges)]


@settings(
    max_examples=60,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(amounts_and_splits())
def test_many_partial_refunds_return_amount_and_fee_exactly(
    town: Town, split: tuple[int, list[int]]
) -> None:
    amount, parts = split
    wallet, shop = town.wallet(amount, tier=Tier.I), town.shop()
    town.advance(DAY)  # A device that is new may not spend so much.
    before = town.fees()
    charge = town.buy(wallet, shop, amount)
    fee = amount * 60 // 10_000
    assert (town.takings(shop), town.fees() - before) == (amount - fee, fee)
    so_far = 0
    for part in parts:
        town.run(refund, town.refund(shop, charge, part))
        so_far += part
        returned = fee * so_far // amount
        assert town.fees() - before == fee - returned
        assert town.takings(shop) == amount - fee - (so_far - returned)
    assert (town.balance(wallet), town.takings(shop), town.fees()) == (amount, 0, before)
    assert town.charge_view(shop, charge).state == "refunded"
    assert isinstance(town.refusal(refund, town.refund(shop, charge, 1)), RefundTooLarge)


def test_two_currencies_never_mix(town: Town) -> None:
    for currency in ("CNY", "EUR"):
        town.buy(town.wallet(4_000, currency=currency), town.shop(currency=currency), 4_000)
    assert (town.fees("CNY"), town.fees("EUR")) == (24, 24)
    assert town.rows(
        "SELECT accounts.currency, SUM(postings.amount) FROM postings"
        " JOIN accounts ON accounts.id = postings.account GROUP BY 1 ORDER BY 1"
    ) == [("CNY", 0), ("EUR", 0)]
