"""Sharing out: every share is whole, and all of them are the amount, whatever the weights."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.amount import LARGEST_MINOR
from wallet_api.contract.rules import LARGEST_WEIGHT
from wallet_api.contract.shares import shared_out

amounts = st.integers(1, LARGEST_MINOR)
weights = st.lists(st.integers(0, LARGEST_WEIGHT), min_size=1, max_size=21).filter(any)


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
