"""Sharing an amount out: whole minor units that always add up to it."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def shared_out(amount: int, weights: Sequence[int]) -> list[int]:
    """Share an amount out by weights (not negative, not all zero) with the largest remainders.

    What does not divide goes to the largest remainders, the first of equal ones first: Hamilton's
    method. No share differs from its exact part by a whole unit.
    """
    total = sum(weights)
    shares = [amount * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: -(amount * weights[place] % total))
    for place in by_remainder[: amount - sum(shares)]:
        shares[place] += 1
    return shares


def random_shares(amount: int, count: int, seed: bytes) -> list[int]:
    """Share an amount out at random, at least one unit each; all ways are equally likely.

    So whoever takes a share first has no better chances. ``amount`` is at least ``count``; the
    same seed gives the same shares.
    """
    dice = random.Random(seed)  # noqa: S311 - the seed is secret and random, and used once
    cuts = sorted(dice.sample(range(1, amount), count - 1))
    return [after - before for before, after in pairwise([0, *cuts, amount])]
