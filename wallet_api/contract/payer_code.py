"""The payer's code: how a wallet makes its 18 digits offline and the service recognises them.

18 digits = ``78`` + locator (9) + authenticator (7). The key K comes from X25519 between the
device and the service, so nothing secret crosses the wire. One locator stands for one
presentation; the authenticator changes with every step of business time.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

PREFIX = "78"
LOCATOR_DIGITS = 9
AUTHENTICATOR_DIGITS = 7
STEP_MS = 30_000
DISPLAY_LIFE_MS = 60_000
#: Steps of the authenticator that the service accepts, relative to its own.
ACCEPTED_STEPS = (0, -1, 1, -2)
#: How many presentations ahead the service recognises.
WINDOW = 16
CODE_VERSION = 1


def shared_key(private: X25519PrivateKey, public: bytes, device: str) -> bytes:
    """Derive K (32 bytes) from one side's private key and the other's public one (32 bytes)."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    secret = private.exchange(X25519PublicKey.from_public_bytes(public))
    label = f"terminal-wallet payer code v{CODE_VERSION}".encode()
    return HKDF(SHA256(), 32, device.encode(), label).derive(secret)


def _digits(key: bytes, message: bytes, count: int) -> int:
    digest = hmac.digest(key, message, hashlib.sha256)
    return int.from_bytes(digest) % int(10**count)


def locator(key: bytes, counter: int) -> int:
    """Give the locator of a presentation, 0 … 999,999,999."""
    return _digits(key, b"L" + counter.to_bytes(8), LOCATOR_DIGITS)


def authenticator(key: bytes, counter: int, step: int) -> int:
    """Give the authenticator of a presentation in a time step, 0 … 9,999,999."""
    return _digits(key, b"A" + counter.to_bytes(8) + step.to_bytes(8), AUTHENTICATOR_DIGITS)


def time_step(business_ms: int) -> int:
    """Give the step that a moment of business time falls in."""
    return business_ms // STEP_MS


def make_code(key: bytes, counter: int, business_ms: int) -> str:
    """Write the 18 digits that a wallet shows."""
    first = locator(key, counter)
    second = authenticator(key, counter, time_step(business_ms))
    return f"{PREFIX}{first:0{LOCATOR_DIGITS}}{second:0{AUTHENTICATOR_DIGITS}}"


def split_code(code: str) -> tuple[int, int]:
    """Give locator and authenticator of 18 digits that start with the prefix."""
    middle = len(PREFIX) + LOCATOR_DIGITS
    return int(code[len(PREFIX) : middle]), int(code[middle:])


def authentic(key: bytes, counter: int, given: int, business_ms: int) -> bool:
    """Say whether an authenticator is right now: two steps back to one ahead."""
    step = time_step(business_ms)
    return any(given == authenticator(key, counter, step + offset) for offset in ACCEPTED_STEPS)
