"""Payer codes at the service: what one presentation is worth, and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wallet_api.contract.errors import CodeExpired, CodeUnknown, CodeUsed
from wallet_api.contract.payer_code import STEP_MS, WINDOW
from wallet_api.identity.payer_codes import TRIES_PER_CODE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.wallet_api.conftest import StandingClock
    from tests.wallet_api.identity.conftest import Bank, Shopper
    from wallet_api.identity.records import Till

ROWS = "SELECT counter, burnt FROM locators WHERE device = ? ORDER BY counter"
COUNTER = "SELECT code_counter FROM devices WHERE id = ?"


def live(bank: Bank, shopper: Shopper) -> list[int]:
    return [counter for counter, burnt in bank.rows(ROWS, shopper.device) if not burnt]


def test_a_code_names_its_device(bank: Bank, till: Till, shopper: Shopper) -> None:
    assert bank.resolve(till, shopper.code(0)) == shopper.device


def test_a_code_works_once(bank: Bank, till: Till, shopper: Shopper) -> None:
    code = shopper.code(0)
    bank.resolve(till, code)
    with pytest.raises(CodeUsed):
        bank.resolve(till, code)


def test_a_used_presentation_stays_used_in_its_next_step(
    bank: Bank, till: Till, shopper: Shopper, clock: StandingClock
) -> None:
    """The authenticator that the same screen shows later is worth nothing either."""
    bank.resolve(till, shopper.code(0))
    clock.advance(30)
    with pytest.raises(CodeUsed):
        bank.resolve(till, shopper.code(0))


@pytest.mark.parametrize(("first", "skipped"), [(1, 0), (WINDOW - 1, WINDOW - 2)])
def test_a_use_burns_what_was_skipped(
    bank: Bank, till: Till, shopper: Shopper, first: int, skipped: int
) -> None:
    bank.resolve(till, shopper.code(first))
    with pytest.raises(CodeUsed):
        bank.resolve(till, shopper.code(skipped))
    assert live(bank, shopper) == list(range(first + 1, first + 1 + WINDOW))


def test_the_window_has_sixteen_presentations(bank: Bank, till: Till, shopper: Shopper) -> None:
    assert live(bank, shopper) == list(range(WINDOW))
    with pytest.raises(CodeUnknown):
        bank.resolve(till, shopper.code(WINDOW))
    assert bank.resolve(till, shopper.code(WINDOW - 1)) == shopper.device
    assert bank.resolve(till, shopper.code(2 * WINDOW - 1)) == shopper.device


def test_a_code_of_nobody_is_unknown(bank: Bank, till: Till, shopper: Shopper) -> None:
    taken = {row[0] for row in bank.rows("SELECT locator FROM locators")}
    locator = next(number for number in range(WINDOW + 1) if number not in taken)
    with pytest.raises(CodeUnknown):
        bank.resolve(till, f"78{locator:09}{'0' * 7}")


def test_rows_of_a_device_stay_bounded(
    bank: Bank, till: Till, shopper: Shopper, clock: StandingClock
) -> None:
    for counter in range(0, 100, 3):
        clock.advance(1)
        bank.resolve(till, shopper.code(counter))
        assert len(bank.rows(ROWS, shopper.device)) <= 2 * WINDOW
    bank.sync(shopper.device, 10_000)
    assert live(bank, shopper) == list(range(10_000, 10_000 + WINDOW))
    assert len(bank.rows(ROWS, shopper.device)) <= 2 * WINDOW


def test_a_skipped_locator_is_told_from_an_unknown_one_for_a_window(
    bank: Bank, till: Till, shopper: Shopper
) -> None:
    bank.sync(shopper.device, WINDOW)
    with pytest.raises(CodeUsed):
        bank.resolve(till, shopper.code(0))
    bank.sync(shopper.device, WINDOW + 1)
    with pytest.raises(CodeUnknown):
        bank.resolve(till, shopper.code(0))


@pytest.mark.parametrize("within", [0, 29.999])
def test_a_code_lives_at_least_60_and_at_most_120_seconds(
    bank: Bank, till: Till, shopper: Shopper, clock: StandingClock, within: float
) -> None:
    """``within`` the step of 30 s it was drawn in; its step, two more, and none after."""
    clock.advance(within)
    drawn = shopper.code(0), shopper.code(1)
    step_ends = STEP_MS / 1_000 - within
    clock.advance(step_ends + 2 * STEP_MS / 1_000 - 0.001)
    assert bank.resolve(till, drawn[0]) == shopper.device
    clock.advance(0.001)
    with pytest.raises(CodeExpired):
        bank.resolve(till, drawn[1])


@pytest.mark.parametrize("within", [0, 15, 29])
def test_59_seconds_are_accepted_and_91_refused(
    bank: Bank, till: Till, shopper: Shopper, clock: StandingClock, within: float
) -> None:
    clock.advance(within)
    drawn = shopper.code(0), shopper.code(1)
    clock.advance(59)
    assert bank.resolve(till, drawn[0]) == shopper.device
    clock.advance(32)
    with pytest.raises(CodeExpired):
        bank.resolve(till, drawn[1])


@pytest.mark.parametrize(
    ("ahead", "accepted"), [(30, True), (60, False), (-60, True), (-90, False)]
)
def test_a_devices_clock_may_be_off_by_a_little(
    bank: Bank, till: Till, shopper: Shopper, ahead: int, accepted: bool
) -> None:
    """Now is the first moment of a step, so whole steps off are the worst cases."""
    if accepted:
        assert bank.resolve(till, shopper.code(0, seconds=ahead)) == shopper.device
    else:
        with pytest.raises(CodeExpired):
            bank.resolve(till, shopper.code(0, seconds=ahead))


def test_time_is_business_time(
    bank: Bank, till: Till, shopper: Shopper, clock: StandingClock
) -> None:
    clock.business += 86_400_000
    assert bank.resolve(till, shopper.code(0)) == shopper.device


def test_wrong_authenticators_burn_at_the_fifth(
    bank: Bank, till: Till, shopper: Shopper, clock: StandingClock
) -> None:
    for _ in range(TRIES_PER_CODE - 1):
        with pytest.raises(CodeExpired):
            bank.resolve(till, shopper.wrong_code(3))
    clock.advance(60)  # Another minute: the till may try again.
    assert 3 in live(bank, shopper)
    with pytest.raises(CodeExpired):
        bank.resolve(till, shopper.wrong_code(3))
    with pytest.raises(CodeUsed):
        bank.resolve(till, shopper.code(3))
    assert bank.resolve(till, shopper.code(2)) == shopper.device


def test_four_wrong_tries_do_not_stop_the_customer(
    bank: Bank, till: Till, shopper: Shopper
) -> None:
    for _ in range(TRIES_PER_CODE - 1):
        with pytest.raises(CodeExpired):
            bank.resolve(till, shopper.wrong_code(0))
    assert bank.resolve(till, shopper.code(0)) == shopper.device


def test_a_revoked_device_pays_nothing(bank: Bank, till: Till, shopper: Shopper) -> None:
    bank.write("UPDATE devices SET revoked_at = 1 WHERE id = ?", shopper.device)
    with pytest.raises((CodeExpired, CodeUnknown)):
        bank.resolve(till, shopper.code(0))


def collide(bank: Bank, one: Shopper, counter: int, other: Shopper) -> None:
    """Give a device of another customer the locator that the code of the first one has."""
    bank.write(
        "UPDATE locators SET locator = ? WHERE device = ? AND counter = ?",
        int(one.code(counter)[2:11]),
        other.device,
        counter,
    )


def test_equal_locators_are_told_apart_by_the_authenticator(
    bank: Bank, till: Till, open_shopper: Callable[[], Shopper]
) -> None:
    anna, ben = open_shopper(), open_shopper()
    collide(bank, anna, 5, ben)
    assert bank.resolve(till, anna.code(5)) == anna.device
    assert 5 in live(bank, ben)


def test_a_code_that_two_devices_verify_charges_neither(
    bank: Bank,
    till: Till,
    open_shopper: Callable[[], Shopper],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Equal in all 16 digits, as one in 10^16 is: refused, and burnt for both."""
    anna, ben = open_shopper(), open_shopper()
    collide(bank, anna, 5, ben)
    monkeypatch.setattr("wallet_api.identity.payer_codes.authentic", lambda *_: True)
    with pytest.raises(CodeExpired):
        bank.resolve(till, anna.code(5))
    monkeypatch.undo()
    assert live(bank, anna) == live(bank, ben) == list(range(6, 6 + WINDOW))
    with pytest.raises(CodeUsed):
        bank.resolve(till, anna.code(5))


def test_sync_moves_the_window_and_never_back(bank: Bank, till: Till, shopper: Shopper) -> None:
    window = bank.sync(shopper.device, 7)
    assert (window.counter, window.count) == (7, WINDOW)
    assert live(bank, shopper) == list(range(7, 7 + WINDOW))
    assert bank.sync(shopper.device, 3).counter == 7
    bank.resolve(till, shopper.code(9))
    assert bank.sync(shopper.device, 8).counter == 10
    assert bank.rows(COUNTER, shopper.device) == [(10,)]
    with pytest.raises(CodeUsed):
        bank.resolve(till, shopper.code(3))


def test_sync_forgives_no_wrong_tries(bank: Bank, till: Till, shopper: Shopper) -> None:
    with pytest.raises(CodeExpired):
        bank.resolve(till, shopper.wrong_code(2))
    bank.sync(shopper.device, 1)
    rows = bank.rows(
        "SELECT failures FROM locators WHERE device = ? AND counter = 2", shopper.device
    )
    assert rows == [(1,)]


def test_nothing_secret_lies_in_the_database(bank: Bank, shopper: Shopper) -> None:
    """The device's public key and locators only: what makes a code is derived outside."""
    device = bank.rows("SELECT * FROM devices WHERE id = ?", shopper.device)[0]
    assert shopper.code_key.public_key().public_bytes_raw() in device
    assert shopper.code_key.private_bytes_raw() not in device
    assert shopper._key not in device
