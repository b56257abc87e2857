"""How the screens write amounts and months: as the person's language does.

The symbols are those of the Unicode CLDR, common/main/{en,zh}.xml, and a currency without a sign
is written with its code. What is typed, copied or given to scripts stays as
`payment_codes.amount.amount_text` writes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.amount import Amount, decimal_text
from terminal_kit.language import language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from terminal_kit.language import Language

_COMMON = {
    "AUD": "A$",
    "BRL": "R$",
    "CAD": "CA$",
    "EUR": "€",
    "GBP": "£",
    "HKD": "HK$",
    "ILS": "₪",
    "INR": "₹",
    "KRW": "₩",
    "MXN": "MX$",
    "NZD": "NZ$",
    "TWD": "NT$",
    "VND": "₫",
    "XCD": "EC$",
}
_SYMBOLS: Mapping[Language, Mapping[str, str]] = {
    "en": _COMMON | {"CNY": "CN¥", "JPY": "¥", "PHP": "₱", "USD": "$"},
    "zh": _COMMON | {"AUD": "AU$", "CNY": "¥", "JPY": "JP¥", "USD": "US$"},
}
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def symbol(currency: str) -> str:
    """Give a currency's sign, "CN¥" in English and "¥" in Chinese, or its code."""
    return _SYMBOLS[language()].get(currency, currency)


def figure(amount: Amount) -> str:
    """Write the number alone, in groups of three digits: "1,234.50"."""
    whole, point, places = decimal_text(amount).partition(".")
    sign, digits = whole[: whole.startswith("-")], whole.removeprefix("-")
    return f"{sign}{int(digits):,}{point}{places}"


def shown(amount: Amount) -> str:
    """Write an amount for a person: "CN¥1,234.50" in English, "¥1,234.50" in Chinese."""
    sign, number = symbol(amount.currency), figure(Amount(abs(amount.minor), amount.currency))
    space = " " if sign == amount.currency else ""
    return f"{'-' if amount.minor < 0 else ''}{sign}{space}{number}"


def signed(amount: Amount) -> str:
    """Write what moved, with a plus for what came in: "+CN¥12.00", "-CN¥3.50"."""
    return f"+{shown(amount)}" if amount.minor > 0 else shown(amount)


def month_heading(month: str) -> str:
    """Write a month of the wire, "2026-11", over what belongs to it: "November 2026"."""
    year, number = month.split("-")
    if language() == "zh":
        return f"{year}年{int(number)}月"
    return f"{MONTHS[int(number) - 1]} {year}"
