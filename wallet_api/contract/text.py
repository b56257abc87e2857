"""Other people's text: names and notes, safe to store and to print on a terminal."""

from __future__ import annotations

import unicodedata

from wallet_api.contract.errors import TextInvalid

LARGEST_CELLS = 64
#: Combining marks take no cell, so the UTF-8 bytes have a limit of their own.
LARGEST_BYTES = 192
FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def cells(text: str) -> int:
    """Count the terminal columns that a text takes."""
    from wcwidth import wcswidth

    return int(wcswidth(text))


def clean_text(text: str, field: str) -> str:
    """Give the text in NFC without outer spaces.

    Raises TextInvalid when it is empty, wider than 64 cells, or holds control, escape, surrogate,
    private or bidirectional formatting characters (Unicode categories Cc, Cf, Cs, Co, Cn, Zl, Zp).
    """
    text = unicodedata.normalize("NFC", text).strip()
    if any(unicodedata.category(character) in FORBIDDEN for character in text):
        raise TextInvalid(field=field)
    if len(text.encode()) > LARGEST_BYTES or not 0 < cells(text) <= LARGEST_CELLS:
        raise TextInvalid(field=field)
    return text


def printable(text: str) -> str:
    """Make text of unknown origin safe to print: each unsafe character becomes a question mark."""
    return "".join("?" if unicodedata.category(c) in FORBIDDEN else c for c in text)
