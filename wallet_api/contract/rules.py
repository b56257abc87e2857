"""Figures both sides keep to: windows, lives and limits. Times are in seconds unless named."""

from __future__ import annotations

DEFAULT_PORT = 8417
DEFAULT_URL = f"http://127.0.0.1:{DEFAULT_PORT}"

DEFAULT_CURRENCY = "CNY"

#: Up to this amount, in minor units, a payment needs no PIN. No row: the currency is not served.
#: CNY: what Chinese wallets allow without a PIN; EUR: PSD2 RTS Art. 11 (contactless).
PIN_FREE_LIMITS = {"CNY": 1_000_00, "EUR": 50_00}

CHARGE_LIFE = 300
LONGEST_CHARGE_LIFE = 86_400
PAYER_TIME_LIMIT = 60
REVERSAL_WINDOW = 7 * 86_400
REFUND_WINDOW = 365 * 86_400

PIN_TRIES = 3

LONGEST_WAIT = 25
LARGEST_BODY = 16_384
LARGEST_PAGE = 100

ANSWER_LIFE = 8 * 86_400
CLOCK_TOLERANCE = 60
