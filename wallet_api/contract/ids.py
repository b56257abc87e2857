"""Identifiers: UUIDv7 made by the client, and the short codes a person types."""

from __future__ import annotations

import secrets
import time
import uuid

SHORT_CODE_LENGTH = 8


def new_id(wall_ms: int | None = None) -> str:
    """Make a UUIDv7 (RFC 9562 section 5.7) from the wall clock in milliseconds."""
    moment = time.time_ns() // 1_000_000 if wall_ms is None else wall_ms
    value = (moment & (1 << 48) - 1) << 80 | 0x7 << 76 | secrets.randbits(12) << 64
    return str(uuid.UUID(int=value | 0b10 << 62 | secrets.randbits(62)))


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
