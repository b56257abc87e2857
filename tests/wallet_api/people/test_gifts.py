"""Gifts: held, taken once by each person, and what nobody takes comes back exactly once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payment_codes import native
from tests.wallet_api.checkout.books import DAY, SECOND
from tests.wallet_api.checkout.town import WRONG_PIN
from wallet_api.contract.ids import new_id
from wallet_api.contract.limits import Tier
from wallet_api.contract.rules import GIFT_LIFE, LONGEST_GIFT_LIFE, MOST_GIFT_SHARES
from wallet_api.limits.tables import PIN_FREE_PAYMENTS
from wallet_api.people.claims import claim, view_claim
from wallet_api.people.gifts import cancel_gift, confirm_gift, give
from wallet_api.people.queries import claims, gifts

if TYPE_CHECKING:
    from tests.wallet_api.people.neighbours import Neighbours

LARGE = 150_000


def test_a_gift_is_held_and_taken_by_several_once_each(town: Neighbours) -> None:
    ann, bob, eve = town.wallet(50_000, name="Ann"), town.wallet(name="Bob"), town.wallet()
    made, token = town.given(ann, 10_001, 2)
    assert (made.state, made.count, made.claims, town.held(made.id)) == ("open", 2, 0, 10_001)
    assert native.parse(made.payload or "").token == token
    assert native.parse(made.payload or "").kind is native.Kind.GIFT
    first = town.run(claim, town.take(bob, token)).value
    assert (first.amount.minor, first.sender, first.claimer) == (5_001, "Ann", "Bob")
    assert first.note == "good luck"
    assert town.refusal(claim, town.take(bob, token)).code == "gift_claimed"
    assert town.run(claim, town.take(eve, token)).value.amount.minor == 5_000
    late = town.refusal(claim, town.take(town.wallet(), token))
    assert (late.code, late.details) == ("gift_over", {"state": "claimed"})
    shown = town.gift(ann, made.id)
    assert (shown.state, shown.claims, shown.claimed.minor) == ("claimed", 2, 10_001)
    assert shown.payload is None
    assert (town.balance(ann), town.balance(bob), town.balance(eve)) == (39_999, 5_001, 5_000)
    assert town.told(ann) == ["gift.created", "gift.claimed", "gift.claimed"]
    assert town.told(bob) == ["gift.claimed"]
    town.advance(GIFT_LIFE * SECOND)
    assert town.run_due() == 0


def test_what_nobody_takes_comes_back_once(town: Neighbours) -> None:
    ann, bob = town.wallet(50_000), town.wallet()
    made, token = town.given(ann, 10_000, 3)
    town.run(claim, town.take(bob, token))
    assert town.due_at() == made.expires_at
    town.advance(GIFT_LIFE * SECOND - 1)
    assert town.run_due() == 0
    town.advance(1)
    assert town.gift(ann, made.id).state == "returned"
    refusal = town.refusal(claim, town.take(town.wallet(), token))
    assert (refusal.code, refusal.details) == ("gift_over", {"state": "returned"})
    assert (town.run_due(), town.run_due()) == (1, 0)
    assert (town.balance(ann), town.held(made.id)) == (50_000 - 3_334, 0)
    assert town.told(ann)[-1] == "gift.returned"


def test_a_claim_in_the_last_moment_counts(town: Neighbours) -> None:
    ann, bob = town.wallet(50_000), town.wallet()
    made, token = town.given(ann, 10_000)
    town.advance(GIFT_LIFE * SECOND - 1)
    assert town.run(claim, town.take(bob, token)).value.amount.minor == 10_000
    town.advance(1)
    assert town.run_due() == 0
    assert town.gift(ann, made.id).state == "claimed"


def test_racing_claims_share_what_there_is(town: Neighbours) -> None:
    ann = town.wallet(50_000)
    _, token = town.given(ann, 3_000, 3)
    people = [town.wallet() for _ in range(5)]
    futures = [town.submit(claim, town.take(person, token)) for person in people]
    outcomes = [future.exception(timeout=30) for future in futures]
    assert [getattr(refused, "code", "taken") for refused in outcomes] == [
        *["taken"] * 3,
        *["gift_over"] * 2,
    ]
    assert [town.balance(person) for person in people] == [1_000] * 3 + [0] * 2


def test_random_shares_are_fixed_when_the_gift_is_made(town: Neighbours) -> None:
    ann = town.wallet(50_000)
    command = town.give(ann, 10_000, 4, random=True)
    made = town.run(give, command).value
    shares = [
        row[0]
        for row in town.rows(
            "SELECT amount FROM gift_shares WHERE gift = ? ORDER BY number", made.id
        )
    ]
    people = [town.wallet() for _ in range(4)]
    taken = [town.run(claim, town.take(person, command.token)).value for person in people]
    assert [share.amount.minor for share in taken] == shares
    assert len(set(shares)) > 1
    page = town.engine.read(lambda tx, now: claims(tx, made.id, ann.id, now))
    assert page.items == taken


def test_a_gift_for_one_person_is_nobody_elses(town: Neighbours) -> None:
    ann, bob, eve = town.wallet(50_000), town.wallet(), town.wallet()
    command = town.give(ann, 5_000, receiver=bob)
    made = town.run(give, command).value
    assert town.refusal(claim, town.take(eve, command.token)).code == "not_yours"
    assert town.refusal(claim, town.take(eve, made.id)).code == "not_found"
    seen = town.gift(bob, made.id)
    assert (seen.payload, seen.amount.minor, town.told(bob)) == (None, 5_000, ["gift.created"])
    assert town.run(claim, town.take(bob, made.id)).value.amount.minor == 5_000
    listed = town.engine.read(lambda tx, now: gifts(tx, bob.id, None, 9, now))
    assert [item.id for item in listed.items] == [made.id]


def test_an_open_gift_is_not_taken_by_its_id(town: Neighbours) -> None:
    made, _ = town.given(town.wallet(50_000), 5_000)
    assert town.refusal(claim, town.take(town.wallet(), made.id)).code == "not_found"


def test_the_sender_takes_no_share(town: Neighbours) -> None:
    ann = town.wallet(50_000)
    _, token = town.given(ann, 5_000, 2)
    assert town.refusal(claim, town.take(ann, token)).code == "gift_own"


def test_a_full_wallet_may_come_back_for_its_share(town: Neighbours) -> None:
    ann, bob = town.wallet(50_000), town.wallet(999_999, tier=Tier.IV)
    made, token = town.given(ann, 5_000)
    refusal = town.refusal(claim, town.take(bob, token))
    assert (refusal.code, refusal.details["limit"]) == ("limit_exceeded", "balance")
    assert town.gift(ann, made.id).claims == 0
    town.buy(bob, town.shop(), 5_000)
    assert town.run(claim, town.take(bob, token)).value.amount.minor == 5_000


def test_who_may_not_take_a_share(town: Neighbours) -> None:
    _, token = town.given(town.wallet(50_000), 5_000, 2)
    frozen, euro = town.wallet(), town.wallet(currency="EUR")
    town.freeze(frozen)
    assert town.refusal(claim, town.take(frozen, token)).code == "wallet_frozen"
    assert town.refusal(claim, town.take(euro, token)).code == "currency_mismatch"
    assert town.refusal(claim, town.take(euro, "Z" * 16)).code == "not_found"


def test_a_large_gift_waits_for_the_pin(town: Neighbours) -> None:
    ann, bob = town.wallet(200_000), town.wallet()
    made, token = town.given(ann, LARGE)
    assert (made.state, made.payload, town.held(made.id)) == ("pin_required", None, 0)
    assert town.refusal(claim, town.take(bob, token)).code == "not_found"
    wrong = town.confirming(ann, made, WRONG_PIN)
    assert town.refusal(confirm_gift, wrong).code == "pin_wrong"
    other = town.confirming(ann, made, payee=bob.id)
    assert town.refusal(confirm_gift, other).code == "signature_invalid"
    done = town.run(confirm_gift, town.confirming(ann, made)).value
    assert (done.state, town.held(made.id)) == ("open", LARGE)
    assert town.refusal(confirm_gift, town.confirming(ann, made)).code == "gift_over"
    assert town.refusal(cancel_gift, town.cancel_gift(ann, made.id)).code == "gift_over"
    assert town.run(claim, town.take(bob, token)).value.amount.minor == LARGE


def test_a_waiting_gift_is_given_up_fails_or_runs_out_of_time(town: Neighbours) -> None:
    ann = town.wallet(200_000)
    given_up, failed, late = (town.given(ann, LARGE)[0] for _ in range(3))
    assert town.run(cancel_gift, town.cancel_gift(ann, given_up.id)).value.state == "cancelled"
    assert town.run(cancel_gift, town.cancel_gift(ann, given_up.id)).value.state == "cancelled"
    town.freeze(ann)
    assert town.refusal(confirm_gift, town.confirming(ann, failed)).code == "wallet_frozen"
    assert town.gift(ann, failed.id).state == "failed"
    town.freeze(ann, frozen=False)
    town.advance(300 * SECOND)
    assert town.gift(ann, late.id).state == "expired"
    assert town.refusal(confirm_gift, town.confirming(ann, late)).code == "gift_over"
    assert town.balance(ann) == 200_000


def test_a_frozen_or_full_sender_still_gets_the_rest_back(town: Neighbours) -> None:
    ann, bob = town.wallet(1_000_000, tier=Tier.IV), town.wallet(50_000)
    made, _ = town.given(ann, 50_000)
    town.fund(ann, 50_000)
    town.freeze(ann)
    town.advance(GIFT_LIFE * SECOND)
    town.run_due()
    assert (town.balance(ann), town.held(made.id)) == (1_050_000, 0)
    assert town.balance(bob) == 50_000


@pytest.mark.parametrize(("days", "counted"), [(0, 0), (1, 5_000)])
def test_the_rest_gives_the_allowance_back_on_the_same_day_only(
    town: Neighbours, days: int, counted: int
) -> None:
    ann = town.wallet(50_000)
    made = town.run(give, town.give(ann, 5_000, expires_in=days * DAY // SECOND or 60)).value
    town.advance(days * DAY or 60 * SECOND)
    town.run_due()
    assert town.gift(ann, made.id).state == "returned"
    year = town.rows("SELECT year_amount FROM spending WHERE customer = ?", ann.id)[0][0]
    assert year == counted


def test_a_gift_that_was_taken_in_part_was_a_payment_without_the_pin(town: Neighbours) -> None:
    ann, bob = town.wallet(50_000), town.wallet()
    making = town.give(ann, 1_000, 2, expires_in=60)
    town.run(give, making)
    town.run(claim, town.take(bob, making.token))
    for _ in range(PIN_FREE_PAYMENTS - 1):
        town.given(ann, 1)
    town.advance(60 * SECOND)
    town.run_due()
    assert town.given(ann, 1)[0].state == "pin_required"


def test_what_is_wrong_with_a_gift(town: Neighbours) -> None:
    ann, bob, euro = town.wallet(50_000), town.wallet(), town.wallet(currency="EUR")
    for command, code in (
        (town.give(ann, 0), "amount_invalid"),
        (town.give(ann, 50_001), "insufficient_funds"),
        (town.give(ann, 3, 4), "shares_invalid"),
        (town.give(ann, 5_000, 0), "shares_invalid"),
        (town.give(ann, 5_000, MOST_GIFT_SHARES + 1), "shares_invalid"),
        (town.give(ann, 5_000, 2, receiver=bob), "shares_invalid"),
        (town.give(ann, 5_000, receiver=ann), "to_oneself"),
        (town.give(ann, 5_000, receiver=euro), "currency_mismatch"),
        (town.give(ann, 5_000, expires_in=59), "bad_request"),
        (town.give(ann, 5_000, expires_in=LONGEST_GIFT_LIFE + 1), "bad_request"),
    ):
        assert town.refusal(give, command).code == code
    assert town.rows("SELECT COUNT(*) FROM gifts") == [(0,)]


def test_a_gift_and_a_share_are_shown_to_their_own_people_only(town: Neighbours) -> None:
    ann, bob, eve = town.wallet(50_000), town.wallet(), town.wallet()
    made, token = town.given(ann, 5_000)
    taken = town.run(claim, town.take(bob, token)).value

    for claim_id, viewer, code in (
        (taken.id, eve, "not_yours"),
        (new_id(town.clock.wall), bob, "not_found"),
    ):
        asked = (claim_id, viewer.id)
        assert town.refusal(lambda tx, what, _now: view_claim(tx, *what), asked).code == code
    assert town.engine.read(lambda tx, _now: view_claim(tx, taken.id, bob.id)) == taken
    for viewer in (bob, eve):
        asked = (made.id, viewer.id)
        refusal = town.refusal(lambda tx, what, now: claims(tx, *what, now), asked)
        assert refusal.code == "not_yours"
