"""Amounts as codes write them: decimal text of any length, read without ever refusing the code."""

from __future__ import annotations

import re
from typing import Final

from payment_codes.amount import LARGEST_MINOR, Amount
from payment_codes.currency import decimals_of
from payment_codes.errors import AmountInvalid
from payment_codes.issues import Issue, Rule

_DECIMAL: Final = re.compile(r"([0-9]{1,20})(?:\.([0-9]{0,20}))?")
_WHOLE: Final = re.compile(r"[0-9]{1,20}")
# All bitcoin there will ever be, in satoshi.
_MOST: Final = {"BTC": 21 * 10**14}


def amount_rules(section: str) -> tuple[Rule, Rule, Rule, Rule]:
    """Return the rules of a section that an amount can break: form, currency, decimals, range."""
    return (
        Rule(
            "amount_format",
            section,
            "The amount ({field}) is not written in digits with one point at most.",
        ),
        Rule("currency_unknown", section, "The currency of the amount ({field}) is unknown."),
        Rule("amount_precision", section, "The amount ({field}) has more than {places} decimals."),
        Rule("amount_range", section, "The amount ({field}) is zero, or too large."),
    )


def read_decimal(
    text: str, code: str, where: str, section: str
) -> tuple[Amount | None, tuple[Issue, ...]]:
    """Read "12.5", "12." or "12.500" in a currency as minor units, with what is wrong with it.

    Decimals beyond the currency's count only when they are not zero. `section` is the rule that a
    wrong amount breaks, `where` its field.
    """
    form, unknown, precision, _ = amount_rules(section)
    match = _DECIMAL.fullmatch(text)
    if match is None:
        return None, (form.broken(where),)
    try:
        places = decimals_of(code)
    except AmountInvalid:
        return None, (unknown.broken(where),)
    whole, decimals = match[1], (match[2] or "").ljust(places, "0")
    if decimals[places:].strip("0"):
        return None, (precision.broken(where, places=places),)
    return _in_range(int(whole + decimals[:places]), code, where, section)


def read_minor(
    text: str, code: str, where: str, section: str
) -> tuple[Amount | None, tuple[Issue, ...]]:
    """Read an amount that is written in minor units: kopecks, cents. The rest as `read_decimal`."""
    if not _WHOLE.fullmatch(text):
        return None, (amount_rules(section)[0].broken(where),)
    return _in_range(int(text), code, where, section)


def _in_range(
    minor: int, code: str, where: str, section: str
) -> tuple[Amount | None, tuple[Issue, ...]]:
    if not 0 < minor <= _MOST.get(code, LARGEST_MINOR):
        return None, (amount_rules(section)[3].broken(where),)
    return Amount(minor, code), ()
