"""Stores, buses and an environment that leads nowhere near the user's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal_kit.credentials.os_keyring import OsKeyring
from tests.terminal_kit import secret_service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.terminal_kit.secret_service import SessionBus


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WALLET_HOME", "WALLET_PASSPHRASE_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def bus() -> Iterator[SessionBus]:
    with secret_service.session_bus() as made:
        yield made


@pytest.fixture
def unlocked_bus(bus: SessionBus) -> Iterator[SessionBus]:
    with secret_service.secret_service(bus, "login password"):
        yield bus


@pytest.fixture
def os_keyring(unlocked_bus: SessionBus, monkeypatch: pytest.MonkeyPatch) -> OsKeyring:
    """Give the OS keyring of this process, led to the Secret Service of the test."""
    import keyring.core

    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", unlocked_bus.address)
    backend = keyring.core.load_keyring("keyring.backends.SecretService.Keyring")
    # The library keeps the backend it found first, which may be that of an earlier test.
    monkeypatch.setattr(keyring.core, "_keyring_backend", backend)
    return OsKeyring("wallet", "test", limit_seconds=15)
