"""Random orders of transfers, and texts that are nearly codes."""

import re
from collections.abc import Sequence

from hypothesis import strategies as st

from payment_codes.amount import Amount
from payment_codes.checks import creditor_reference, iban
from payment_codes.parsing import parse
from payment_codes.schemes.table import MARK

LATIN = "".join(map(chr, (*range(0x21, 0x7F), *range(0xC0, 0x180))))
DIGITS = "0123456789"


def broken(text: str) -> set[tuple[str, str, str]]:
    """Return what is wrong with a code: code, place, severity."""
    return {(one.code, one.where, one.severity.value) for one in parse(text).issues}


def ibans(*countries: str) -> st.SearchStrategy[str]:
    """Accounts of countries, with national numbers of digits only."""
    return st.sampled_from(countries).flatmap(_ibans_of)


def _ibans_of(country: str) -> st.SearchStrategy[str]:
    length = iban.LENGTHS[country] - 4
    numbers = st.text(DIGITS, min_size=length, max_size=length)
    return numbers.map(lambda bban: country + iban.check_digits(country, bban) + bban)


def amounts(currency: str, largest: int = 999_999_999_99) -> st.SearchStrategy[Amount]:
    return st.integers(1, largest).map(lambda minor: Amount(minor, currency))


def texts(longest: int, alphabet: str = LATIN + "   ", shortest: int = 0) -> st.SearchStrategy[str]:
    """Texts of one line without white space around them."""
    found = st.text(alphabet, min_size=shortest, max_size=longest).map(
        lambda text: re.sub(" +", " ", text).strip()
    )
    return found.filter(lambda text: len(text) >= shortest)


def creditor_references() -> st.SearchStrategy[str]:
    own = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=21)
    return own.map(creditor_reference.of)


def mutations(codes: Sequence[str]) -> st.SearchStrategy[str]:
    """Codes with something cut out, put in, doubled or moved, their mark left alone."""
    piece = st.text(max_size=12) | st.sampled_from(
        ["\n", "\r\n", "\r", "*", "|", "=", ":", "%", "\t", "\ud800", "٣", "0" * 400, "\n" * 40]
    )
    return st.builds(
        _changed, st.sampled_from(codes), st.integers(8, 300), st.integers(0, 40), piece
    )


def _changed(code: str, at: int, cut: int, piece: str) -> str:
    if code.startswith("0"):
        at = max(at, MARK)
    return code[:at] + piece + code[at + cut :]


def with_lines(code: str, changes: dict[int, str]) -> str:
    """Return a code with other lines; the first is number 1, those that are missing are added."""
    lines = code.split("\n")
    lines += [""] * (max(changes, default=0) - len(lines))
    for number, line in changes.items():
        lines[number - 1] = line
    return "\n".join(lines)
