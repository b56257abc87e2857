"""Key derivation: one secret, a label for each use (HKDF-SHA-256, RFC 5869)."""

from __future__ import annotations

DERIVED_BYTES = 32


def derive(secret: bytes, label: str) -> bytes:
    """Derive 32 bytes for one use; no derived key tells anything of another."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    info = f"terminal-wallet {label}".encode()
    return HKDF(SHA256(), DERIVED_BYTES, None, info).derive(secret)
