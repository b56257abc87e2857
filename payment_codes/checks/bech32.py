"""Bech32 and Bech32m: text of five-bit words with a check sum (BIP 173, BIP 350)."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CHARSET: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
"""The character of every five-bit word (BIP 173)."""

CHECK: Final = 6
"""Characters of the check sum."""

_NONE: Final = 0xFF
_WORD_OF: Final = bytes(CHARSET.find(chr(code)) & _NONE for code in range(256))
_LETTER_OF: Final = CHARSET.encode("ascii").ljust(256, b"?")
_BITS: Final = tuple(f"{word:05b}" for word in range(32))
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


class Encoding(enum.IntEnum):
    """Which of the two: the value is the constant that a right check sum leaves."""

    BECH32 = 1
    BECH32M = 0x2BC830A3


class Bech32(NamedTuple):
    """A text taken apart: `prefix` in lower case, five-bit `words` without the check sum.

    `encoding` is None when the check sum is neither's.
    """

    prefix: str
    words: tuple[int, ...]
    encoding: Encoding | None


def decode(text: str) -> Bech32 | None:
    """Take a text of any length apart at its last "1"; None for one that is no Bech32 at all.

    Letters of both cases together are refused, as BIP 173 demands.
    """
    if not text.isascii() or text not in (text.lower(), text.upper()):
        return None
    prefix, found, data = text.lower().rpartition("1")
    if not found or not prefix.isprintable() or " " in prefix or len(data) < CHECK:
        return None
    words = tuple(data.encode("ascii").translate(_WORD_OF))
    if not prefix or _NONE in words:
        return None
    remainder = _polymod((*_expanded(prefix), *words))
    known = {int(one): one for one in Encoding}
    return Bech32(prefix, words[:-CHECK], known.get(remainder))


def encode(prefix: str, words: Sequence[int], encoding: Encoding = Encoding.BECH32) -> str:
    """Write five-bit words with their check sum, in lower case."""
    remainder = _polymod((*_expanded(prefix), *words, *(0,) * CHECK)) ^ encoding
    check = ((remainder >> 5 * (CHECK - 1 - place)) & 31 for place in range(CHECK))
    return f"{prefix}1{letters(words)}{letters(check)}"


def letters(words: Iterable[int]) -> str:
    """Return five-bit words as characters."""
    return bytes(words).translate(_LETTER_OF).decode("ascii")


def octets(words: Sequence[int]) -> bytes | None:
    """Return five-bit words as bytes; None when the bits left over are too many, or not zero."""
    spare = len(words) * 5 % 8
    number = number_of(words)
    if spare >= 5 or number & ((1 << spare) - 1):
        return None
    return (number >> spare).to_bytes(len(words) * 5 // 8)


def words_of(data: bytes) -> tuple[int, ...]:
    """Return bytes as five-bit words, filled up with zero bits."""
    count = -(-len(data) * 8 // 5)
    number = int.from_bytes(data) << count * 5 - len(data) * 8
    return tuple(number >> 5 * place & 31 for place in reversed(range(count)))


def number_of(words: Iterable[int]) -> int:
    """Return five-bit words as one number, the first the most significant."""
    return int("".join([_BITS[word] for word in words]) or "0", 2)


def _expanded(prefix: str) -> tuple[int, ...]:
    codes = prefix.encode("ascii")
    return (*(code >> 5 for code in codes), 0, *(code & 31 for code in codes))


def _polymod(values: Iterable[int]) -> int:
    remainder = 1
    for value in values:
        top = remainder >> 25
        remainder = (remainder & 0x1FFFFFF) << 5 ^ value
        remainder ^= _REMAINDERS[top]
    return remainder


def _of_bits(top: int) -> int:
    result = 0
    for place, constant in enumerate(_GENERATOR):
        if top >> place & 1:
            result ^= constant
    return result


_REMAINDERS: Final = tuple(_of_bits(top) for top in range(32))
