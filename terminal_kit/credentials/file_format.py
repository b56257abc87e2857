"""The bytes of the encrypted credential file.

========  =====  ==================================================================
offset    bytes  field (integers are big-endian)
========  =====  ==================================================================
0         8      magic ``TWCRED``, a zero byte, and the version, 1
8         4      Argon2id memory in KiB
12        4      Argon2id passes
16        4      Argon2id lanes
20        16     Argon2id salt
36        12     AES-256-GCM nonce, fresh in every file written
48        n      ciphertext of the JSON object ``{"name": "base64 of the secret"}``
48 + n    16     AES-256-GCM tag
========  =====  ==================================================================

The first 48 bytes are the associated data, so that a changed parameter fails the tag. Argon2id
is RFC 9106; the least parameters are those of the OWASP Password Storage Cheat Sheet.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass

from terminal_kit.language import _

_MAGIC = b"TWCRED\x00\x01"
_HEADER = struct.Struct(">8sIII16s12s")
_KEY_BYTES = 32
_TAG_BYTES = 16

# The most keeps an altered header from taking all memory or minutes of time.
_MEMORY_KIB = range(19 * 1024, 256 * 1024 + 1)
_PASSES = range(2, 16 + 1)
_LANES = range(1, 8 + 1)


class CannotOpenError(ValueError):
    """The bytes and the key do not give the secrets; the text says why."""


@dataclass(frozen=True)
class KeyDerivation:
    """How the key comes from the passphrase: Argon2id with these parameters."""

    salt: bytes
    memory_kib: int = _MEMORY_KIB[0]
    passes: int = _PASSES[0]
    lanes: int = _LANES[0]

    @classmethod
    def fresh(cls) -> KeyDerivation:
        """Give the current parameters with a new random salt."""
        return cls(salt=os.urandom(16))

    def key(self, passphrase: bytes) -> bytes:
        """Derive the 32-byte key; takes about 30 ms."""
        from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

        return Argon2id(
            salt=self.salt,
            length=_KEY_BYTES,
            iterations=self.passes,
            lanes=self.lanes,
            memory_cost=self.memory_kib,
        ).derive(passphrase)


def seal(secrets: dict[str, bytes], derivation: KeyDerivation, key: bytes) -> bytes:
    """Encrypt secrets under a key that came from ``derivation``."""
    import msgspec
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(12)
    header = _HEADER.pack(
        _MAGIC,
        derivation.memory_kib,
        derivation.passes,
        derivation.lanes,
        derivation.salt,
        nonce,
    )
    return header + AESGCM(key).encrypt(nonce, msgspec.json.encode(secrets), header)


def derivation_of(sealed: bytes) -> KeyDerivation:
    """Read how the key is derived. Raises `CannotOpenError`, also for parameters out of range."""
    if len(sealed) < _HEADER.size + _TAG_BYTES:
        raise CannotOpenError(_("it was cut short"))
    magic, memory_kib, passes, lanes, salt, _nonce = _HEADER.unpack_from(sealed)
    if magic != _MAGIC:
        raise CannotOpenError(_("it is no credential file of a known version"))
    if memory_kib not in _MEMORY_KIB or passes not in _PASSES or lanes not in _LANES:
        raise CannotOpenError(_("it was altered, its Argon2id parameters are out of range"))
    return KeyDerivation(salt, memory_kib, passes, lanes)


def unseal(sealed: bytes, key: bytes) -> dict[str, bytes]:
    """Decrypt the secrets of a file whose derivation was read. Raises `CannotOpenError`."""
    import msgspec
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    header, ciphertext = sealed[: _HEADER.size], sealed[_HEADER.size :]
    nonce = _HEADER.unpack(header)[-1]
    try:
        plaintext = AESGCM(key).decrypt(nonce, ciphertext, header)
    except InvalidTag as error:
        raise CannotOpenError(_("either the passphrase is wrong or it was altered")) from error
    return msgspec.json.decode(plaintext, type=dict[str, bytes])
