"""Sharing an amount out by weights: a bill is split by this rule, and shown split before it is."""

from __future__ import annotations

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
