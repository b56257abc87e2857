"""Invitations: codes of 80 random bits that a person can read out, known to the service by digest.

Who invites makes the code and sends only its digest; who enrols sends the code itself. So a code
lies nowhere at the service, not even in the stored answer of the request that made it.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Literal

#: What an invitation lets in.
InviteRole = Literal["customer", "merchant", "till", "device"]

INVITE_LIFE = 15 * 60
DIGEST_BYTES = 32

#: Crockford's base 32: no I, L, O or U, so that nobody mistakes a letter for a digit.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LETTERS = 16
_GROUP = 4
_MISREAD = str.maketrans("OIL", "011", " -\t\r\n")
_LABEL = b"terminal-wallet invite\n"


def new_invite() -> str:
    """Make a code, such as ``7Q2M-0XAB-KD91-ZV5T``."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS))
    return "-".join(re.findall("." * _GROUP, letters))


def invite_digest(code: str) -> bytes:
    """Give the SHA-256 that stands for a code, however it was typed (32 bytes)."""
    return hashlib.sha256(_LABEL + code.upper().translate(_MISREAD).encode()).digest()
