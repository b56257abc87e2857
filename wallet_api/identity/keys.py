"""The service's root key and all that is derived from it.

32 random bytes outside the database; each use has its own HKDF-SHA-256 label (RFC 5869), so no
derived key tells anything of another. The database holds a check value, so that a wrong key stops
the start instead of locking every PIN.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import cached_property
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from wallet_api.contract.derivation import derive

if TYPE_CHECKING:
    from wallet_api.store.database import Transaction

ROOT_BYTES = 32


class WrongRootKeyError(Exception):
    """The key file is not the one that the database was made with; nothing was changed."""


class Keys:
    """The keys of one service, derived from its root key (32 bytes)."""

    def __init__(self, root: bytes) -> None:
        assert len(root) == ROOT_BYTES, "the root key has 32 bytes"
        self._root = root

    @cached_property
    def database(self) -> bytes:
        """The key of the encrypted database file (32 bytes)."""
        return derive(self._root, "database")

    @cached_property
    def pin(self) -> bytes:
        """The key of the PIN verifiers (32 bytes)."""
        return derive(self._root, "pin")

    def webhook(self, webhook: str) -> bytes:
        """Give the secret (32 bytes) that a merchant's webhook, of this id, is signed with."""
        return derive(self._root, f"webhook {webhook}")

    @cached_property
    def evidence(self) -> bytes:
        """The key of the digests of what proves an identity (32 bytes)."""
        return derive(self._root, "evidence")

    @cached_property
    def signing(self) -> Ed25519PrivateKey:
        """The key that proves the service to its clients and signs journal heads."""
        return Ed25519PrivateKey.from_private_bytes(derive(self._root, "signing"))

    @cached_property
    def code(self) -> X25519PrivateKey:
        """The service's half of the payer codes' key agreement."""
        return X25519PrivateKey.from_private_bytes(derive(self._root, "payer codes"))

    @cached_property
    def signing_public(self) -> bytes:
        """The public half of ``signing`` (32 bytes)."""
        return self.signing.public_key().public_bytes_raw()

    @cached_property
    def code_public(self) -> bytes:
        """The public half of ``code`` (32 bytes)."""
        return self.code.public_key().public_bytes_raw()

    @cached_property
    def check_value(self) -> bytes:
        """What the database keeps to recognise this key (32 bytes)."""
        return hmac.digest(derive(self._root, "check"), b"check", hashlib.sha256)


def recognised(transaction: Transaction, keys: Keys) -> bool:
    """Say whether these are the keys that the database was made with."""
    row = transaction.one("SELECT value FROM meta WHERE name = 'key check'")
    return row is not None and hmac.compare_digest(row[0], keys.check_value)


def recognise(transaction: Transaction, keys: Keys) -> None:
    """Check the keys against the database; a new database takes them.

    Raises WrongRootKeyError.
    """
    if transaction.one("SELECT 1 FROM meta WHERE name = 'key check'") is None:
        transaction.run("INSERT INTO meta (name, value) VALUES ('key check', ?)", keys.check_value)
    if not recognised(transaction, keys):
        raise WrongRootKeyError
