"""Sending: at once, after the PIN, after a cooling-off time, and what refuses it on either side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.checkout.books import DAY, MINUTE, SECOND
from tests.wallet_api.checkout.town import WRONG_PIN
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.ids import new_id
from wallet_api.contract.limits import Tier
from wallet_api.contract.risk import Outcome
from wallet_api.contract.rules import COOLING_OFF, TRANSFER_LIFE
from wallet_api.limits.tables import PIN_FREE_PAYMENTS
from wallet_api.people.queries import transfers
from wallet_api.people.transfers import (
    cancel_transfer,
    confirm_transfer,
    deliver_transfer,
    send,
)
from wallet_api.risk.rules import NewDevice

if TYPE_CHECKING:
    from tests.wallet_api.checkout.town import Wallet
    from tests.wallet_api.people.neighbours import Neighbours
    from wallet_api.contract.people import Transfer

#: Below the PIN-free limit of 1,000.00 CNY, and above it.
SMALL, LARGE = 30_000, 150_000


def held(town: Neighbours, ann: Wallet, bob: Wallet, minor: int = SMALL) -> Transfer:
    """Send what a rule of risk holds."""
    rule = NewDevice("new_device", Outcome.HOLD, hours=24, above={"CNY": SMALL - 1})
    town.adopt(rule)
    return town.sent(ann, bob, minor)


def test_money_goes_from_one_to_the_other_and_both_are_told(town: Neighbours) -> None:
    ann, bob = town.wallet(50_000, name="Ann"), town.wallet(name="Bob 王")
    sent = town.run(send, town.send(ann, bob, SMALL, "for lunch")).value
    assert (sent.state, sent.sender, sent.receiver) == ("succeeded", "Ann", "Bob 王")
    assert (sent.sender_id, sent.receiver_id, sent.note) == (ann.id, bob.id, "for lunch")
    assert (town.balance(ann), town.balance(bob)) == (20_000, SMALL)
    assert town.transfer(bob, sent.id) == town.transfer(ann, sent.id) == sent
    assert town.told(ann) == town.told(bob) == ["transfer.succeeded"]
    assert town.fees() == 0


def test_the_same_key_sends_once(town: Neighbours) -> None:
    ann, bob = town.wallet(50_000), town.wallet()
    command = town.send(ann, bob, SMALL)
    first, second = town.run(send, command), town.run(send, command)
    assert (first.replayed, second.replayed) == (False, True)
    assert first.value == second.value
    assert town.balance(bob) == SMALL


def test_above_the_limit_the_pin_comes_first(town: Neighbours) -> None:
    ann, bob = town.wallet(200_000), town.wallet()
    waiting = town.sent(ann, bob, LARGE)
    assert waiting.state == "pin_required"
    assert (town.balance(bob), town.told(bob)) == (0, [])
    with pytest.raises(WalletError, match="somebody else"):
        town.transfer(bob, waiting.id)
    done = town.run(confirm_transfer, town.confirming(ann, waiting)).value
    assert done.state == "succeeded"
    assert (town.balance(ann), town.balance(bob)) == (200_000 - LARGE, LARGE)
    acts = town.rows("SELECT act FROM evidence WHERE subject = ? ORDER BY act", waiting.id)
    assert acts == [("confirm",), ("send",)]


def test_a_wrong_pin_leaves_it_waiting_until_the_third(town: Neighbours) -> None:
    ann, bob = town.wallet(200_000), town.wallet()
    waiting = town.sent(ann, bob, LARGE)
    codes = [
        town.refusal(confirm_transfer, town.confirming(ann, waiting, WRONG_PIN)).code
        for _ in range(3)
    ]
    assert codes == ["pin_wrong", "pin_wrong", "pin_locked"]
    assert town.transfer(ann, waiting.id).state == "failed"
    assert town.refusal(confirm_transfer, town.confirming(ann, waiting)).code == "transfer_over"
    assert town.balance(ann) == 200_000


def test_an_approval_covers_exactly_the_terms(town: Neighbours) -> None:
    ann, bob, eve = town.wallet(200_000), town.wallet(), town.wallet()
    waiting = town.sent(ann, bob, LARGE)
    other = town.confirming(ann, waiting, payee=eve.id)
    assert town.refusal(confirm_transfer, other).code == "signature_invalid"
    assert town.refusal(confirm_transfer, town.confirming(eve, waiting)).code == "not_yours"
    assert town.run(confirm_transfer, town.confirming(ann, waiting)).value.state == "succeeded"


@pytest.mark.parametrize(("late", "state"), [(-1, "succeeded"), (0, "transfer_over")])
def test_the_pin_has_five_minutes(town: Neighbours, late: int, state: str) -> None:
    ann, bob = town.wallet(200_000), town.wallet()
    waiting = town.sent(ann, bob, LARGE)
    town.advance(TRANSFER_LIFE * SECOND + late)
    command = town.confirming(ann, waiting)
    if late:
        assert town.run(confirm_transfer, command).value.state == state
    else:
        assert town.refusal(confirm_transfer, command).code == state
        assert town.transfer(ann, waiting.id).state == "expired"


def test_what_is_wrong_with_a_send(town: Neighbours) -> None:
    ann, bob = town.wallet(50_000), town.wallet()
    euro = town.wallet(currency="EUR")
    stranger = new_id(town.clock.wall)
    for command, code in (
        (town.send(ann, ann, 1), "to_oneself"),
        (town.send(ann, stranger, 1), "not_found"),
        (town.send(ann, bob, 0), "amount_invalid"),
        (town.send(ann, euro, 1), "currency_mismatch"),
        (town.send(ann, bob, 1, "\x1b[31m"), "text_invalid"),
        (town.send(ann, bob, 50_001), "insufficient_funds"),
    ):
        assert town.refusal(send, command).code == code
    assert town.rows("SELECT COUNT(*) FROM transfers") == [(0,)]


def test_limits_of_the_sender_and_the_cap_of_the_receiver(town: Neighbours) -> None:
    ann = town.wallet(900_000, tier=Tier.IV)
    small = town.wallet(999_000, tier=Tier.IV)
    refusal = town.refusal(send, town.send(ann, small, 1_001))
    assert (refusal.code, refusal.details) == ("receiver_full", {})
    assert town.sent(ann, small, 1_000).state == "succeeded"
    refusal = town.refusal(send, town.send(ann, town.wallet(), 200_001))
    assert refusal.code == "limit_exceeded"


def test_sends_count_against_the_day(town: Neighbours) -> None:
    ann, bob = town.wallet(900_000, tier=Tier.IV), town.wallet()
    for _ in range(2):
        town.run(confirm_transfer, town.confirming(ann, town.sent(ann, bob, 200_000)))
    assert town.sent(ann, bob, 100_000).state == "succeeded"
    assert town.refusal(send, town.send(ann, bob, 1)).code == "limit_exceeded"
    town.advance(DAY)
    assert town.sent(ann, bob, 1).state == "succeeded"


def test_nobody_frozen_sends_or_receives(town: Neighbours) -> None:
    ann, bob = town.wallet(50_000), town.wallet()
    waiting = town.sent(town.wallet(200_000), bob, LARGE)
    assert waiting.state == "pin_required"
    town.freeze(ann)
    assert town.refusal(send, town.send(ann, bob, 1)).code == "wallet_frozen"
    town.freeze(ann, frozen=False)
    town.freeze(bob)
    assert town.refusal(send, town.send(ann, bob, 1)).code == "receiver_unavailable"


def test_what_fails_at_the_confirmation_stays_failed(town: Neighbours) -> None:
    ann, bob = town.wallet(LARGE), town.wallet()
    waiting = town.sent(ann, bob, LARGE)
    town.sent(ann, bob, 1)
    refusal = town.refusal(confirm_transfer, town.confirming(ann, waiting))
    assert refusal.code == "insufficient_funds"
    shown = town.transfer(ann, waiting.id)
    assert (shown.state, shown.reason) == ("failed", "insufficient_funds")


def test_a_waiting_transfer_can_be_given_up(town: Neighbours) -> None:
    ann, bob = town.wallet(LARGE), town.wallet()
    waiting = town.sent(ann, bob, LARGE)
    assert town.refusal(cancel_transfer, town.cancel(bob, waiting.id)).code == "not_yours"
    assert town.run(cancel_transfer, town.cancel(ann, waiting.id)).value.state == "cancelled"
    assert town.run(cancel_transfer, town.cancel(ann, waiting.id)).value.state == "cancelled"
    assert town.refusal(confirm_transfer, town.confirming(ann, waiting)).code == "transfer_over"
    done = town.sent(ann, bob, 1)
    assert town.refusal(cancel_transfer, town.cancel(ann, done.id)).code == "transfer_over"


def test_what_looks_unusual_is_held_and_delivered_later(town: Neighbours) -> None:
    ann, bob = town.wallet(50_000), town.wallet()
    sent = held(town, ann, bob)
    assert (sent.state, sent.reason) == ("held", "new_device")
    assert (town.balance(ann), town.held(sent.id), town.balance(bob)) == (20_000, SMALL, 0)
    assert town.transfer(bob, sent.id).state == "held"
    assert town.due_at() == sent.deliver_at
    town.advance(COOLING_OFF * SECOND - 1)
    assert town.run_due() == 0
    town.advance(1)
    assert (town.run_due(), town.run_due()) == (1, 0)
    assert (town.held(sent.id), town.balance(bob)) == (0, SMALL)
    assert town.transfer(bob, sent.id).state == "succeeded"
    assert town.told(bob) == ["transfer.held", "transfer.succeeded"]
    assert town.due_at() is None


def test_a_large_transfer_is_held_after_its_pin(town: Neighbours) -> None:
    ann, bob = town.wallet(200_000), town.wallet()
    waiting = held(town, ann, bob, LARGE)
    assert waiting.state == "pin_required"
    assert town.run(confirm_transfer, town.confirming(ann, waiting)).value.state == "held"
    assert town.held(waiting.id) == LARGE


def test_held_money_can_be_taken_back_until_it_is_delivered(town: Neighbours) -> None:
    ann, bob = town.wallet(50_000), town.wallet()
    sent = held(town, ann, bob)
    back = town.run(cancel_transfer, town.cancel(ann, sent.id)).value
    assert (back.state, back.reason) == ("returned", "cancelled")
    assert (town.balance(ann), town.balance(bob), town.held(sent.id)) == (50_000, 0, 0)
    town.advance(COOLING_OFF * SECOND)
    assert town.run_due() == 0
    assert town.refusal(deliver_transfer, town.deliver(sent.id)).code == "transfer_over"
    other = held(town, ann, bob)
    town.advance(COOLING_OFF * SECOND)
    town.run_due()
    assert town.refusal(cancel_transfer, town.cancel(ann, other.id)).code == "transfer_over"


def test_only_money_taken_back_on_the_same_day_gives_the_allowance_back(town: Neighbours) -> None:
    for days, left in ((0, 200_000), (1, 200_000 - SMALL)):
        ann, bob = town.wallet(900_000, tier=Tier.IV), town.wallet()
        sent = held(town, ann, bob)
        town.advance(days * DAY)
        town.run(cancel_transfer, town.cancel(ann, sent.id))
        year = town.rows("SELECT year_amount FROM spending WHERE customer = ?", ann.id)[0][0]
        assert year == (0 if left == 200_000 else SMALL)


def test_what_came_back_whole_gives_a_payment_without_the_pin_back(town: Neighbours) -> None:
    ann, bob = town.wallet(500_000), town.wallet()
    sent = held(town, ann, bob)
    for _ in range(PIN_FREE_PAYMENTS - 1):
        assert town.sent(ann, bob, 1).state == "succeeded"
    assert town.sent(ann, bob, 1).state == "pin_required"
    town.run(cancel_transfer, town.cancel(ann, sent.id))
    assert town.sent(ann, bob, 1).state == "succeeded"
    large = held(town, ann, bob, LARGE)
    town.run(confirm_transfer, town.confirming(ann, large))
    town.run(cancel_transfer, town.cancel(ann, large.id))
    assert town.sent(ann, bob, 1).state == "pin_required"


def test_the_bank_delivers_held_money_before_its_time(town: Neighbours) -> None:
    ann, bob = town.wallet(50_000), town.wallet()
    sent = held(town, ann, bob)
    command = town.deliver(sent.id)
    assert town.run(deliver_transfer, command).value.state == "succeeded"
    assert town.run(deliver_transfer, command).replayed
    assert town.balance(bob) == SMALL
    unknown = town.deliver(new_id(town.clock.wall))
    assert town.refusal(deliver_transfer, unknown).code == "not_found"


def test_held_money_that_cannot_be_received_goes_back(town: Neighbours) -> None:
    ann = town.wallet(100_000)
    frozen, full = town.wallet(), town.wallet(tier=Tier.IV)
    first, second = held(town, ann, frozen), held(town, ann, full)
    town.freeze(frozen)
    town.fund(full, 1_000_000)
    town.advance(COOLING_OFF * SECOND)
    assert town.run_due() == 2
    reasons = [town.transfer(ann, sent.id).reason for sent in (first, second)]
    assert reasons == ["receiver_unavailable", "receiver_full"]
    assert (town.balance(ann), town.balance(full)) == (100_000, 1_000_000)


def test_what_a_frozen_sender_sent_stays_held(town: Neighbours) -> None:
    ann, bob = town.wallet(50_000), town.wallet()
    sent = held(town, ann, bob)
    town.freeze(ann)
    town.advance(COOLING_OFF * SECOND)
    assert (town.run_due(), town.run_due()) == (1, 0)
    assert town.held(sent.id) == SMALL
    town.freeze(ann, frozen=False)
    town.advance(COOLING_OFF * SECOND)
    town.run_due()
    assert town.balance(bob) == SMALL


def test_a_rule_that_refuses_and_one_that_asks_for_the_pin(town: Neighbours) -> None:
    ann, bob = town.wallet(50_000), town.wallet()
    for outcome, code in ((Outcome.REFUSE, "risk_refused"), (Outcome.STEP_UP, "pin_required")):
        rule = NewDevice("new_device", outcome, hours=24, above={"CNY": 1})
        town.adopt(rule)
        if outcome is Outcome.REFUSE:
            assert town.refusal(send, town.send(ann, bob, SMALL)).code == code
        else:
            waiting = town.sent(ann, bob, SMALL)
            assert waiting.state == code
            done = town.run(confirm_transfer, town.confirming(ann, waiting)).value
            assert done.state == "succeeded"


def test_each_side_lists_its_transfers_page_by_page(town: Neighbours) -> None:
    ann, bob, eve = town.wallet(200_000), town.wallet(), town.wallet()
    made = []
    for minor in (1, 2, 3):
        town.clock.wall += MINUTE
        made.append(town.sent(ann, bob, minor).id)
    town.clock.wall += MINUTE
    waiting = town.sent(ann, bob, LARGE).id

    def page(wallet: Wallet, cursor: str | None, limit: int) -> tuple[list[str], str | None]:
        found = town.engine.read(lambda tx, now: transfers(tx, wallet.id, cursor, limit, now))
        return [item.id for item in found.items], found.next

    assert page(ann, None, 2) == ([waiting, made[2]], made[2])
    assert page(ann, made[2], 2) == ([made[1], made[0]], None)
    assert page(bob, None, 9) == (made[::-1], None)
    assert page(eve, None, 9) == ([], None)
