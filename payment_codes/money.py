"""Amounts as codes write them: decimal text of any length, read without ever refusing the code."""

from __future__ import annotations

import re
from typing import Final

from payment_codes.amount import LARGEST_MINOR, Amount
from payment_codes.currency import decimals_of
from payment_codes.errors import AmountInvalid
from payment_codes.issues import Issue, Rule

_DECIMAL: Final = re.compile(r"([0-9]{1,20})(?:\.([0-9]{0,20}))?")


def read_decimal(
    text: str, code: str, where: str, section: str
) -> tuple[Amount | None, tuple[Issue, ...]]:
    """Read "12.5", "12." or "12.500" in a currency as minor units, with what is wrong with it.

    Decimals beyond the currency's count only when they are not zero. `section` is the rule that a
    wrong amount breaks, `where` its field.
    """
    match = _DECIMAL.fullmatch(text)
    if match is None:
        rule = Rule(
            "amount_format",
            section,
            "The amount ({field}) is not written in digits with one point at most.",
        )
        return None, (rule.broken(where),)
    try:
        places = decimals_of(code)
    except AmountInvalid:
        rule = Rule("currency_unknown", section, "The currency of the amount ({field}) is unknown.")
        return None, (rule.broken(where),)
    whole, decimals = match[1], (match[2] or "").ljust(places, "0")
    if decimals[places:].strip("0"):
        rule = Rule(
            "amount_precision", section, "The amount ({field}) has more than {places} decimals."
        )
        return None, (rule.broken(where, places=places),)
    minor = int(whole + decimals[:places])
    if not 0 < minor <= LARGEST_MINOR:
        rule = Rule("amount_range", section, "The amount ({field}) is zero, or too large.")
        return None, (rule.broken(where),)
    return Amount(minor, code), ()
