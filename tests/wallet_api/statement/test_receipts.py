"""Both sides get the same receipt, and nobody else gets one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payment_codes.amount import Amount
from wallet_api.checkout.charges import create_charge
from wallet_api.checkout.payments import confirm, pay
from wallet_api.checkout.returns import RefundCharge, refund, reverse
from wallet_api.contract.errors import NotFound, NotYours
from wallet_api.contract.ids import new_id
from wallet_api.contract.wire import RefundRequest
from wallet_api.statement.receipts import charge_receipt, payment_receipt

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Shop, Town, Wallet
    from wallet_api.contract.statement import Receipt


def for_till(town: Town, shop: Shop, charge: str) -> Receipt:
    return town.engine.read(lambda tx, now: charge_receipt(tx, charge, shop.id, now))


def for_payer(town: Town, wallet: Wallet, payment: str) -> Receipt:
    return town.engine.read(lambda tx, now: payment_receipt(tx, payment, wallet.id, now))


def test_both_sides_get_the_same(town: Town) -> None:
    wallet, shop = town.wallet(10_000), town.shop(name="茶馆")
    command = town.charge(shop, 5_000, tip=500, discount=1_000, note="tea", reference="T7")
    charge = town.run(create_charge, command).value.id
    assert for_till(town, shop, charge).payment is None
    town.advance(1_000)
    payment = town.run(pay, town.pay(wallet, charge)).value.id
    town.advance(1_000)
    request = RefundRequest(amount=Amount(700, "CNY"), reason="cold")
    command_of_refund = RefundCharge(town.key(shop.id, request), shop.till, charge, request)
    town.run(refund, command_of_refund)
    receipt = for_till(town, shop, charge)
    assert receipt == for_payer(town, wallet, payment)
    assert (receipt.merchant, receipt.store, receipt.city) == ("茶馆", "Main Street", "Shanghai")
    assert (receipt.amount.minor, receipt.refunded.minor) == (5_000, 700)
    assert (receipt.tip, receipt.discount) == (Amount(500, "CNY"), Amount(1_000, "CNY"))
    assert (receipt.note, receipt.reference, receipt.payment) == ("tea", "T7", payment)
    assert receipt.created_at < (receipt.paid_at or "") < receipt.refunds[0].created_at
    assert [(one.id, one.amount.minor, one.reason) for one in receipt.refunds] == [
        (command_of_refund.key.id, 700, "cold")
    ]
    assert receipt.reversed_at is None


def test_a_reversal_is_told_with_its_time(town: Town) -> None:
    wallet, shop = town.wallet(10_000), town.shop()
    charge = town.buy(wallet, shop, 5_000)
    town.advance(5_000)
    town.run(reverse, town.reverse(shop, charge))
    receipt = for_till(town, shop, charge)
    assert (receipt.state, receipt.paid_at) != ("succeeded", receipt.reversed_at)
    assert receipt.reversed_at is not None
    assert receipt.reversed_at > (receipt.paid_at or "")


def test_many_refunds_are_cut_to_the_newest_and_counted_whole(town: Town) -> None:
    wallet, shop = town.wallet(10_000), town.shop()
    charge = town.buy(wallet, shop, 5_000)
    for minor in range(1, 104):
        town.clock.wall += 1
        town.advance(1)
        request = RefundRequest(amount=Amount(minor % 2 + 1, "CNY"))
        town.run(refund, RefundCharge(town.key(shop.id, minor), shop.till, charge, request))
    receipt = for_till(town, shop, charge)
    assert len(receipt.refunds) == 100
    times = [one.created_at for one in receipt.refunds]
    assert times == sorted(times)
    assert receipt.refunded.minor == 155
    assert sum(one.amount.minor for one in receipt.refunds) == 155 - (2 + 1 + 2)


def test_nobody_else_gets_a_receipt(town: Town) -> None:
    wallet, shop = town.wallet(10_000), town.shop()
    charge = town.buy(wallet, shop, 5_000)
    payment = for_till(town, shop, charge).payment or ""
    with pytest.raises(NotYours):
        for_till(town, town.shop(), charge)
    with pytest.raises(NotYours):
        for_payer(town, town.wallet(), payment)
    for unknown in (new_id(), payment):
        with pytest.raises(NotFound):
            for_till(town, shop, unknown)
    with pytest.raises(NotFound):
        for_payer(town, wallet, charge)


def test_a_payment_that_was_not_made_and_a_tombstone_have_none(town: Town) -> None:
    wallet, shop = town.wallet(1_000_000), town.shop()
    charge = town.run(create_charge, town.charge(shop, 500_000)).value.id
    waiting = town.run(pay, town.pay(wallet, charge)).value.id
    with pytest.raises(NotFound):
        for_payer(town, wallet, waiting)
    town.run(confirm, town.confirm(wallet, waiting))
    assert for_payer(town, wallet, waiting).payment == waiting
    unseen = new_id(town.clock.wall)
    town.run(reverse, town.reverse(shop, unseen))
    with pytest.raises(NotFound):
        for_till(town, shop, unseen)
