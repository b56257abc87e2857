"""A file that keeps all secrets of one profile, encrypted under a passphrase.

For machines without a password store of their own. `file_format` describes its bytes.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from terminal_kit.credentials.file_format import (
    CannotOpenError,
    KeyDerivation,
    derivation_of,
    seal,
    unseal,
)
from terminal_kit.credentials.passphrase import (
    ask_on_terminal,
    asked_new_passphrase,
    asked_passphrase,
    given_passphrase,
)
from terminal_kit.credentials.store import StoreDescription, check_name, check_secret
from terminal_kit.folders import exclusive_lock, replace_file
from terminal_kit.language import _
from terminal_kit.words import system_reason
from wallet_api.contract.errors import SecretMissing, StoreLocked, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from terminal_kit.credentials.passphrase import Ask

LIMIT_SECONDS = 5.0

_FILE_BYTES_MAX = 1024 * 1024


class EncryptedFile:
    """Keeps secrets in one file that is replaced whole, by one writer at a time.

    The passphrase is taken on first use and only the key stays in memory, so later calls derive
    nothing. ``ask`` shows a prompt and gives what a person typed; ``limit_seconds`` bounds the
    wait for another writer.
    """

    def __init__(
        self, path: Path, *, ask: Ask = ask_on_terminal, limit_seconds: float = LIMIT_SECONDS
    ) -> None:
        self._path = path
        self._ask = ask
        self._limit_seconds = limit_seconds
        self._unlocked: tuple[KeyDerivation, bytes] | None = None

    def read(self, name: str) -> bytes:
        """Give a secret. Raises `SecretMissing`, `StoreLocked` or `StoreUnavailable`."""
        check_name(name)
        secrets = self._load(self._ask)
        if name not in secrets:
            raise SecretMissing(name=name)
        return secrets[name]

    def write(self, name: str, secret: bytes) -> None:
        """Keep a secret, making the file if need be. Raises `StoreLocked` or `StoreUnavailable`."""
        check_name(name)
        check_secret(secret)
        self._unlock()
        with self._changing() as secrets:
            secrets[name] = secret

    def remove(self, name: str) -> None:
        """Forget a secret. Raises `SecretMissing`, `StoreLocked` or `StoreUnavailable`."""
        self.read(name)
        with self._changing() as secrets:
            secrets.pop(name, None)

    def describe(self) -> StoreDescription:
        """Say whether the file opens with the key in memory or the passphrase file."""
        try:
            made = self._sealed() is not None
            self._load(lambda _prompt: "")
        except StoreLocked:
            return StoreDescription("file", str(self._path), "locked")
        except StoreUnavailable:
            return StoreDescription("file", str(self._path), "absent")
        return StoreDescription("file", str(self._path), "ready" if made else "absent")

    def _unlock(self) -> None:
        """Get the key before the lock: others must not wait while a person types."""
        if self._sealed() is not None:
            self._load(self._ask)
        elif self._unlocked is None:
            passphrase = given_passphrase() or asked_new_passphrase(self._path, self._ask)
            derivation = KeyDerivation.fresh()
            self._unlocked = derivation, derivation.key(passphrase)

    @contextlib.contextmanager
    def _changing(self) -> Iterator[dict[str, bytes]]:
        """Give the secrets to change, then replace the file, under the lock; none need no file."""
        lock = self._path.with_name(f"{self._path.name}.lock")
        try:
            with exclusive_lock(lock, self._limit_seconds):
                secrets = self._load(self._ask)
                yield secrets
                assert self._unlocked, "a loaded file or a new passphrase has left a key"
                if secrets:
                    replace_file(self._path, seal(secrets, *self._unlocked))
                else:
                    self._path.unlink(missing_ok=True)
        except TimeoutError as error:
            raise StoreUnavailable(
                reason=_("another program has held {lock} for {seconds} s.").format(
                    lock=lock, seconds=f"{self._limit_seconds:g}"
                )
            ) from error
        except OSError as error:
            raise self._unavailable(_("{path} cannot be written: {reason}."), error) from error

    def _load(self, ask: Ask) -> dict[str, bytes]:
        """Decrypt the file as it is now; a file not made yet holds nothing."""
        sealed = self._sealed()
        if sealed is None:
            return {}
        try:
            return unseal(sealed, self._key(derivation_of(sealed), ask))
        except CannotOpenError as error:
            # A key that does not fit must not be tried again: let the passphrase be taken anew.
            self._unlocked = None
            reason = _("{path} cannot be opened: {reason}.")
            raise StoreLocked(reason=reason.format(path=self._path, reason=error)) from error

    def _key(self, derivation: KeyDerivation, ask: Ask) -> bytes:
        if self._unlocked is None or self._unlocked[0] != derivation:
            passphrase = given_passphrase() or asked_passphrase(self._path, ask)
            self._unlocked = derivation, derivation.key(passphrase)
        return self._unlocked[1]

    def _sealed(self) -> bytes | None:
        try:
            with self._path.open("rb") as file:
                sealed = file.read(_FILE_BYTES_MAX + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unavailable(_("{path} cannot be read: {reason}."), error) from error
        if len(sealed) > _FILE_BYTES_MAX:
            reason = _("{path} cannot be opened: it is too large.")
            raise StoreLocked(reason=reason.format(path=self._path))
        return sealed

    def _unavailable(self, reason: str, error: OSError) -> Exception:
        return StoreUnavailable(reason=reason.format(path=self._path, reason=system_reason(error)))
