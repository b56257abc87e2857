"""What every credential store can do, and what it may hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, Protocol

#: Base64 of this many bytes has 1196 characters; Windows holds about 1280 in an entry.
SECRET_BYTES_MAX = 897

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


@dataclass(frozen=True)
class StoreDescription:
    """A store in words that hold no secret.

    ``detail`` is the backend's class, the file's path or the reason why there is none. ``absent``
    says that no store answers, or that its file is not made yet.
    """

    kind: Literal["os", "file", "memory"]
    detail: str
    state: Literal["ready", "locked", "absent"]


class CredentialStore(Protocol):
    """Keeps the secrets of one profile by name.

    Every method may raise `StoreLocked` and `StoreUnavailable`, except `describe`.
    """

    def read(self, name: str) -> bytes:
        """Give a secret. Raises `SecretMissing` when there is none of that name."""
        ...

    def write(self, name: str, secret: bytes) -> None:
        """Keep a secret, in place of any other of that name; durable on return."""
        ...

    def remove(self, name: str) -> None:
        """Forget a secret. Raises `SecretMissing` when there is none of that name."""
        ...

    def describe(self) -> StoreDescription:
        """Say what the store is and whether it would answer now; never asks on the terminal."""
        ...


def check_name(name: str) -> None:
    """Refuse a name that some store could not hold, with `ValueError`."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name for a secret")


def check_secret(secret: bytes) -> None:
    """Refuse a secret that some store could not hold, with `ValueError`."""
    if not 0 < len(secret) <= SECRET_BYTES_MAX:
        raise ValueError(f"a secret has 1 to {SECRET_BYTES_MAX} bytes")
