"""Exactly once: what a key that comes again is answered, by each kind of command."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.checkout.books import DAY
from tests.wallet_api.checkout.town import PIN, WRONG_PIN
from wallet_api.banking.top_ups import request_top_up
from wallet_api.checkout.charges import close_charge, create_charge
from wallet_api.checkout.payments import confirm, decline, pay
from wallet_api.checkout.returns import refund, reverse
from wallet_api.contract.errors import (
    ChargeClosed,
    InsufficientFunds,
    KeyExpired,
    KeyReused,
    NotFound,
    NotYours,
    PinWrong,
)
from wallet_api.contract.ids import new_id

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Town

BIG = 250_000


def test_a_second_copy_of_a_confirmation_is_no_second_try(town: Town) -> None:
    wallet, shop = town.wallet(BIG), town.shop()
    charge = town.run(create_charge, town.charge(shop, BIG)).value
    payment = town.run(pay, town.pay(wallet, charge.id)).value
    wrong = town.confirm(wallet, payment.id, WRONG_PIN)
    first = town.refusal(confirm, wrong)
    assert not first.replayed
    for copy in (wrong, wrong, dataclasses.replace(wrong, pin=PIN)):
        again = town.refusal(confirm, copy)
        assert isinstance(again, PinWrong)
        assert (again.replayed, again.details) == (True, {"tries_left": 2})
    assert town.customer_row(wallet).pin_failures == 1
    right = town.confirm(wallet, payment.id)
    done = town.run(confirm, right)
    assert (done.value.state, done.replayed) == ("succeeded", False)
    assert town.run(confirm, dataclasses.replace(right, pin=WRONG_PIN)) == dataclasses.replace(
        done, replayed=True
    )
    assert town.balance(wallet) == 0


def test_every_command_is_replayed_and_moves_nothing_twice(town: Town) -> None:
    wallet, shop = town.wallet(3 * BIG), town.shop()
    create = town.charge(shop, BIG)
    charge = town.run(create_charge, create).value
    paying = town.pay(wallet, charge.id)
    payment = town.run(pay, paying).value
    confirming = town.confirm(wallet, payment.id)
    confirmed = town.run(confirm, confirming)
    refunding = town.refund(shop, charge.id, 1_000)
    refunded = town.run(refund, refunding)
    on_code = town.charge(shop, 500, code=town.show(wallet))
    coded = town.run(create_charge, on_code)
    reversing = town.reverse(shop, on_code.key.id)
    reversed_ = town.run(reverse, reversing)
    topping = town.top_up(wallet, 100)
    topped = town.run(request_top_up, topping)
    unpaid = town.charge(shop, 500)
    town.run(create_charge, unpaid)
    closing = town.close_charge(shop, unpaid.key.id)
    closed = town.run(close_charge, closing)
    money = (town.balance(wallet), town.takings(shop), town.fees(), town.entries())

    def replay(answer: object) -> bool:
        return getattr(answer, "replayed", False) is True

    for before, again in (
        (charge, town.run(create_charge, create)),
        (payment, town.run(pay, paying)),
        (confirmed.value, town.run(confirm, confirming)),
        (refunded.value, town.run(refund, refunding)),
        (coded.value, town.run(create_charge, on_code)),
        (reversed_.value, town.run(reverse, reversing)),
        (topped.value, town.run(request_top_up, topping)),
        (closed.value, town.run(close_charge, closing)),
    ):
        assert replay(again)
        assert again.value == before
    assert money == (town.balance(wallet), town.takings(shop), town.fees(), town.entries())


def test_a_refusal_that_needs_a_person_is_kept_with_its_key(town: Town) -> None:
    wallet, shop = town.wallet(), town.shop()
    charge = town.run(create_charge, town.charge(shop, 100)).value
    command = town.pay(wallet, charge.id)
    town.refusal(pay, command)
    town.fund(wallet, 100)
    again = town.refusal(pay, command)
    assert isinstance(again, InsufficientFunds)
    assert again.replayed
    assert town.run(pay, town.pay(wallet, charge.id)).value.state == "succeeded"


def test_a_refusal_for_what_is_not_there_yet_is_not_kept(town: Town) -> None:
    wallet, shop = town.wallet(100), town.shop()
    create = town.charge(shop, 100)
    closing = town.close_charge(shop, create.key.id)
    assert isinstance(town.refusal(close_charge, closing), NotFound)
    town.run(create_charge, create)
    assert town.run(close_charge, closing).value.state == "closed"
    refused = town.refusal(pay, town.pay(wallet, create.key.id))
    assert isinstance(refused, ChargeClosed)


def test_a_key_with_another_request_is_refused(town: Town) -> None:
    wallet, shop = town.wallet(BIG), town.shop()
    create = town.charge(shop, 100)
    town.run(create_charge, create)
    other = town.charge(shop, 101, charge_id=create.key.id)
    assert isinstance(town.refusal(create_charge, other), KeyReused)
    paying = town.pay(wallet, create.key.id)
    town.run(pay, paying)
    declining = dataclasses.replace(
        town.decline(wallet, paying.key.id),
        key=town.key(wallet.id, "decline", key_id=paying.key.id),
    )
    assert isinstance(town.refusal(decline, declining), KeyReused)
    assert town.takings(shop) == 100


def test_a_key_belongs_to_who_used_it_first(town: Town) -> None:
    wallet, other, shop, rival = town.wallet(BIG), town.wallet(BIG), town.shop(), town.shop()
    create = town.charge(shop, 100)
    town.run(create_charge, create)
    paying = town.pay(wallet, create.key.id)
    town.run(pay, paying)
    stolen = dataclasses.replace(
        town.pay(other, create.key.id), key=dataclasses.replace(paying.key, owner=other.id)
    )
    assert isinstance(town.refusal(pay, stolen), NotYours)
    theirs = town.charge(rival, 100, charge_id=create.key.id)
    assert isinstance(town.refusal(create_charge, theirs), NotYours)
    as_payment = dataclasses.replace(
        town.pay(other, create.key.id), key=town.key(other.id, key_id=create.key.id)
    )
    assert isinstance(town.refusal(pay, as_payment), NotYours)
    assert town.balance(other) == BIG


@pytest.mark.parametrize(("age", "fresh"), [(8 * DAY, True), (8 * DAY + 1, False)])
def test_a_key_that_is_old_and_unknown_is_expired(town: Town, age: int, *, fresh: bool) -> None:
    shop = town.shop()
    command = town.charge(shop, 100, charge_id=new_id(town.clock.wall - age))
    if fresh:
        assert town.run(create_charge, command).value.state == "created"
    else:
        assert isinstance(town.refusal(create_charge, command), KeyExpired)


def test_a_key_whose_answer_is_forgotten_gets_the_current_state(town: Town) -> None:
    wallet, shop = town.wallet(500), town.shop()
    create = town.charge(shop, 500)
    charge = town.run(create_charge, create).value
    paying = town.pay(wallet, charge.id)
    town.run(pay, paying)
    refunding = town.refund(shop, charge.id, 100)
    town.run(refund, refunding)
    refused, unseen = town.reverse(shop, charge.id), town.reverse(shop, new_id(town.clock.wall))
    town.refusal(reverse, refused)
    town.run(reverse, unseen)
    town.clock.wall += 8 * DAY + 1
    for _ in range(6):
        town.run(create_charge, town.charge(shop, 1))
    assert town.rows("SELECT COUNT(*) FROM answers WHERE answer IS NOT NULL") == [(6,)]
    entries = town.entries()
    again = town.run(create_charge, create)
    assert (again.replayed, again.value.state) == (True, "partially_refunded")
    repaid = town.run(pay, paying)
    assert (repaid.replayed, repaid.value.state) == (True, "succeeded")
    rerefunded = town.run(refund, refunding)
    assert (rerefunded.replayed, rerefunded.value.amount.minor) == (True, 100)
    assert town.refusal(reverse, refused).replayed
    reversed_ = town.run(reverse, unseen)
    assert (reversed_.replayed, reversed_.value.action) == (True, "closed")
    other = town.charge(shop, 501, charge_id=charge.id)
    assert isinstance(town.refusal(create_charge, other), KeyReused)
    assert town.entries() == entries
