"""The wallet's screens as one program."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

from terminal_kit.language import N_
from terminal_kit.screens.app import KitApp
from wallet_api.contract.errors import DevicePending
from wallet_cli.screens.earlier import Earlier
from wallet_cli.screens.pin_popup import PopUps
from wallet_cli.screens.places import PLACES

if TYPE_CHECKING:
    from textual.events import Key, Paste
    from textual.screen import Screen

    from terminal_kit.screens.places import Place
    from terminal_kit.session import Chosen
    from wallet_api.contract.administration import JoinCard
    from wallet_api.contract.error_base import WalletError
    from wallet_api.contract.events import Event


class WalletApp(KitApp):
    """What `wallet` opens without a command.

    ``typed_at`` is when a key was pressed last (monotonic seconds), ``put_aside`` the payments that
    the person has left waiting for the PIN.
    """

    TITLE = N_("Wallet")
    PLACES: ClassVar[tuple[Place, ...]] = PLACES
    STILL_WORKS = N_("Your code still works.")

    #: What this device was told when it asked to join a wallet, in this run.
    joined: JoinCard | None = None

    def __init__(self, chosen: Chosen) -> None:
        super().__init__(chosen)
        self.typed_at = 0.0
        self.put_aside: set[str] = set()
        self.earlier = Earlier(self)
        self._pop_ups = PopUps(self)
        self._said: set[str] = set()

    def heard(self, event: Event | None) -> None:
        """Ask for the PIN where a payment needs it, and for what has no known outcome."""
        self._pop_ups.hear(event)
        if event is None:
            self.earlier.ask()

    def cover(self, error: WalletError) -> Screen[None] | None:
        """Show a device that has joined a wallet what it waits for."""
        if isinstance(error, DevicePending):
            from wallet_cli.screens.letting_in import LettingIn

            return LettingIn(self.joined)
        return super().cover(error)

    def is_news(self, payment: str) -> bool:
        """Say whether nobody was told yet what became of a payment; from now on somebody was."""
        if payment in self._said:
            return False
        self._said.add(payment)
        return True

    def sees(self, event: Key | Paste) -> bool:
        """Notice when somebody types."""
        self.typed_at = time.monotonic()
        return super().sees(event)
