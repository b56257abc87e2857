"""What merchant and payer hear of a charge, for each way that it can go."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.checkout.books import SECOND
from tests.wallet_api.checkout.town import PIN, WRONG_PIN, Shop, Wallet
from wallet_api.checkout.charges import close_charge, create_charge
from wallet_api.checkout.payments import confirm, decline, pay
from wallet_api.checkout.returns import refund, reverse
from wallet_api.contract.ids import new_id
from wallet_api.contract.rules import CHARGE_LIFE, PAYER_TIME_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.wallet_api.events.conftest import EventfulTown

    Story = Callable[[EventfulTown, Shop, Wallet], None]

SMALL, LARGE = 100, 150_000


def created(town: EventfulTown, shop: Shop, minor: int = SMALL) -> str:
    return town.run(create_charge, town.charge(shop, minor)).value.id


def presented(town: EventfulTown, shop: Shop, wallet: Wallet, minor: int = SMALL) -> str:
    return town.run(create_charge, town.charge(shop, minor, code=town.show(wallet))).value.id


def waiting(town: EventfulTown, shop: Shop, wallet: Wallet) -> str:
    charge = created(town, shop, LARGE)
    return town.run(pay, town.pay(wallet, charge)).value.id


def scanned_and_paid(town: EventfulTown, shop: Shop, wallet: Wallet) -> None:
    town.buy(wallet, shop, SMALL)


def shown_and_paid(town: EventfulTown, shop: Shop, wallet: Wallet) -> None:
    presented(town, shop, wallet)


def scanned_and_confirmed(town: EventfulTown, shop: Shop, wallet: Wallet) -> None:
    town.buy(wallet, shop, LARGE)


def shown_and_confirmed(town: EventfulTown, shop: Shop, wallet: Wallet) -> None:
    town.run(confirm, town.confirm(wallet, presented(town, shop, wallet, LARGE)))


def shown_and_declined(town: EventfulTown, shop: Shop, wallet: Wallet) -> None:
    town.run(decline, town.decline(wallet, presented(town, shop, wallet, LARGE)))


def scanned_and_declined(town: EventfulTown, shop: Shop, wallet: Wallet) -> None:
    town.run(decline, town.decline(wallet, waiting(town, shop, wallet)))


def shown_without_money(town: EventfulTown, shop: Shop, wallet: Wallet) -> None:
    presented(town, shop, wallet, 10 * LARGE)


def wrong_pin_thrice(town: EventfulTown, shop: Shop, wallet: Wallet) -> None:
    charge = presented(town, shop, wallet, LARGE)
    for _ in range(3):
        town.refusal(confirm, town.confirm(wallet, charge, WRONG_PIN))


def closed(town: EventfulTown, shop: Shop, wallet: Wallet) -> None:
    town.run(close_charge, town.close_charge(shop, created(town, shop)))


def closed_while_waiting(town: EventfulTown, shop: Shop, wallet: Wallet) -> None:
    charge = presented(town, shop, wallet, LARGE)
    town.run(close_charge, town.close_charge(shop, charge))


def reversed_while_waiting(town: EventfulTown, shop: Shop, wallet: Wallet) -> None:
    charge = presented(town, shop, wallet, LARGE)
    town.run(reverse, town.reverse(shop, charge))


def reversed_after_payment(town: EventfulTown, shop: Shop, wallet: Wallet) -> None:
    town.run(reverse, town.reverse(shop, town.buy(wallet, shop, SMALL)))


def reversed_before_it_came(town: EventfulTown, shop: Shop, wallet: Wallet) -> None:
    town.run(reverse, town.reverse(shop, new_id(town.clock.wall)))


def refunded_in_three_parts(town: EventfulTown, shop: Shop, wallet: Wallet) -> None:
    charge = town.buy(wallet, shop, SMALL)
    for minor in (10, 20, None):
        town.run(refund, town.refund(shop, charge, minor))


def too_late_to_pay(town: EventfulTown, shop: Shop, wallet: Wallet) -> None:
    charge = created(town, shop)
    town.advance(CHARGE_LIFE * SECOND)
    town.refusal(pay, town.pay(wallet, charge))


def too_late_to_confirm(town: EventfulTown, shop: Shop, wallet: Wallet) -> None:
    charge = presented(town, shop, wallet, LARGE)
    command = town.confirm(wallet, charge, PIN)
    town.advance(PAYER_TIME_LIMIT * SECOND)
    town.refusal(confirm, command)


STORIES: dict[Story, tuple[list[str], list[str]]] = {
    scanned_and_paid: (["charge.created", "charge.succeeded"], ["payment.succeeded"]),
    shown_and_paid: (["charge.succeeded"], ["payment.succeeded"]),
    scanned_and_confirmed: (
        ["charge.created", "charge.succeeded"],
        ["payment.pin_required", "payment.succeeded"],
    ),
    shown_and_confirmed: (
        ["charge.awaiting_payer", "charge.succeeded"],
        ["payment.pin_required", "payment.succeeded"],
    ),
    shown_and_declined: (
        ["charge.awaiting_payer", "charge.failed"],
        ["payment.pin_required", "payment.failed"],
    ),
    scanned_and_declined: (["charge.created"], ["payment.pin_required", "payment.failed"]),
    shown_without_money: (["charge.failed"], ["payment.failed"]),
    wrong_pin_thrice: (
        ["charge.awaiting_payer", "charge.failed"],
        ["payment.pin_required", "payment.failed"],
    ),
    closed: (["charge.created", "charge.closed"], []),
    closed_while_waiting: (
        ["charge.awaiting_payer", "charge.closed"],
        ["payment.pin_required", "payment.expired"],
    ),
    reversed_while_waiting: (
        ["charge.awaiting_payer", "charge.closed"],
        ["payment.pin_required", "payment.expired"],
    ),
    reversed_after_payment: (
        ["charge.created", "charge.succeeded", "charge.reversed"],
        ["payment.succeeded", "payment.reversed"],
    ),
    reversed_before_it_came: (["charge.closed"], []),
    refunded_in_three_parts: (
        [
            *("charge.created", "charge.succeeded"),
            *("charge.partially_refunded", "charge.partially_refunded", "charge.refunded"),
        ],
        ["payment.succeeded", *["refund.succeeded"] * 3],
    ),
    too_late_to_pay: (["charge.created", "charge.closed"], []),
    too_late_to_confirm: (
        ["charge.awaiting_payer", "charge.closed"],
        ["payment.pin_required", "payment.expired"],
    ),
}


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_both_sides_hear_of_each_step(town: EventfulTown, story: Story) -> None:
    shop, wallet = town.shop(), town.wallet(2 * LARGE)
    story(town, shop, wallet)
    assert (town.kinds(shop), town.kinds(wallet)) == STORIES[story]
    charges: dict[str, str] = dict(
        town.rows("SELECT id, state FROM charges WHERE merchant = ?", shop.id)
    )
    last = {data["charge"]: data["state"] for _, _, data in town.events(shop)}
    assert last == charges


def test_whoever_waits_with_a_pin_hears_that_another_has_paid(town: EventfulTown) -> None:
    shop, slow, quick = town.shop(), town.wallet(LARGE), town.wallet(LARGE)
    charge = created(town, shop, LARGE)
    town.run(pay, town.pay(slow, charge))
    payment = town.run(pay, town.pay(quick, charge)).value
    town.run(confirm, town.confirm(quick, payment.id))
    assert town.kinds(slow) == ["payment.pin_required", "payment.expired"]
    assert town.events(slow)[-1][2]["reason"] == "already_paid"
    assert town.kinds(quick) == ["payment.pin_required", "payment.succeeded"]


def test_no_event_holds_a_name_a_note_or_a_code(town: EventfulTown) -> None:
    shop = town.shop(name="Tea House", city="Hangzhou")
    wallet = town.wallet(2 * LARGE, name="Ann")
    code = town.show(wallet)
    command = town.charge(shop, SMALL, code=code, note="green tea", reference="TABLE7")
    charge = town.run(create_charge, command).value.id
    town.run(refund, town.refund(shop, charge))
    told = json.dumps([town.events(shop), town.events(wallet)], ensure_ascii=False)
    for secret in ("Tea House", "Hangzhou", "Ann", code, "green tea", "TABLE7"):
        assert secret not in told
    assert charge in told


def test_a_refund_tells_how_much(town: EventfulTown) -> None:
    shop, wallet = town.shop(), town.wallet(LARGE)
    charge = town.buy(wallet, shop, SMALL)
    made = town.run(refund, town.refund(shop, charge, 30)).value
    assert town.events(wallet)[-1][2] == {
        "refund": made.id,
        "charge": charge,
        "payee": shop.id,
        "amount": {"minor": 30, "currency": "CNY"},
    }
    assert town.events(shop)[-1][2]["refunded"] == {"minor": 30, "currency": "CNY"}
