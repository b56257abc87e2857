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
#: The number of a device's last payer code: what JSON numbers hold exactly.
LARGEST_COUNTER = 2**53
#: How far one call may move the business clock of a lab.
LONGEST_LAB_STEP = 400 * 86_400
PAYER_TIME_LIMIT = 60
REVERSAL_WINDOW = 7 * 86_400
REFUND_WINDOW = 365 * 86_400

#: How long a transfer or a gift waits for its sender's PIN.
TRANSFER_LIFE = 300
#: How long a transfer that looks unusual is held before it is delivered.
COOLING_OFF = 86_400
REQUEST_LIFE = 7 * 86_400
GIFT_LIFE = 86_400
SHORTEST_GIFT_LIFE, LONGEST_GIFT_LIFE = 60, 7 * 86_400
MOST_GIFT_SHARES = 100
MOST_SPLIT_PEOPLE = 20
#: Of one share of a split bill.
LARGEST_WEIGHT = 1_000_000

PIN_TRIES = 3

LONGEST_WAIT = 25
LARGEST_BODY = 16_384
#: Bytes of a request's target and header fields.
LARGEST_HEAD = 16_384
#: From the first byte of a request to its last.
LONGEST_REQUEST = 15
LARGEST_PAGE = 100

ANSWER_LIFE = 8 * 86_400
EVENT_LIFE = 7 * 86_400
CLOCK_TOLERANCE = 60
