"""A payer code: both sides derive it alike, and it lives as long as the rules of the money say."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.payer import PresentedKind, classify
from wallet_api.contract.ids import new_id
from wallet_api.contract.payer_code import (
    STEP_MS,
    authentic,
    authenticator,
    locator,
    make_code,
    shared_key,
    split_code,
    time_step,
)

KEYS = st.binary(min_size=32, max_size=32)
COUNTERS = st.integers(0, (1 << 64) - 1)
MOMENTS = st.integers(1_700_000_000_000, 4_000_000_000_000)


def accepted(key: bytes, counter: int, made_ms: int, now_ms: int) -> bool:
    _, given_authenticator = split_code(make_code(key, counter, made_ms))
    return authentic(key, counter, given_authenticator, now_ms)


def test_device_and_service_derive_the_same_key_and_nobody_else_does() -> None:
    device, service, stranger = (X25519PrivateKey.generate() for _ in range(3))
    device_id = new_id()
    one = shared_key(device, service.public_key().public_bytes_raw(), device_id)
    other = shared_key(service, device.public_key().public_bytes_raw(), device_id)
    assert one == other
    assert len(one) == 32
    assert shared_key(device, service.public_key().public_bytes_raw(), new_id()) != one
    assert shared_key(stranger, service.public_key().public_bytes_raw(), device_id) != one


@given(KEYS, COUNTERS, MOMENTS)
def test_a_code_is_18_digits_that_the_other_side_takes_apart(
    key: bytes, counter: int, moment: int
) -> None:
    code = make_code(key, counter, moment)
    assert classify(code).kind is PresentedKind.PAYER
    assert split_code(code) == (
        locator(key, counter),
        authenticator(key, counter, time_step(moment)),
    )


def test_a_code_is_the_same_for_ever() -> None:
    key = bytes(range(32))
    assert make_code(key, 7, 1_800_000_000_000) == "786433140715615317"
    assert make_code(key, 7, 1_800_000_000_000 + STEP_MS)[:11] == "786433140715615317"[:11]


@given(KEYS, COUNTERS, MOMENTS, st.integers(0, 59_999))
def test_a_code_of_a_right_clock_is_taken_for_59_seconds(
    key: bytes, counter: int, made_ms: int, age_ms: int
) -> None:
    assert accepted(key, counter, made_ms, made_ms + age_ms)


@pytest.mark.parametrize(
    ("ahead_ms", "shortest", "longest"),
    [(0, 60, 90), (30_000, 90, 120), (-30_000, 30, 60), (-45_000, 15, 45)],
)
@given(key=KEYS, counter=COUNTERS, now_ms=MOMENTS)
def test_the_life_of_a_code_by_the_error_of_the_devices_clock(
    ahead_ms: int, shortest: int, longest: int, key: bytes, counter: int, now_ms: int
) -> None:
    def taken_after(seconds: int) -> bool:
        return accepted(key, counter, now_ms + ahead_ms, now_ms + seconds * 1000)

    assert all(taken_after(age) for age in (0, 1, shortest - 1))
    assert not any(taken_after(age) for age in (longest + 1, longest + 30, longest + 3600))


@given(KEYS, COUNTERS, MOMENTS)
def test_a_clock_a_minute_ahead_is_refused_at_first(key: bytes, counter: int, now_ms: int) -> None:
    assert not accepted(key, counter, now_ms + 60_000, now_ms)


@given(KEYS, COUNTERS, MOMENTS)
def test_the_locator_does_not_change_while_the_code_is_renewed(
    key: bytes, counter: int, moment: int
) -> None:
    renewed = split_code(make_code(key, counter, moment + STEP_MS))
    assert renewed[0] == split_code(make_code(key, counter, moment))[0]


@given(KEYS, COUNTERS, MOMENTS, st.integers(1, 9_999_999))
def test_a_wrong_authenticator_is_refused(
    key: bytes, counter: int, moment: int, difference: int
) -> None:
    step = time_step(moment)
    valid = {authenticator(key, counter, step + offset) for offset in (-2, -1, 0, 1)}
    wrong = (authenticator(key, counter, step) + difference) % 10_000_000
    assert authentic(key, counter, wrong, moment) == (wrong in valid)


def test_presentations_look_unrelated() -> None:
    key = bytes(32)
    locators = [locator(key, counter) for counter in range(2_000)]
    assert len(set(locators)) == 2_000
    assert min(locators) < 10_000_000
    assert max(locators) > 990_000_000
