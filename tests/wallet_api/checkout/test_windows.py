"""Time: expiry, the windows of reversals and refunds, each to the millisecond."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.checkout.books import DAY, MINUTE
from wallet_api.checkout import queries
from wallet_api.checkout.charges import close_charge, create_charge
from wallet_api.checkout.payments import confirm, pay
from wallet_api.checkout.returns import refund, reverse
from wallet_api.contract.errors import ChargeClosed, RefundWindowPassed, ReversalWindowPassed

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Town

BIG = 250_000


@pytest.mark.parametrize(("after", "pays"), [(5 * MINUTE - 1, True), (5 * MINUTE, False)])
def test_a_charge_to_scan_is_payable_until_it_expires(
    town: Town, after: int, *, pays: bool
) -> None:
    wallet, shop = town.wallet(100), town.shop()
    charge = town.run(create_charge, town.charge(shop, 100)).value
    town.advance(after)
    command = town.pay(wallet, charge.id)
    if pays:
        assert town.run(pay, command).value.state == "succeeded"
    else:
        refused = town.refusal(pay, command)
        assert isinstance(refused, ChargeClosed)
        assert refused.details == {"reason": "expired"}
        assert town.charge_row(charge.id).state == "closed"
    assert town.balance(wallet) == (0 if pays else 100)


@pytest.mark.parametrize(("after", "pays"), [(MINUTE - 1, True), (MINUTE, False)])
def test_a_charge_on_a_code_waits_for_its_payer_a_minute(
    town: Town, after: int, *, pays: bool
) -> None:
    wallet, shop = town.wallet(BIG), town.shop()
    charge = town.run(create_charge, town.charge(shop, BIG, code=town.show(wallet))).value
    town.advance(after)
    command = town.confirm(wallet, charge.id)
    if pays:
        assert town.run(confirm, command).value.state == "succeeded"
    else:
        refused = town.refusal(confirm, command)
        assert isinstance(refused, ChargeClosed)
        assert refused.details == {"reason": "payer_timeout"}
    assert town.balance(wallet) == (0 if pays else BIG)


def test_reads_show_an_expiry_that_nobody_has_written_yet(town: Town) -> None:
    wallet, shop = town.wallet(BIG), town.shop()
    charge = town.run(create_charge, town.charge(shop, BIG)).value
    payment = town.run(pay, town.pay(wallet, charge.id)).value
    town.advance(5 * MINUTE)
    assert town.charge_row(charge.id).state == "created"
    view = town.charge_view(shop, charge.id)
    assert (view.state, view.reason) == ("closed", "expired")
    seen = town.payment_view(wallet, payment.id)
    assert (seen.state, seen.reason) == ("expired", "expired")
    listed = town.engine.read(lambda tx, now: queries.charges(tx, shop.id, None, 10, now))
    assert [item.state for item in listed.items] == ["closed"]
    pending = town.engine.read(lambda tx, now: queries.pending(tx, wallet.id, 10, now))
    assert pending.items == []
    assert town.run(close_charge, town.close_charge(shop, charge.id)).value.reason == "expired"


@pytest.mark.parametrize(("after", "works"), [(7 * DAY - 1, True), (7 * DAY, False)])
def test_a_reversal_works_for_seven_days_from_the_payment(
    town: Town, after: int, *, works: bool
) -> None:
    wallet, shop = town.wallet(100), town.shop()
    create = town.charge(shop, 100)
    charge = town.run(create_charge, create).value
    town.advance(MINUTE)  # The window opens with the payment, not with the charge.
    town.run(pay, town.pay(wallet, charge.id))
    town.advance(after)
    command = town.reverse(shop, charge.id)
    if works:
        assert town.run(reverse, command).value.action == "returned"
        town.advance(DAY)
        assert town.run(reverse, town.reverse(shop, charge.id)).value.action == "returned"
    else:
        assert isinstance(town.refusal(reverse, command), ReversalWindowPassed)
        assert town.run(refund, town.refund(shop, charge.id)).value.amount.minor == 100
    assert town.balance(wallet) == 100


@pytest.mark.parametrize(("after", "works"), [(365 * DAY - 1, True), (365 * DAY, False)])
def test_a_refund_works_for_a_year_from_the_payment(town: Town, after: int, *, works: bool) -> None:
    wallet, shop = town.wallet(100), town.shop()
    charge = town.buy(wallet, shop, 100)
    town.run(refund, town.refund(shop, charge, 30))
    town.advance(after)
    command = town.refund(shop, charge, 50)
    if works:
        assert town.run(refund, command).value.amount.minor == 50
    else:
        assert isinstance(town.refusal(refund, command), RefundWindowPassed)
    assert town.balance(wallet) == (80 if works else 30)
