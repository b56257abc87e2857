"""Ids are UUIDv7 of RFC 9562, in time's order, and nothing else is taken for one."""

from __future__ import annotations

import time
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet_api.contract.ids import id_milliseconds, is_id, new_id, short_code

MOMENTS = st.integers(0, (1 << 48) - 1)


@given(MOMENTS)
def test_the_bits_are_those_of_section_5_7(moment: int) -> None:
    text = new_id(moment)
    value = uuid.UUID(text)
    assert (value.version, value.variant) == (7, uuid.RFC_4122)
    assert value.int >> 80 == id_milliseconds(text) == moment
    assert is_id(text)


@given(MOMENTS, MOMENTS)
def test_ids_of_different_moments_sort_by_time(one: int, other: int) -> None:
    assert (new_id(one) < new_id(other)) == (one < other) or one == other


def test_an_id_takes_the_time_of_this_machine() -> None:
    before = time.time_ns() // 1_000_000
    made = id_milliseconds(new_id())
    assert before <= made <= time.time_ns() // 1_000_000


def test_all_74_random_bits_vary() -> None:
    values = [uuid.UUID(new_id(0)).int for _ in range(200)]
    ever_set = ever_clear = 0
    for value in values:
        ever_set |= value
        ever_clear |= ~value
    assert len(set(values)) == 200
    assert (ever_set & ever_clear & (1 << 80) - 1).bit_count() == 74


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        str(uuid.UUID(int=0)),
        "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d",
        "018F4B2C-0000-7000-8000-000000000000",
        "018f4b2c000070008000000000000000",
        "{018f4b2c-0000-7000-8000-000000000000}",
        "urn:uuid:018f4b2c-0000-7000-8000-000000000000",
        "018f4b2c-0000-7000-c000-000000000000",
        "018f4b2c-0000-7000-8000-000000000000\n",
        "018f4b2c-0000-7000-8000-00000000000٠",
    ],
)
def test_anything_else_is_no_id(text: str) -> None:
    assert not is_id(text)


@given(st.text(max_size=50))
def test_no_text_upsets_the_check(text: str) -> None:
    assert not is_id(text)


def test_a_short_code_is_the_random_end_of_an_id() -> None:
    assert short_code("018f4b2c-0000-7000-8000-0123456789ab") == "456789ab"
