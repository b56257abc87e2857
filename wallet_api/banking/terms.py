"""The bank's terms, as data."""

from __future__ import annotations

from dataclasses import dataclass

#: How long a withdrawal waits for its PIN, in seconds.
CONFIRM_TIME = 300
BASIS = 10_000


@dataclass(frozen=True, slots=True)
class WithdrawalFee:
    """What a withdrawal costs: a fixed part in minor units, and hundredths of a per cent."""

    fixed: int = 0
    basis_points: int = 0


#: By currency; no row: withdrawals are free.
WITHDRAWAL_FEES: dict[str, WithdrawalFee] = {}


def withdrawal_fee(amount: int, currency: str) -> int:
    """Give the fee of a withdrawal in minor units, rounded down."""
    fee = WITHDRAWAL_FEES.get(currency, WithdrawalFee())
    return fee.fixed + amount * fee.basis_points // BASIS
