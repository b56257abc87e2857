"""The wallet's settings."""

from __future__ import annotations

from typing import ClassVar

from terminal_kit.screens.settings_screen import SettingsScreen
from wallet_cli.wallet import Wallet


class WalletSettings(SettingsScreen):
    """Profile, language, theme, motion, and the doors to limits and devices."""

    DOORS: ClassVar[tuple[str, ...]] = ("limits", "devices", "help")

    def name_of(self) -> str:
        """Ask for the wallet's owner; see `SettingsScreen`."""
        return Wallet(self.desk.session).card().name
