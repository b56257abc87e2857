"""How PAY by square packs its fields (PAY by square 1.1.0, §3.5 to §3.14).

Two bytes of header (four nibbles: type, version, document type, reserve), two of the length of what
was compressed, then by LZMA, without its own header: four bytes of CRC-32, little endian, and the
fields in UTF-8; all of it in base 32 with the digits of RFC 4648 §7, without padding.
"""

from __future__ import annotations

import lzma
import re
import zlib
from typing import Final, NamedTuple

from payment_codes.issues import Issue, Rule

LARGEST: Final = 4096
"""Bytes of fields that are unpacked at most: no text grows beyond what a QR code could say."""

_FORMAT: Final = "PAY by square 1.1.0 "
_FILTERS: Final = (
    {"id": lzma.FILTER_LZMA1, "lc": 3, "lp": 0, "pb": 2, "dict_size": 1 << 17},
)  # fmt: skip
_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUV"
_TEXT: Final = re.compile("[0-9A-V]*")
_HEADER, _CHECK = 4, 4

ALPHABET: Final = Rule(
    "characters", _FORMAT + "§3.13", "A character is none of base 32: 0 to 9 and A to V."
)
TOO_LONG: Final = Rule(
    "too_long", _FORMAT + "§3.11", "It unpacks to {count} bytes; at most {most} are read."
)
DAMAGED: Final = Rule("structure", _FORMAT + "§3.11", "What was compressed cannot be unpacked.")
TRUNCATED: Final = Rule("truncated", _FORMAT + "§3.11", "It ends before all of it is unpacked.")
CHECK_SUM: Final = Rule("crc_wrong", _FORMAT + "§3.10", "The check sum does not fit the fields.")
ENCODING: Final = Rule("encoding", _FORMAT + "§3.9", "The fields are not encoded in UTF-8.")
RULES: Final = (ALPHABET, TOO_LONG, DAMAGED, TRUNCATED, CHECK_SUM, ENCODING)


class Unpacked(NamedTuple):
    """The header in four hexadecimal digits, the fields (None where unreadable), what is wrong."""

    header: str
    fields: str | None
    issues: tuple[Issue, ...] = ()


def unpack(text: str) -> Unpacked:
    """Unpack a text; never more than `LARGEST` bytes."""
    if not _TEXT.fullmatch(text):
        return Unpacked("", None, (ALPHABET.broken(""),))
    data = _bytes(text)
    header, length = data[:2].hex(), int.from_bytes(data[2:_HEADER], "little")
    if length > LARGEST:
        return Unpacked(header, None, (TOO_LONG.broken("", count=length, most=LARGEST),))
    try:
        unpacker = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=list(_FILTERS))
        plain = unpacker.decompress(data[_HEADER:], length)
    except lzma.LZMAError:
        return Unpacked(header, None, (DAMAGED.broken(""),))
    if len(plain) < max(length, _CHECK):
        return Unpacked(header, None, (TRUNCATED.broken(""),))
    check, fields = plain[:_CHECK], plain[_CHECK:]
    issues = () if check == _check_of(fields) else (CHECK_SUM.broken(""),)
    try:
        return Unpacked(header, fields.decode(), issues)
    except UnicodeDecodeError:
        return Unpacked(header, None, (*issues, ENCODING.broken("")))


def pack(header: str, fields: str) -> str:
    """Pack fields after a header of four hexadecimal digits."""
    data = fields.encode()
    plain = _check_of(data) + data
    packed = lzma.compress(plain, lzma.FORMAT_RAW, filters=list(_FILTERS))
    return _text(bytes.fromhex(header) + len(plain).to_bytes(2, "little") + packed)


def _check_of(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(4, "little")


def _bytes(text: str) -> bytes:
    """Return the whole bytes of base 32; the bits beyond them are padding."""
    size, padding = divmod(5 * len(text), 8)
    return (int(text, 32) >> padding).to_bytes(size)


def _text(data: bytes) -> str:
    """Write bytes in base 32, the last digit filled up with zeros."""
    length = -(-8 * len(data) // 5)
    number = int.from_bytes(data) << (5 * length - 8 * len(data))
    return "".join(_DIGITS[number >> 5 * at & 31] for at in reversed(range(length)))
