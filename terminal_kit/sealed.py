"""A small value in an encrypted file, for state that nobody else may read: names, amounts.

The file is the magic ``TWSEAL``, a zero byte and the version 1, a nonce of 12 bytes, and the
value as JSON under AES-256-GCM. Its associated data is the magic, a purpose label and the file's
name, so that one sealed file cannot be put in another's place.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

from terminal_kit.folders import replace_file
from wallet_api.contract.errors import StateDamaged

if TYPE_CHECKING:
    from pathlib import Path

Value = TypeVar("Value")

KEY_BYTES = 32

_MAGIC = b"TWSEAL\x00\x01"
_PURPOSE = b"terminal-wallet client state\x00"
_NONCE_BYTES = 12
_FILE_BYTES_MAX = 16 * 1024 * 1024


class SealedFile:
    """One JSON value at ``path`` under a 32-byte ``key`` from the credential store.

    Writers are not kept apart: whoever changes a value it has loaded holds
    `terminal_kit.folders.exclusive_lock` from one to the other.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"the key of a sealed file has {KEY_BYTES} bytes")
        self._path = path
        self._key = key
        self._associated_data = _MAGIC + _PURPOSE + os.fsencode(path.name)

    def load(self, shape: type[Value]) -> Value | None:
        """Give the value as ``shape``, any type msgspec decodes; ``None`` when nothing is saved.

        Raises `StateDamaged` for altered bytes, another key, another file's bytes or a value of
        another shape, and `OSError`.
        """
        import msgspec
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            with self._path.open("rb") as file:
                sealed = file.read(_FILE_BYTES_MAX + 1)
        except FileNotFoundError:
            return None
        start = len(_MAGIC) + _NONCE_BYTES
        nonce, ciphertext = sealed[len(_MAGIC) : start], sealed[start:]
        if not sealed.startswith(_MAGIC) or not ciphertext or len(sealed) > _FILE_BYTES_MAX:
            raise StateDamaged(path=str(self._path))
        try:
            plaintext = AESGCM(self._key).decrypt(nonce, ciphertext, self._associated_data)
            return msgspec.json.decode(plaintext, type=shape)
        except (InvalidTag, msgspec.DecodeError) as error:
            raise StateDamaged(path=str(self._path)) from error

    def save(self, value: object) -> None:
        """Replace the value, durably. Raises `OSError`."""
        import msgspec
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(_NONCE_BYTES)
        plaintext = msgspec.json.encode(value)
        ciphertext = AESGCM(self._key).encrypt(nonce, plaintext, self._associated_data)
        replace_file(self._path, _MAGIC + nonce + ciphertext)
