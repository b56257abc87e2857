"""A wallet whose secrets are in this system's password store: the first run, locked, unlocked."""

from __future__ import annotations

import gc
import threading
import warnings
from contextlib import ExitStack
from typing import TYPE_CHECKING

import keyring.core
import pytest
from textual.widgets import OptionList

from terminal_kit.profiles import load_profile
from tests.end_to_end.programs import PIN, WALLET
from tests.stage.playing import Player, play
from tests.terminal_kit import secret_service
from tests.wallet_cli.screens.test_first_run import give_name, give_twice
from wallet_cli.screens.app import WalletApp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.end_to_end.programs import Programs
    from tests.terminal_kit.secret_service import SessionBus

pytestmark = pytest.mark.keyring

LOGIN = "login password"


class Store:
    """The Secret Service of this process, which is there with its keyring open or locked."""

    def __init__(self, bus: SessionBus, stack: ExitStack) -> None:
        self._bus = bus
        self._stack = stack

    def begin(self, password: str | None) -> None:
        """Start anew, locked without a password."""
        self._stack.close()
        self._stack.enter_context(secret_service.secret_service(self._bus, password))


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Give an open store that this process finds."""
    with secret_service.session_bus() as bus, ExitStack() as stack:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        made = Store(bus, stack)
        made.begin(LOGIN)
        backend = keyring.core.load_keyring("keyring.backends.SecretService.Keyring")
        monkeypatch.setattr(keyring.core, "_keyring_backend", backend)
        yield made
        monkeypatch.undo()
        del backend
        # The backend leaves connections to the bus behind, which no later test may find.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            # Whoever still waits for the service has an end with it.
            stack.close()
            for thread in threading.enumerate():
                if thread.name == "keyring":
                    thread.join()
            gc.collect()


def test_the_systems_store_is_named_taken_and_waited_for(town: Programs, store: Store) -> None:
    async def opening(player: Player) -> None:
        await give_name(player)
        await player.see("✓ This system's password store (Secret Service)", "✓ An encrypted file")
        await player.until(lambda: isinstance(player.app.focused, OptionList))
        await player.press("enter")
        await give_twice(player, "Step 3 of 5", PIN)
        await player.see("✓ Your wallet is open")
        await player.press("enter")
        await player.see("● live", "Zoë")

    play(lambda: WalletApp(WALLET), opening)
    assert load_profile("wallet", "default").store == "os"
    store.begin(None)

    async def coming_back(player: Player) -> None:
        await player.see("◌ This system's password store is locked", "Try again")
        await player.apart(lambda: store.begin(LOGIN))
        await player.press("enter")
        await player.see("● live", "Zoë")

    play(lambda: WalletApp(WALLET), coming_back)
