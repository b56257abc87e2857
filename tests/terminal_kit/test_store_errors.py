"""What backends raise, in the errors of a store."""

from __future__ import annotations

import pytest
from keyring.errors import (
    InitError,
    KeyringError,
    KeyringLocked,
    NoKeyringError,
    PasswordDeleteError,
    PasswordSetError,
)

from terminal_kit.credentials.os_keyring import store_error
from wallet_api.contract.errors import StoreLocked, StoreUnavailable


def test_a_locked_keyring_is_locked() -> None:
    error = store_error(KeyringLocked("Failed to unlock the collection!"))
    assert isinstance(error, StoreLocked)
    assert error.exit_code == 4


@pytest.mark.parametrize("name", ["LockedException", "PromptDismissedException"])
def test_a_secret_service_that_nobody_unlocks_is_locked(name: str) -> None:
    kind = getattr(pytest.importorskip("secretstorage"), name)
    wrapped = InitError("Failed to create the collection")
    wrapped.__cause__ = kind("Prompt dismissed..")
    for error in (kind("Item is locked!"), wrapped):
        assert isinstance(store_error(error), StoreLocked)


@pytest.mark.parametrize(
    "kind",
    [
        InitError,
        KeyringError,
        NoKeyringError,
        PasswordDeleteError,
        PasswordSetError,
        EOFError,
        ImportError,
        OSError,
        RuntimeError,
        TimeoutError,
    ],
)
def test_everything_else_is_unavailable_and_says_why(kind: type[Exception]) -> None:
    error = store_error(kind("The backend's own words."))
    assert isinstance(error, StoreUnavailable)
    assert f"{kind.__name__}: The backend's own words. " in str(error)
