"""Texts that make parsing slow if anything can: the longest ones, of what every scheme repeats."""

from __future__ import annotations

import time
from base64 import b64encode
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from payment_codes.building import build
from payment_codes.errors import CodeUnreadable
from payment_codes.parsing import LONGEST_TEXT, parse
from payment_codes.schemes.scheme import Carrier
from payment_codes.schemes.table import SCHEMES

if TYPE_CHECKING:
    from payment_codes.schemes.scheme import Scheme

_ROUNDS: Final = 5
_CRC: Final = 8
_PIECES: Final = {
    Carrier.EMV_MERCHANT: (
        "5303986", "0100", "9900", "9904ab\u4e00c", "62080504abcd", "26040000", "6304ABCD", "0",
        "26", "99", "6299" + "0195" * 24 + "abc", "8004\u00e9\u00e9\u00e9\u00e9",
    ),
    Carrier.URI: (
        "&", "&=", "&a=1", "&%61=%C3%BC", "%25", "/", "?", ":", "@", "&req-a=", ".", "é", "0",
    ),
    Carrier.LINES: ("\n", "\r\n", "\r", "a\n", "é\n", " ", "0", "/", "\r \n"),
    Carrier.TEXT: (
        "*", "*a:1", "*A:%C3%BC", "|", "|a=1", "|Sum=1", ":", "=", "0101a", "0", "%41", "é",
    ),
    Carrier.DIGITS: ("1", "1 ", "1-", " ", "- "),
    Carrier.PACKED: ("q", "p", "pqq", "qpzry", "d", "f", "r", "1", "0", "V", "=", "é"),
}  # fmt: skip
_PIECES_OF: Final = {**_PIECES, Carrier.URL: _PIECES[Carrier.URI]}
#: How codes begin that only a service makes.
_BEGINNINGS: Final = {"bolt11": "lnbc20m1pvjluez", "pay-by-square": "0", "gost-st00011": "ST00011|"}
_CPM: Final = bytes.fromhex("8505") + b"CPV01"
_BYTES: Final = (
    b"\x61\x00", b"\x61\x02\x4f\x00", b"\x61\x80", b"\x9f", b"\x61\x81\x00", b"\x57\x01\x12",
    b"\xff",
)  # fmt: skip


def worst_texts(length: int = LONGEST_TEXT) -> dict[str, str]:
    """Return texts of a length in characters by a name: the scheme's, and what is repeated."""
    texts = {}
    for scheme in {one.id: one for one in SCHEMES}.values():
        beginning = _beginning(scheme)
        for piece in _PIECES_OF.get(scheme.carrier, ()):
            text = beginning + piece * length
            texts[f"{scheme.id} {piece!r}"] = text[:length]
    for octets in (*_BYTES, *_nests()):
        packed = b64encode((_CPM + octets * length)[: length * 3 // 4]).decode()
        texts[f"emv-cpm {octets[:8].hex()}"] = packed
    return texts


def slowest() -> tuple[str, float]:
    """Return the name of the text that takes longest to parse, and how long, in milliseconds.

    It is the processor's time, the best of five: other programs do not count.
    """
    worst = ("", 0.0)
    for name, text in worst_texts().items():
        taken = min(_milliseconds(text) for _ in range(_ROUNDS))
        worst = max(worst, (name, taken), key=lambda found: found[1])
    return worst


def _milliseconds(text: str) -> float:
    start = time.thread_time()
    with suppress(CodeUnreadable):
        parse(text)
    return (time.thread_time() - start) * 1e3


def _beginning(scheme: Scheme) -> str:
    """Return how a code of a scheme begins; of EMVCo's all but the check sum."""
    if scheme.id in _BEGINNINGS:
        return _BEGINNINGS[scheme.id]
    order = scheme.works.example(scheme)
    if order is None:
        return "000201010211"
    text = build(scheme, order)
    return text[:-_CRC] if scheme.carrier is Carrier.EMV_MERCHANT else text


def _nests() -> list[bytes]:
    """Return templates within templates, as deep as lengths of one and of three bytes go."""
    deep = b""
    while len(deep) < 3_000:
        deep = b"\x61" + _ber_length(len(deep)) + deep
    return [deep]


def _ber_length(length: int) -> bytes:
    if length < 0x80:
        return bytes([length])
    size = (length.bit_length() + 7) // 8
    return bytes([0x80 | size]) + length.to_bytes(size)
