"""Identifiers: UUIDv7 made by the client, and the short codes a person types."""

from __future__ import annotations

import hashlib
import secrets
import time
import uuid

SHORT_CODE_LENGTH = 8


def new_id(wall_ms: int | None = None) -> str:
    """Make a UUIDv7 (RFC 9562 section 5.7) from the wall clock in milliseconds."""
    moment = time.time_ns() // 1_000_000 if wall_ms is None else wall_ms
    return _uuid7(moment, secrets.randbits(74))


def derived_id(wall_ms: int, *parts: str) -> str:
    """Make the UUIDv7 that follows from a moment and some texts: the same for the same ones.

    It is for what a use case creates, which has no randomness of its own.
    """
    digest = hashlib.sha256("\n".join(parts).encode()).digest()
    return _uuid7(wall_ms, int.from_bytes(digest[:10], "big") >> 6)


def first_id(wall_ms: int) -> str:
    """Give the smallest UUIDv7 of a moment: ids that are less were made before it."""
    return _uuid7(wall_ms, 0)


def _uuid7(wall_ms: int, bits: int) -> str:
    """Lay out a moment in milliseconds and 74 random bits by RFC 9562 section 5.7."""
    value = (wall_ms & (1 << 48) - 1) << 80 | 0x7 << 76 | (bits >> 62) << 64
    return str(uuid.UUID(int=value | 0b10 << 62 | bits & (1 << 62) - 1))


def is_id(text: str) -> bool:
    """Say whether the text is a UUIDv7 in its canonical lower-case form."""
    try:
        value = uuid.UUID(text)
    except ValueError:
        return False
    return value.version == 7 and str(value) == text


def id_milliseconds(text: str) -> int:
    """Give the wall time in milliseconds that a UUIDv7 carries."""
    return uuid.UUID(text).int >> 80


def short_code(text: str) -> str:
    """Give the last eight characters of an id: enough to find it among one's own records."""
    return text[-SHORT_CODE_LENGTH:]
