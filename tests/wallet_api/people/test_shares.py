"""Sharing out: every share is whole, and all of them are the amount, whatever the weights."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.amount import LARGEST_MINOR
from wallet_api.people.shares import random_shares, shared_out

amounts = st.integers(1, LARGEST_MINOR)
weights = st.lists(st.integers(0, 1_000_000), min_size=1, max_size=21).filter(any)


@given(amounts, weights)
def test_shares_add_up_and_are_exact_but_for_less_than_a_unit(
    amount: int, weighed: list[int]
) -> None:
    shares = shared_out(amount, weighed)
    assert sum(shares) == amount
    for share, weight in zip(shares, weighed, strict=True):
        assert abs(share - Fraction(amount * weight, sum(weighed))) < 1
        assert weight or not share


@given(amounts, st.integers(1, 21))
def test_equal_shares_differ_by_one_and_the_first_take_more(amount: int, count: int) -> None:
    shares = shared_out(amount, [1] * count)
    assert shares == sorted(shares, reverse=True)
    assert shares[0] - shares[-1] <= 1


@pytest.mark.parametrize(
    ("amount", "weighed", "shares"),
    [
        (10_000, [1, 1, 1], [3_334, 3_333, 3_333]),
        (100, [1, 2, 1], [25, 50, 25]),
        (5, [0, 1, 1], [0, 3, 2]),
        (7, [3, 3, 1], [3, 3, 1]),
        # Parts of 1.4, 1.4, 4.2 leave one unit, for the largest remainder that comes first.
        (7, [1, 1, 3], [2, 1, 4]),
    ],
)
def test_known_shares(amount: int, weighed: list[int], shares: list[int]) -> None:
    assert shared_out(amount, weighed) == shares


@given(st.data(), st.integers(1, 100), st.binary(min_size=1, max_size=32))
def test_random_shares_are_at_least_a_unit_and_add_up(
    data: st.DataObject, count: int, seed: bytes
) -> None:
    amount = data.draw(st.integers(count, LARGEST_MINOR))
    shares = random_shares(amount, count, seed)
    assert len(shares) == count
    assert sum(shares) == amount
    assert min(shares) >= 1
    assert shares == random_shares(amount, count, seed)


def test_no_place_among_random_shares_is_better_than_another() -> None:
    """Each of three places gets a third of 3,000 on average; the standard error here is 7."""
    made = [random_shares(3_000, 3, number.to_bytes(4)) for number in range(10_000)]
    for place in range(3):
        assert abs(sum(shares[place] for shares in made) / len(made) - 1_000) < 40
    assert len({tuple(shares) for shares in made}) > 9_000
