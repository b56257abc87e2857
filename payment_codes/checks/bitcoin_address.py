"""Addresses of Bitcoin: Base58Check, and segregated witness (BIP 173, BIP 350)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from payment_codes.checks import base58, bech32
from payment_codes.checks.bech32 import Encoding

if TYPE_CHECKING:
    from collections.abc import Sequence

SEGWIT_PREFIXES: Final = ("bcrt", "bc", "tb")
"""What witness addresses begin with: the regression test, main and test networks."""

_NETWORK_OF_VERSION: Final = {0x00: "bc", 0x05: "bc", 0x6F: "tb", 0xC4: "tb"}
_KEY_HASH: Final = {"bc": 0x00, "tb": 0x6F, "bcrt": 0x6F, "tbs": 0x6F}
_SCRIPT_HASH: Final = {"bc": 0x05, "tb": 0xC4, "bcrt": 0xC4, "tbs": 0xC4}
_SHORTEST, _LONGEST = 14, 90


class Address(NamedTuple):
    """What an address is: its `network` ("bc", "tb", "bcrt"), None where that is not told.

    `fault` is the code of the issue that it has, None for none.
    """

    network: str | None
    fault: str | None


def examine(text: str) -> Address:
    """Say of which network an address is, and what is wrong with it."""
    if not _SHORTEST <= len(text) <= _LONGEST:
        return Address(None, "length")
    small = text.lower()
    for prefix in SEGWIT_PREFIXES:
        if small.startswith(prefix + "1"):
            return Address(prefix, _segwit_fault(text))
    if any(character not in base58.ALPHABET for character in text):
        return Address(None, "characters")
    body = base58.decode(text)
    if body is None:
        return Address(None, "checksum_wrong")
    network = _NETWORK_OF_VERSION.get(body[0]) if len(body) == 21 else None
    return Address(network, None if network else "value")


def fallback(network: str, version: int, words: Sequence[int]) -> str | None:
    """Return the address of a witness version and five-bit words (BOLT #11, field f)."""
    program = bech32.octets(words)
    if program is None:
        return None
    if version in (17, 18):
        versions = _KEY_HASH if version == 17 else _SCRIPT_HASH
        return base58.encode(bytes([versions[network]]) + program)
    if version > 16:
        return None
    encoding = Encoding.BECH32M if version else Encoding.BECH32
    prefix = "tb" if network == "tbs" else network
    return bech32.encode(prefix, (version, *words), encoding)


def _segwit_fault(text: str) -> str | None:
    parts = bech32.decode(text)
    if parts is None or not parts.words:
        return "characters"
    if parts.encoding is None:
        return "checksum_wrong"
    version, program = parts.words[0], bech32.octets(parts.words[1:])
    if program is None or version > 16 or not 2 <= len(program) <= 40:
        return "value"
    if version == 0 and len(program) not in (20, 32):
        return "length"
    right = Encoding.BECH32M if version else Encoding.BECH32
    return None if parts.encoding is right else "checksum_wrong"
