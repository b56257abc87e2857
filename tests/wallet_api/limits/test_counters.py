"""The counters: they follow the money within a day and a year, and reversals on the same day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payment_codes.amount import Amount
from tests.wallet_api.checkout.books import DAY, SECOND, START
from tests.wallet_api.limits.bounds import card, counters
from wallet_api.checkout.charges import create_charge
from wallet_api.checkout.payments import confirm, pay
from wallet_api.checkout.returns import refund, reverse
from wallet_api.contract.errors import LimitExceeded, PinNotSet
from wallet_api.contract.limits import Tier
from wallet_api.store.calendar import keep_zone

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Town, Wallet

#: The tests begin on 2027-01-15 at 08:00 UTC, which is 16:00 in Shanghai.
TO_MIDNIGHT = 8 * 3_600 * SECOND
TO_NEW_YEAR = 350 * DAY + TO_MIDNIGHT


def used(town: Town, wallet: Wallet) -> tuple[int, int, int]:
    """Give what counts for the day, the year and the payments without a PIN."""
    shown = card(town, wallet)
    return shown.day.used.minor, shown.year.used.minor, 10 - shown.pin_free_left


def test_what_leaves_counts_once_and_what_is_refused_does_not(town: Town) -> None:
    wallet, shop = town.wallet(3_000_00, tier=Tier.IV), town.shop()
    town.buy(wallet, shop, 800_00)
    assert used(town, wallet) == (800_00, 800_00, 1)
    town.buy(wallet, shop, 1_100_00)
    assert used(town, wallet) == (1_900_00, 1_900_00, 1)
    for too_much in (2_000_01, 1_100_01):
        charge = town.run(create_charge, town.charge(shop, too_much)).value.id
        town.refusal(pay, town.pay(wallet, charge))
    command = town.pay(wallet, town.run(create_charge, town.charge(shop, 5)).value.id)
    assert town.run(pay, command).value == town.run(pay, command).value
    assert used(town, wallet) == (1_900_05, 1_900_05, 2)


@pytest.mark.parametrize("after", [0, TO_MIDNIGHT - 1, TO_MIDNIGHT, TO_NEW_YEAR - 1, TO_NEW_YEAR])
def test_day_and_year_begin_at_midnight_in_the_business_zone(town: Town, after: int) -> None:
    wallet, shop = town.wallet(1_000_00), town.shop()
    town.buy(wallet, shop, 10_00)
    town.advance(after)
    day = 10_00 if after < TO_MIDNIGHT else 0
    year = 10_00 if after < TO_NEW_YEAR else 0
    assert used(town, wallet) == (day, year, 1 if day else 0)
    town.buy(wallet, shop, 7_00)
    assert used(town, wallet) == (day + 7_00, year + 7_00, 2 if day else 1)


def test_another_zone_has_other_days(town: Town) -> None:
    town.engine.submit(lambda tx, _now: keep_zone(tx, "America/New_York")).result(timeout=30)
    wallet, shop = town.wallet(1_000_00), town.shop()
    town.buy(wallet, shop, 10_00)
    assert card(town, wallet).day.renews_at == "2027-01-16T05:00:00.000Z"
    town.advance(TO_MIDNIGHT)
    assert used(town, wallet)[0] == 10_00


def test_the_day_limit_is_given_back_by_the_next_day(town: Town) -> None:
    wallet, shop = town.wallet(10_000_00, tier=Tier.IV), town.shop()
    for minor in (2_000_00, 2_000_00, 1_000_00):
        town.buy(wallet, shop, minor)
    charge = town.run(create_charge, town.charge(shop, 1)).value.id
    assert isinstance(town.refusal(pay, town.pay(wallet, charge)), LimitExceeded)
    town.advance(TO_MIDNIGHT)
    town.buy(wallet, shop, 2_000_00)


@pytest.mark.parametrize("with_pin", [False, True])
@pytest.mark.parametrize("after", [0, TO_MIDNIGHT - 1, TO_MIDNIGHT])
def test_only_a_reversal_on_the_same_day_gives_the_allowance_back(
    town: Town, after: int, *, with_pin: bool
) -> None:
    wallet, shop = town.wallet(5_000_00), town.shop()
    town.buy(wallet, shop, 3_00)
    charge = town.buy(wallet, shop, 1_500_00 if with_pin else 500_00)
    counted = used(town, wallet)
    assert counted == ((1_503_00, 1_503_00, 1) if with_pin else (503_00, 503_00, 2))
    town.advance(after)
    town.run(reverse, town.reverse(shop, charge))
    assert used(town, wallet) == ((3_00, 3_00, 1) if after < TO_MIDNIGHT else (0, counted[1], 0))


def test_a_refund_gives_no_allowance_back_and_no_cap_refuses_it(town: Town) -> None:
    wallet, shop = town.wallet(10_000_00, tier=Tier.IV), town.shop()
    charge = town.buy(wallet, shop, 2_000_00)
    undone = town.buy(wallet, shop, 1_000_00)
    town.fund(wallet, 3_000_00)
    town.run(refund, town.refund(shop, charge, 1_500_00))
    town.run(reverse, town.reverse(shop, undone))
    assert town.balance(wallet) == 12_500_00
    assert used(town, wallet) == (2_000_00, 2_000_00, 0)
    assert card(town, wallet).balance.left == Amount(0, "CNY")


def test_the_eleventh_payment_of_a_day_needs_the_pin(town: Town) -> None:
    wallet, shop = town.wallet(100_00), town.shop()
    for _ in range(10):
        charge = town.run(create_charge, town.charge(shop, 1)).value.id
        assert town.run(pay, town.pay(wallet, charge)).value.state == "succeeded"
    charge = town.run(create_charge, town.charge(shop, 1)).value.id
    waiting = town.run(pay, town.pay(wallet, charge)).value
    assert waiting.state == "pin_required"
    assert town.run(confirm, town.confirm(wallet, waiting.id)).value.state == "succeeded"
    by_code = town.run(create_charge, town.charge(shop, 1, code=town.show(wallet))).value
    assert by_code.state == "awaiting_payer"
    town.advance(TO_MIDNIGHT)
    by_code = town.run(create_charge, town.charge(shop, 1, code=town.show(wallet))).value
    assert by_code.state == "succeeded"


def test_without_a_pin_the_eleventh_is_refused(town: Town) -> None:
    wallet, shop = town.wallet(100_00, pin=None), town.shop()
    for _ in range(10):
        town.buy(wallet, shop, 1)
    charge = town.run(create_charge, town.charge(shop, 1)).value.id
    assert isinstance(town.refusal(pay, town.pay(wallet, charge)), PinNotSet)


def test_a_limit_refuses_by_the_charge_table(town: Town) -> None:
    """A code to scan stays payable for others; the payer's own code is burnt and fails."""
    poor, rich, shop = town.wallet(5_000_00, tier=Tier.IV), town.wallet(5_000_00), town.shop()
    charge = town.run(create_charge, town.charge(shop, 2_000_01)).value.id
    refused = town.pay(poor, charge)
    assert isinstance(town.refusal(pay, refused), LimitExceeded)
    assert town.payment_view(poor, refused.key.id).state == "failed"
    assert town.charge_view(shop, charge).state == "created"
    waiting = town.run(pay, town.pay(rich, charge)).value
    assert town.run(confirm, town.confirm(rich, waiting.id)).value.state == "succeeded"

    code = town.show(poor)
    failed = town.run(create_charge, town.charge(shop, 2_000_01, code=code)).value
    assert (failed.state, failed.reason) == ("failed", "limit_exceeded")
    again = town.refusal(create_charge, town.charge(shop, 1, code=code))
    assert again.code == "code_used"


def test_a_limit_that_is_met_while_a_payment_waits_refuses_its_confirmation(town: Town) -> None:
    wallet, shop = town.wallet(8_000_00, tier=Tier.IV), town.shop()
    charges = [town.run(create_charge, town.charge(shop, 2_000_00)).value.id for _ in range(3)]
    waiting = [town.run(pay, town.pay(wallet, charge)).value.id for charge in charges]
    for payment in waiting[:2]:
        town.run(confirm, town.confirm(wallet, payment))
    assert isinstance(town.refusal(confirm, town.confirm(wallet, waiting[2])), LimitExceeded)
    assert town.charge_view(shop, charges[2]).state == "created"


def test_a_clock_that_steps_back_opens_no_second_day(town: Town) -> None:
    wallet, shop = town.wallet(1_000_00), town.shop()
    town.advance(TO_MIDNIGHT)
    town.buy(wallet, shop, 10_00)
    town.clock.business = START
    town.buy(wallet, shop, 20_00)
    assert used(town, wallet)[0] == 30_00


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        ("day_amount = day_amount + 1, year_amount = year_amount + 1", "a day's counter"),
        ("day_amount = day_amount - 1", "a day's counter"),
        ("day_amount = 0, year_amount = year_amount - 1", "a year's counter"),
        ("year_amount = year_amount + 701", "a year's counter"),
        ("total = total - 1", "a habit"),
        ("static_amount = day_amount + 1", "a counter is beyond"),
        ("day_ends_at = year_ends_at + 1", "a counter is beyond"),
    ],
)
def test_the_proof_finds_a_counter_that_is_off(damaged: Town, damage: str, rule: str) -> None:
    wallet, shop = damaged.wallet(1_000_00), damaged.shop()
    damaged.buy(wallet, shop, 10_00)
    damaged.run(reverse, damaged.reverse(shop, damaged.buy(wallet, shop, 7_00)))
    assert damaged.findings() == []
    damaged.change(f"UPDATE spending SET {damage}")
    assert any(finding.startswith(rule) for finding in damaged.findings())


def test_customers_from_before_the_counters_begin_at_nothing(town: Town) -> None:
    """And a reversal of what was not counted gives nothing back."""
    wallet, shop = town.wallet(1_000_00), town.shop()
    first, second = (town.buy(wallet, shop, 10_00) for _ in range(2))
    town.change("DELETE FROM spending")
    town.advance(1)
    town.run(reverse, town.reverse(shop, first))
    assert counters(town, wallet) is None
    town.buy(wallet, shop, 20_00)
    town.run(reverse, town.reverse(shop, second))
    row = counters(town, wallet)
    assert row is not None
    assert (row.day_amount, row.movements) == (20_00, 1)
