"""A store that ends with the process, for tests."""

from __future__ import annotations

from terminal_kit.credentials.store import StoreDescription, check_name, check_secret
from terminal_kit.language import _
from wallet_api.contract.errors import SecretMissing


class Memory:
    """Keeps secrets in a dictionary."""

    def __init__(self) -> None:
        self._secrets: dict[str, bytes] = {}

    def read(self, name: str) -> bytes:
        """Give a secret. Raises `SecretMissing`."""
        check_name(name)
        if name not in self._secrets:
            raise SecretMissing(name=name)
        return self._secrets[name]

    def write(self, name: str, secret: bytes) -> None:
        """Keep a secret until the process ends."""
        check_name(name)
        check_secret(secret)
        self._secrets[name] = secret

    def remove(self, name: str) -> None:
        """Forget a secret. Raises `SecretMissing`."""
        self.read(name)
        del self._secrets[name]

    def describe(self) -> StoreDescription:
        """Say that the store is ready."""
        return StoreDescription("memory", _("this process only"), "ready")
