"""How often a till and a merchant may try codes that are wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.conftest import START
from wallet_api.contract.errors import CodeUnknown, CodeUsed, RateLimited
from wallet_api.contract.ids import new_id
from wallet_api.identity.payer_codes import (
    MERCHANT_FAILURES_DAY,
    TILL_FAILURES_DAY,
    TILL_FAILURES_MINUTE,
)

if TYPE_CHECKING:
    from tests.wallet_api.conftest import StandingClock
    from tests.wallet_api.identity.conftest import Bank, Shopper
    from wallet_api.identity.records import Till

#: A code of nobody: no device is enrolled, or the test's one has other locators.
UNKNOWN = "78" + "0" * 16
DAY = 86_400


def fail(bank: Bank, till: Till, times: int) -> None:
    for _ in range(times):
        with pytest.raises(CodeUnknown):
            bank.resolve(till, UNKNOWN)


def test_a_till_may_fail_five_times_a_minute(
    bank: Bank, till: Till, shopper: Shopper, clock: StandingClock
) -> None:
    fail(bank, till, TILL_FAILURES_MINUTE)
    with pytest.raises(RateLimited):
        bank.resolve(till, shopper.code(0))
    other_till = replace(till, id=new_id(START))
    assert bank.resolve(other_till, shopper.code(0)) == shopper.device
    clock.wall += 60_000
    assert bank.resolve(till, shopper.code(1)) == shopper.device


def test_a_till_may_fail_fifty_times_a_day(
    bank: Bank, till: Till, shopper: Shopper, clock: StandingClock
) -> None:
    for _ in range(TILL_FAILURES_DAY // TILL_FAILURES_MINUTE):
        fail(bank, till, TILL_FAILURES_MINUTE)
        clock.wall += 60_000
    with pytest.raises(RateLimited):
        bank.resolve(till, shopper.code(0))
    clock.wall += DAY * 1_000
    assert bank.resolve(till, shopper.code(0)) == shopper.device


def test_a_merchant_may_fail_two_hundred_times_a_day(
    bank: Bank, till: Till, shopper: Shopper, clock: StandingClock
) -> None:
    for _ in range(MERCHANT_FAILURES_DAY // TILL_FAILURES_MINUTE):
        fail(bank, replace(till, id=new_id(START)), TILL_FAILURES_MINUTE)
    new_till = replace(till, id=new_id(START))
    with pytest.raises(RateLimited):
        bank.resolve(new_till, shopper.code(0))
    other_merchant = replace(new_till, merchant=new_id(START))
    assert bank.resolve(other_merchant, shopper.code(0)) == shopper.device


def test_a_refused_try_does_not_count(bank: Bank, till: Till, clock: StandingClock) -> None:
    """Who is told to wait and keeps trying does not wait longer for it."""
    fail(bank, till, TILL_FAILURES_MINUTE)
    for _ in range(TILL_FAILURES_DAY):
        with pytest.raises(RateLimited):
            bank.resolve(till, UNKNOWN)
    clock.wall += 60_000
    fail(bank, till, 1)


def test_a_code_scanned_twice_is_no_failure(bank: Bank, till: Till, shopper: Shopper) -> None:
    code = shopper.code(0)
    bank.resolve(till, code)
    for _ in range(2 * TILL_FAILURES_MINUTE):
        with pytest.raises(CodeUsed):
            bank.resolve(till, code)
    assert bank.resolve(till, shopper.code(1)) == shopper.device


def test_how_long_to_wait_is_told(bank: Bank, till: Till, clock: StandingClock) -> None:
    """Until the minute is over, or the day: the answer's Retry-After must be of use."""
    fail(bank, till, TILL_FAILURES_MINUTE)
    clock.wall += 45_000
    with pytest.raises(RateLimited) as minute:
        bank.resolve(till, UNKNOWN)
    assert minute.value.details == {"retry_after": 15}
    for _ in range(TILL_FAILURES_DAY // TILL_FAILURES_MINUTE - 1):
        clock.wall += 60_000
        fail(bank, till, TILL_FAILURES_MINUTE)
    clock.wall += 60_000
    with pytest.raises(RateLimited) as day:
        bank.resolve(till, UNKNOWN)
    assert day.value.details == {"retry_after": DAY - clock.wall // 1_000 % DAY}
