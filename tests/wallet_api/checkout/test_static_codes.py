"""Static codes: the payer types the amount, and nobody but the payer makes anything of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payment_codes import native
from tests.wallet_api.checkout.books import DAY, SECOND
from tests.wallet_api.checkout.town import WRONG_PIN
from tests.wallet_api.people.neighbours import Neighbours
from wallet_api.checkout.charges import close_charge
from wallet_api.checkout.payments import confirm, decline, pay
from wallet_api.checkout.queries import charges, pending
from wallet_api.checkout.returns import refund, reverse
from wallet_api.checkout.static_codes import pay_static_code, static_offer, take_static_code
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.rules import PAYER_TIME_LIMIT
from wallet_api.limits.tables import PIN_FREE_PAYMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.wallet_api.checkout.town import Shop, Wallet
    from wallet_api.contract.wire import Payment


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Neighbours]:
    made = Neighbours(tmp_path)
    yield made
    assert made.findings() == []
    made.close()


def token_of(town: Neighbours, shop: Shop) -> str:
    made = town.run(take_static_code, town.static_code(shop)).value
    return native.parse(made.payload).token


def sales(town: Neighbours, shop: Shop) -> list[str]:
    # More than a test makes: those of one millisecond are in no order.
    page = town.engine.read(lambda tx, now: charges(tx, shop.id, None, 50, now))
    return [item.id for item in page.items]


def waiting(town: Neighbours, wallet: Wallet, shop: Shop, token: str) -> Payment:
    """Use up the day's payments without a PIN, and start one more."""
    for _ in range(PIN_FREE_PAYMENTS):
        town.buy(wallet, shop, 1)
    return town.run(pay_static_code, town.pay_static(wallet, token, shop, 1_000)).value


def test_a_till_has_one_code_for_good(town: Neighbours) -> None:
    shop, rival = town.shop(name="茶馆", city="上海"), town.shop()
    first, second = (town.run(take_static_code, town.static_code(shop)).value for _ in range(2))
    assert first == second
    assert token_of(town, rival) != token_of(town, shop)
    code = native.parse(first.payload)
    assert (code.dynamic, code.amount, code.currency, code.kind) == (
        False,
        None,
        "CNY",
        native.Kind.MERCHANT,
    )
    offer = town.read(static_offer, code.token)
    assert (offer.payee, offer.merchant, offer.city) == (shop.id, "茶馆", "上海")


def test_the_payment_makes_a_charge_that_is_paid_already(town: Neighbours) -> None:
    ann, shop = town.wallet(50_000), town.shop()
    command = town.pay_static(ann, token_of(town, shop), shop, 10_000)
    paid = town.run(pay_static_code, command).value
    assert (paid.state, paid.payee_id, paid.note) == ("succeeded", shop.id, "table 5")
    assert town.run(pay_static_code, command).replayed
    shown = town.charge_view(shop, paid.charge)
    assert (shown.state, shown.amount.minor, shown.payload) == ("succeeded", 10_000, None)
    assert town.charge_row(paid.charge).till == shop.till.id
    assert sales(town, shop) == [paid.charge]
    assert (town.balance(ann), town.takings(shop)) == (40_000, 10_000 - 60)
    assert town.told(shop) == ["charge.succeeded"]
    assert town.told(ann) == ["payment.succeeded"]


def test_it_is_refunded_and_reversed_as_any_charge(town: Neighbours) -> None:
    ann, shop = town.wallet(50_000), town.shop()
    token = token_of(town, shop)
    first, second = (
        town.run(pay_static_code, town.pay_static(ann, token, shop, 10_000)).value.charge
        for _ in range(2)
    )
    assert town.run(refund, town.refund(shop, first, 4_000)).value.state == "succeeded"
    assert town.run(reverse, town.reverse(shop, second)).value.action == "returned"
    assert town.balance(ann) == 50_000 - 6_000


def test_a_refused_attempt_makes_no_charge(town: Neighbours) -> None:
    ann, shop, rival = town.wallet(5_000), town.shop(), town.shop()
    token = token_of(town, shop)
    euro = town.wallet(currency="EUR")
    for command, code in (
        (town.pay_static(ann, token, shop, 5_001), "insufficient_funds"),
        (town.pay_static(ann, token, rival, 1), "terms_changed"),
        (town.pay_static(ann, token, shop, 0), "amount_invalid"),
        (town.pay_static(ann, token, shop, 1, "EUR"), "currency_mismatch"),
        (town.pay_static(euro, token, shop, 1), "currency_mismatch"),
        (town.pay_static(ann, "Z" * 16, shop, 1), "not_found"),
    ):
        assert town.refusal(pay_static_code, command).code == code
    town.freeze(shop)
    command = town.pay_static(ann, token, shop, 1)
    assert town.refusal(pay_static_code, command).code == "merchant_frozen"
    assert town.rows("SELECT COUNT(*) FROM charges") == [(0,)]
    assert town.told(shop) == []


def test_a_static_code_takes_at_most_the_days_cap(town: Neighbours) -> None:
    ann, shop = town.wallet(200_000), town.shop()
    token = token_of(town, shop)
    first = town.run(pay_static_code, town.pay_static(ann, token, shop, 40_000)).value
    refusal = town.refusal(pay_static_code, town.pay_static(ann, token, shop, 10_001))
    assert (refusal.code, refusal.details["limit"]) == ("limit_exceeded", "static_code")
    town.buy(ann, shop, 90_000)
    assert town.run(pay_static_code, town.pay_static(ann, token, shop, 10_000)).value
    town.run(reverse, town.reverse(shop, first.charge))
    assert town.run(pay_static_code, town.pay_static(ann, token, shop, 40_000)).value
    town.advance(DAY)
    assert town.run(pay_static_code, town.pay_static(ann, token, shop, 50_000)).value


def test_where_a_pin_is_due_it_settles_at_the_confirmation(town: Neighbours) -> None:
    ann, eve, shop = town.wallet(50_000), town.wallet(50_000), town.shop()
    token = token_of(town, shop)
    payment = waiting(town, ann, shop, token)
    assert payment.state == "pin_required"
    before = town.told(shop)
    assert payment.charge not in sales(town, shop)
    assert town.refusal(pay, town.pay(eve, payment.charge)).code == "not_yours"
    listed = town.engine.read(lambda tx, now: pending(tx, ann.id, 9, now))
    assert [item.id for item in listed.items] == [payment.id]
    wrong = town.refusal(confirm, town.confirm(ann, payment.id, WRONG_PIN))
    assert wrong.code == "pin_wrong"
    assert town.run(confirm, town.confirm(ann, payment.id)).value.state == "succeeded"
    assert payment.charge in sales(town, shop)
    assert town.told(shop) == [*before, "charge.succeeded"]


@pytest.mark.parametrize("end", ["decline", "close", "time"])
def test_what_is_never_confirmed_its_merchant_never_sees(town: Neighbours, end: str) -> None:
    ann, shop = town.wallet(50_000), town.shop()
    payment = waiting(town, ann, shop, token_of(town, shop))
    before = (sales(town, shop), town.told(shop))
    if end == "decline":
        assert town.run(decline, town.decline(ann, payment.id)).value.state == "failed"
    elif end == "close":
        town.run(close_charge, town.close_charge(shop, payment.charge))
    else:
        town.advance(PAYER_TIME_LIMIT * SECOND)
    with pytest.raises(WalletError):
        town.run(confirm, town.confirm(ann, payment.id))
    assert (sales(town, shop), town.told(shop)) == before
    assert town.balance(ann) == 50_000 - PIN_FREE_PAYMENTS


def test_another_wallet_cannot_take_over_an_id(town: Neighbours) -> None:
    ann, eve, shop = town.wallet(50_000), town.wallet(50_000), town.shop()
    token = token_of(town, shop)
    closed = town.reverse(shop, town.pay_static(ann, token, shop, 1).key.id)
    town.run(reverse, closed)
    command = town.pay_static(eve, token, shop, 1)
    taken = town.key(eve.id, command.request, key_id=closed.charge)
    command = type(command)(taken, eve.id, command.request, command.evidence)
    assert town.refusal(pay_static_code, command).code == "not_yours"
