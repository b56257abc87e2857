"""The keys of a device, all derived from one 32-byte secret in the credential store (RFC 5869)."""

from __future__ import annotations

import secrets
from functools import cached_property
from typing import TYPE_CHECKING

from wallet_api.contract.derivation import derive

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

SECRET_NAME = "device"  # noqa: S105 - the name of the entry, not what it holds
SECRET_BYTES = 32


def new_secret() -> bytes:
    """Make the secret of a new device."""
    return secrets.token_bytes(SECRET_BYTES)


class DeviceKeys:
    """What a device signs with, makes payer codes with, and seals its state with."""

    def __init__(self, secret: bytes) -> None:
        assert len(secret) == SECRET_BYTES, "a device's secret has 32 bytes"
        self._secret = secret

    @cached_property
    def signing(self) -> Ed25519PrivateKey:
        """The key that signs requests and approvals."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(derive(self._secret, "device signing"))

    @cached_property
    def code(self) -> X25519PrivateKey:
        """The device's half of the payer codes' key agreement."""
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        return X25519PrivateKey.from_private_bytes(derive(self._secret, "device payer codes"))

    @cached_property
    def state(self) -> bytes:
        """The key of the profile's sealed state (32 bytes)."""
        return derive(self._secret, "device state")
