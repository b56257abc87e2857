"""Amounts of money: whole minor units of a currency, and their strict ASCII text.

No float is ever involved; the decimals come from the currency's ISO 4217 exponent.
"""

import re
from dataclasses import dataclass
from typing import Final

from payment_codes.currency import currency, decimals_of
from payment_codes.errors import AmountInvalid

MOST_DIGITS: Final = 12
"""Digits of the largest amount: ISO 8583 field 4 is n12. So it fits EMVCo tag 54 and 2^53 too."""

LARGEST_MINOR: Final = 10**MOST_DIGITS - 1
"""The largest amount in minor units: 999,999,999,999."""

_AMOUNT: Final = r"([0-9]+)(?:\.([0-9]+))?(?: ([A-Z]{3}))?"


@dataclass(frozen=True, slots=True)
class Amount:
    """`minor` whole minor units (1250) of `currency`, an ISO 4217 alphabetic code ("CNY")."""

    minor: int
    currency: str


def parse_amount(text: str, default_currency: str) -> Amount:
    """Read "12.50" (in `default_currency`) or "12.50 EUR" as a positive amount.

    Only ASCII digits and one "." are taken: no sign, no exponent, no thousands separator, no other
    white space. Raises AmountInvalid with the reason.
    """
    match = re.fullmatch(_AMOUNT, text)
    if match is None:
        raise _not_written_as_amount(text)
    whole, decimals, code = match[1], match[2] or "", match[3] or default_currency
    exponent = currency(code).exponent
    if len(decimals) > exponent:
        raise _too_precise(code, exponent)
    if len(whole) + len(decimals) > MOST_DIGITS:
        raise _too_large(code)
    minor = int(whole + decimals.ljust(exponent, "0"))
    if minor > LARGEST_MINOR:
        raise _too_large(code)
    if minor == 0:
        raise AmountInvalid("The amount must be more than zero.", reason="not_positive")
    return Amount(minor, code)


def decimal_text(amount: Amount) -> str:
    """Return the amount as a decimal with all its currency's places: "12.50", for JPY "1250"."""
    exponent = decimals_of(amount.currency)
    digits = str(abs(amount.minor)).rjust(exponent + 1, "0")
    sign = "-" if amount.minor < 0 else ""
    if exponent == 0:
        return sign + digits
    return f"{sign}{digits[:-exponent]}.{digits[-exponent:]}"


def amount_text(amount: Amount) -> str:
    """Return the amount with its currency: "12.50 CNY"; `parse_amount` reads it back."""
    return f"{decimal_text(amount)} {amount.currency}"


def _not_written_as_amount(text: str) -> AmountInvalid:
    if not text.strip():
        return AmountInvalid("No amount was given.", reason="empty")
    return AmountInvalid(
        'Write an amount in digits, with "." before the decimals: 12.50 or 12.50 EUR.',
        reason="not_ascii_decimal",
    )


def _too_large(code: str) -> AmountInvalid:
    return AmountInvalid(
        "An amount has at most {digits} digits: {largest} is the largest.",
        reason="too_large",
        currency=code,
        digits=MOST_DIGITS,
        largest=amount_text(Amount(LARGEST_MINOR, code)),
    )


def _too_precise(code: str, exponent: int) -> AmountInvalid:
    if exponent == 0:
        return AmountInvalid(
            "{currency} amounts have no decimals.", reason="too_precise", currency=code
        )
    return AmountInvalid(
        "{currency} amounts have at most {decimals} decimals.",
        reason="too_precise",
        currency=code,
        decimals=exponent,
    )
