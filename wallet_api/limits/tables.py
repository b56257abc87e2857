"""The tables of limits, as data. Amounts are minor units; None means no cap by rule.

CNY: the tiers of the digital yuan (e-CNY); a bar code without an amount takes at most 500 yuan a
day (银发[2017]296). EUR: no such scheme exists, so the figures are a default of this simulation, a
tenth of those in yuan. A currency without rows is not served.
"""

from __future__ import annotations

from dataclasses import dataclass

from wallet_api.contract.limits import Tier


@dataclass(frozen=True, slots=True)
class Limits:
    """What one tier may hold (``balance``) and spend: at once, in a day, in a year."""

    balance: int | None
    single: int | None
    day: int | None
    year: int | None


TIERS = {
    (Tier.IV, "CNY"): Limits(10_000_00, 2_000_00, 5_000_00, 50_000_00),
    (Tier.III, "CNY"): Limits(20_000_00, 5_000_00, 10_000_00, None),
    (Tier.II, "CNY"): Limits(500_000_00, 50_000_00, 100_000_00, None),
    (Tier.I, "CNY"): Limits(None, None, None, None),
    (Tier.IV, "EUR"): Limits(1_000_00, 200_00, 500_00, 5_000_00),
    (Tier.III, "EUR"): Limits(2_000_00, 500_00, 1_000_00, None),
    (Tier.II, "EUR"): Limits(50_000_00, 5_000_00, 10_000_00, None),
    (Tier.I, "EUR"): Limits(None, None, None, None),
}

#: What static codes, where the payer types the amount, may take from a customer in a day.
STATIC_CODE_DAY = {"CNY": 500_00, "EUR": 50_00}

#: How many payments a day go without a PIN, however small.
PIN_FREE_PAYMENTS = 10
