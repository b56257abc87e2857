"""Sharing out at random: every share is whole, and all of them are the amount."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from payment_codes.amount import LARGEST_MINOR
from wallet_api.people.shares import random_shares


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
