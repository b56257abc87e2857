"""Sharing an amount out at random: whole minor units that always add up to it."""

from __future__ import annotations

import random
from itertools import pairwise


def random_shares(amount: int, count: int, seed: bytes) -> list[int]:
    """Share an amount out at random, at least one unit each; all ways are equally likely.

    So whoever takes a share first has no better chances. ``amount`` is at least ``count``; the
    same seed gives the same shares.
    """
    dice = random.Random(seed)  # noqa: S311 - the seed is secret and random, and used once
    cuts = sorted(dice.sample(range(1, amount), count - 1))
    return [after - before for before, after in pairwise([0, *cuts, amount])]
