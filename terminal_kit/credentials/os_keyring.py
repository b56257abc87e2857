"""The password store of the operating system, through the ``keyring`` library.

Only backends that encrypt at rest under the user's login are used: Secret Service, libsecret,
KWallet, macOS Keychain and Windows Credential Manager. Every call has a time limit, because a
locked or broken Secret Service may block for ever.
"""

from __future__ import annotations

import base64
import binascii
import queue
import threading
from typing import TYPE_CHECKING, TypeVar

from terminal_kit.credentials.store import StoreDescription, check_name, check_secret
from terminal_kit.language import _
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import SecretMissing, StoreLocked, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyring.backend import KeyringBackend

Answer = TypeVar("Answer")

SERVICE = "terminal-wallet"
LIMIT_SECONDS = 5.0
ALLOWED_BACKENDS = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }
)


class OsKeyring:
    """Keeps each secret of one profile as an entry of its own, as base64 text.

    ``home`` is the id of the ``WALLET_HOME`` in use; it keeps the entries of two homes apart.
    """

    def __init__(
        self,
        program: str,
        profile: str,
        *,
        home: str | None = None,
        limit_seconds: float = LIMIT_SECONDS,
    ) -> None:
        self._owner = ":".join(part for part in (home, program, profile) if part)
        self._limit_seconds = limit_seconds

    def read(self, name: str) -> bytes:
        """Give a secret. Raises `SecretMissing`, `StoreLocked` or `StoreUnavailable`."""
        user = self._user(name)
        text = self._ask(lambda backend: backend.get_password(SERVICE, user))
        if text is None:
            raise SecretMissing(name=name)
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as error:
            raise StoreUnavailable(
                reason=_("the entry {name} is not what was stored there.").format(name=user)
            ) from error

    def write(self, name: str, secret: bytes) -> None:
        """Keep a secret. Raises `StoreLocked` or `StoreUnavailable`."""
        check_secret(secret)
        user = self._user(name)
        text = base64.b64encode(secret).decode("ascii")

        def put(backend: KeyringBackend) -> bool:
            backend.set_password(SERVICE, user, text)
            # Some backends drop an entry without an error, and a lost device key is lost money.
            return backend.get_password(SERVICE, user) == text

        if not self._ask(put):
            raise StoreUnavailable(reason=_("it took the secret but does not give it back."))

    def remove(self, name: str) -> None:
        """Forget a secret. Raises `SecretMissing`, `StoreLocked` or `StoreUnavailable`."""
        user = self._user(name)

        def take(backend: KeyringBackend) -> bool:
            # Backends report a missing entry and a refusal by the same exception.
            if backend.get_password(SERVICE, user) is None:
                return False
            backend.delete_password(SERVICE, user)
            return True

        if not self._ask(take):
            raise SecretMissing(name=name)

    def describe(self) -> StoreDescription:
        """Name the backend and try one read, at which the system may ask a person to unlock."""
        detail = _("the system's password store")
        user = self._user("probe")
        try:
            detail = self._ask(class_name)
            self._ask(lambda backend: backend.get_password(SERVICE, user))
        except StoreLocked:
            return StoreDescription("os", detail, "locked")
        except StoreUnavailable as error:
            return StoreDescription("os", error.details["reason"], "absent")
        return StoreDescription("os", detail, "ready")

    def _user(self, name: str) -> str:
        check_name(name)
        return f"{self._owner}:{name}"

    def _ask(self, question: Callable[[KeyringBackend], Answer]) -> Answer:
        """Put a question to the backend within the time limit, in the three errors of a store."""
        answers: queue.SimpleQueue[tuple[Answer] | Exception] = queue.SimpleQueue()

        def work() -> None:
            try:
                answers.put((question(allowed_backend()),))
            except Exception as error:  # noqa: BLE001 - each platform's backend raises its own
                answers.put(error)

        # A blocked thread cannot be ended; a daemon thread at least does not hold up the exit.
        threading.Thread(target=work, name="keyring", daemon=True).start()
        try:
            answer = answers.get(timeout=self._limit_seconds)
        except queue.Empty:
            reason = _("no answer from the system's password store in {seconds} s.")
            raise StoreUnavailable(
                reason=reason.format(seconds=f"{self._limit_seconds:g}")
            ) from None
        if isinstance(answer, Exception):
            raise store_error(answer) from answer
        return answer[0]


def allowed_backend() -> KeyringBackend:
    """Give the allowed backend that ``keyring`` finds or is configured to use.

    A chainer would write to the first of its backends and read from all, so the first allowed
    one inside it is used instead. Raises `StoreUnavailable` when there is none.
    """
    import keyring
    from keyring.backends.chainer import ChainerBackend

    found = keyring.get_keyring()
    candidates = found.backends if isinstance(found, ChainerBackend) else [found]
    for backend in candidates:
        if class_name(backend) in ALLOWED_BACKENDS:
            return backend
    reason = _("this system has no password store to trust ({name}).")
    raise StoreUnavailable(reason=reason.format(name=class_name(found)))


def class_name(backend: KeyringBackend) -> str:
    """Give the full name of a backend's class."""
    kind = type(backend)
    return f"{kind.__module__}.{kind.__qualname__}"


def store_error(error: Exception) -> WalletError:
    """Say in the errors of a store what a backend raised."""
    if isinstance(error, WalletError):
        return error
    locked = _locked_errors()
    if isinstance(error, locked) or isinstance(error.__cause__, locked):
        reason = _("the system's password store is locked. Unlock it and try again.")
        return StoreLocked(reason=reason)
    return StoreUnavailable(reason=f"{type(error).__name__}: {str(error).rstrip('.')}.")


def _locked_errors() -> tuple[type[Exception], ...]:
    from keyring.errors import KeyringLocked

    try:
        from secretstorage.exceptions import LockedException, PromptDismissedException
    except ImportError:  # SecretStorage exists on Linux only.
        return (KeyringLocked,)
    return (KeyringLocked, LockedException, PromptDismissedException)
