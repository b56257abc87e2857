"""Base58Check: the older addresses of Bitcoin (Bitcoin developer reference, Base58Check)."""

from __future__ import annotations

import hashlib
from typing import Final

ALPHABET: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
"""The digits of base 58: no 0, O, I, l."""

_VALUES: Final = {character: value for value, character in enumerate(ALPHABET)}
_CHECK: Final = 4
_LONGEST: Final = 64


def decode(text: str) -> bytes | None:
    """Return the bytes before the check sum; None where it does not fit.

    None as well for a text that is no base 58, or longer than any address (64 characters).
    """
    if len(text) > _LONGEST or any(character not in _VALUES for character in text):
        return None
    number = 0
    for character in text:
        number = number * 58 + _VALUES[character]
    zeros = len(text) - len(text.lstrip("1"))
    data = bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8)
    body, check = data[:-_CHECK], data[-_CHECK:]
    return body if len(data) > _CHECK and _check_of(body) == check else None


def encode(body: bytes) -> str:
    """Write bytes with their check sum."""
    data = body + _check_of(body)
    number = int.from_bytes(data)
    digits = []
    while number:
        number, digit = divmod(number, 58)
        digits.append(ALPHABET[digit])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "1" * zeros + "".join(reversed(digits))


def _check_of(body: bytes) -> bytes:
    return hashlib.sha256(hashlib.sha256(body).digest()).digest()[:_CHECK]
