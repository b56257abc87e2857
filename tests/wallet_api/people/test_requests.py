"""Requests for money and split bills: paid exactly once, declined, taken back, or out of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.checkout.books import DAY, SECOND
from wallet_api.contract.ids import new_id
from wallet_api.contract.risk import Outcome
from wallet_api.contract.rules import MOST_SPLIT_PEOPLE, REQUEST_LIFE
from wallet_api.people.queries import splits
from wallet_api.people.requests import (
    cancel_request,
    decline_request,
    pay_request,
    request_money,
)
from wallet_api.people.splits import split_bill, view_split
from wallet_api.people.transfers import cancel_transfer, confirm_transfer
from wallet_api.risk.rules import NewDevice

if TYPE_CHECKING:
    from tests.wallet_api.people.neighbours import Neighbours

LARGE = 150_000


def test_a_request_is_paid_exactly_once(town: Neighbours) -> None:
    ann, bob = town.wallet(name="Ann"), town.wallet(50_000, name="Bob")
    asked = town.asked(ann, bob, 10_000)
    assert (asked.state, asked.requester, asked.payer, asked.note) == (
        "open",
        "Ann",
        "Bob",
        "dinner",
    )
    paid = town.run(pay_request, town.pay_request(bob, asked)).value
    assert (paid.state, paid.receiver_id, paid.request) == ("succeeded", ann.id, asked.id)
    assert town.refusal(pay_request, town.pay_request(bob, asked)).code == "request_over"
    assert town.refusal(decline_request, town.end_request(bob, asked.id)).code == "request_over"
    shown = town.request(ann, asked.id)
    assert (shown.state, shown.transfer) == ("paid", paid.id)
    assert (town.balance(ann), town.balance(bob)) == (10_000, 40_000)
    assert town.told(ann) == ["request.created", "transfer.succeeded", "request.paid"]


def test_a_request_is_paid_on_its_own_terms_by_its_payer(town: Neighbours) -> None:
    ann, bob, eve = town.wallet(), town.wallet(50_000), town.wallet(50_000)
    asked = town.asked(ann, bob, 10_000)
    assert town.refusal(pay_request, town.pay_request(eve, asked)).code == "not_yours"
    assert town.refusal(pay_request, town.pay_request(ann, asked)).code == "not_yours"
    assert town.refusal(pay_request, town.pay_request(bob, asked, 9_999)).code == "terms_changed"
    assert town.refusal(decline_request, town.end_request(eve, asked.id)).code == "not_yours"
    assert town.refusal(decline_request, town.end_request(ann, asked.id)).code == "not_yours"
    assert town.refusal(cancel_request, town.end_request(bob, asked.id)).code == "not_yours"
    unknown = town.end_request(bob, new_id(town.clock.wall))
    assert town.refusal(decline_request, unknown).code == "not_found"


def test_a_refused_payment_leaves_the_request_open(town: Neighbours) -> None:
    ann, bob = town.wallet(), town.wallet(9_999)
    asked = town.asked(ann, bob, 10_000)
    assert town.refusal(pay_request, town.pay_request(bob, asked)).code == "insufficient_funds"
    town.fund(bob, 1)
    assert town.run(pay_request, town.pay_request(bob, asked)).value.state == "succeeded"


def test_two_payments_that_wait_for_the_pin_pay_once(town: Neighbours) -> None:
    ann, bob = town.wallet(), town.wallet(2 * LARGE)
    asked = town.asked(ann, bob, LARGE)
    first, second = (town.run(pay_request, town.pay_request(bob, asked)).value for _ in range(2))
    assert (first.state, town.request(ann, asked.id).state) == ("pin_required", "open")
    assert town.run(confirm_transfer, town.confirming(bob, first)).value.state == "succeeded"
    refusal = town.refusal(confirm_transfer, town.confirming(bob, second))
    assert refusal.code == "request_over"
    shown = town.transfer(bob, second.id)
    assert (shown.state, shown.reason) == ("failed", "request_over")
    assert town.balance(ann) == LARGE


@pytest.mark.parametrize(("late", "paid"), [(-1, True), (0, False)])
def test_a_request_lasts_a_week(town: Neighbours, late: int, *, paid: bool) -> None:
    ann, bob = town.wallet(), town.wallet(50_000)
    asked = town.asked(ann, bob, 10_000)
    assert town.due_at() == asked.expires_at
    town.advance(REQUEST_LIFE * SECOND + late)
    command = town.pay_request(bob, asked)
    if paid:
        assert town.run(pay_request, command).value.state == "succeeded"
        assert town.run_due() == 0
    else:
        assert town.request(bob, asked.id).state == "expired"
        assert town.refusal(pay_request, command).code == "request_over"
        assert (town.run_due(), town.run_due()) == (1, 0)
        assert town.told(bob) == ["request.created", "request.expired"]
        assert town.rows("SELECT state FROM requests") == [("expired",)]


def test_either_side_ends_a_request(town: Neighbours) -> None:
    ann, bob = town.wallet(), town.wallet(50_000)
    for end, by, state in (
        (decline_request, bob, "declined"),
        (cancel_request, ann, "cancelled"),
    ):
        asked = town.asked(ann, bob, 10_000)
        for _ in range(2):
            assert town.run(end, town.end_request(by, asked.id)).value.state == state
        assert town.refusal(pay_request, town.pay_request(bob, asked)).code == "request_over"
        assert town.told(bob)[-1] == f"request.{state}"


def test_a_held_payment_that_comes_back_opens_the_request_again(town: Neighbours) -> None:
    ann, bob = town.wallet(), town.wallet(50_000)
    rule = NewDevice("new_device", Outcome.HOLD, hours=48, above={"CNY": 1})
    town.adopt(rule)
    asked = town.asked(ann, bob, 10_000)
    held = town.run(pay_request, town.pay_request(bob, asked)).value
    assert (held.state, town.request(ann, asked.id).state) == ("held", "paid")
    assert town.refusal(pay_request, town.pay_request(bob, asked)).code == "request_over"
    town.run(cancel_transfer, town.cancel(bob, held.id))
    assert town.request(ann, asked.id).state == "open"
    again = town.run(pay_request, town.pay_request(bob, asked)).value
    town.advance(DAY)
    town.run_due()
    assert town.transfer(ann, again.id).state == "succeeded"
    assert town.request(ann, asked.id).transfer == again.id
    assert town.balance(ann) == 10_000


def test_what_is_wrong_with_a_request(town: Neighbours) -> None:
    ann, bob, euro = town.wallet(), town.wallet(), town.wallet(currency="EUR")
    for command, code in (
        (town.ask(ann, ann, 1), "to_oneself"),
        (town.ask(ann, new_id(town.clock.wall), 1), "not_found"),
        (town.ask(ann, euro, 1), "currency_mismatch"),
        (town.ask(ann, bob, 0), "amount_invalid"),
    ):
        assert town.refusal(request_money, command).code == code


def test_both_sides_list_their_requests(town: Neighbours) -> None:
    ann, bob, eve = town.wallet(), town.wallet(), town.wallet()
    asked = town.asked(ann, bob, 1)
    for person, seen in ((ann, [asked]), (bob, [asked]), (eve, [])):
        assert town.requests_of(person) == seen


def test_a_bill_is_split_and_shows_who_has_paid(town: Neighbours) -> None:
    ann, bob, eve = town.wallet(name="Ann"), town.wallet(50_000, name="Bob"), town.wallet(50_000)
    made = town.run(split_bill, town.split(ann, 10_000, (bob, eve))).value
    assert (made.own.minor, made.people, made.paid, made.received.minor) == (3_334, 2, 0, 0)
    shown = town.show_split(ann, made.id)
    assert [(item.payer_id, item.amount.minor, item.split) for item in shown.requests] == [
        (bob.id, 3_333, made.id),
        (eve.id, 3_333, made.id),
    ]
    town.run(pay_request, town.pay_request(bob, shown.requests[0]))
    town.run(decline_request, town.end_request(eve, shown.requests[1].id))
    shown = town.show_split(ann, made.id)
    assert [item.state for item in shown.requests] == ["paid", "declined"]
    assert (shown.paid, shown.received.minor) == (1, 3_333)
    page = town.engine.read(lambda tx, _now: splits(tx, ann.id, None, 9))
    assert [(item.id, item.paid) for item in page.items] == [(made.id, 1)]


def test_a_bill_is_split_by_weights_of_which_ones_own_is_the_first(town: Neighbours) -> None:
    ann, bob, eve = town.wallet(), town.wallet(), town.wallet()
    for shares, own, others in (
        ([1, 2, 1], 2_500, [5_000, 2_500]),
        ([0, 1, 1], 0, [5_000, 5_000]),
    ):
        made = town.run(split_bill, town.split(ann, 10_000, (bob, eve), shares)).value
        shown = town.show_split(ann, made.id)
        assert shown.own.minor == own
        assert [item.amount.minor for item in shown.requests] == others


def test_what_is_wrong_with_a_split(town: Neighbours) -> None:
    ann, bob, eve = town.wallet(), town.wallet(), town.wallet()
    many = [town.wallet(pin=None) for _ in range(MOST_SPLIT_PEOPLE + 1)]
    for command, code in (
        (town.split(ann, 100, ()), "shares_invalid"),
        (town.split(ann, 100, (bob, bob)), "shares_invalid"),
        (town.split(ann, 100, many), "shares_invalid"),
        (town.split(ann, 100, (bob, eve), [1, 1]), "shares_invalid"),
        (town.split(ann, 100, (bob, eve), [1, 1, 0]), "shares_invalid"),
        (town.split(ann, 100, (bob, eve), [3, -1, 1]), "shares_invalid"),
        (town.split(ann, 2, (bob, eve)), "shares_invalid"),
        (town.split(ann, 100, (bob, ann)), "to_oneself"),
        (town.split(ann, 0, (bob,)), "amount_invalid"),
    ):
        assert town.refusal(split_bill, command).code == code
    assert town.rows("SELECT COUNT(*) FROM requests") == [(0,)]


def test_a_split_is_its_owners_alone(town: Neighbours) -> None:
    ann, bob = town.wallet(), town.wallet()
    made = town.run(split_bill, town.split(ann, 100, (bob,))).value
    for split, viewer, code in (
        (made.id, bob, "not_yours"),
        (new_id(town.clock.wall), ann, "not_found"),
    ):
        command = (split, viewer.id)
        assert (
            town.refusal(lambda tx, asked, now: view_split(tx, *asked, now), command).code == code
        )
