"""The wallet's screens as one program."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from terminal_kit.screens.app import KitApp
from wallet_cli.screens.places import PLACES

if TYPE_CHECKING:
    from terminal_kit.screens.places import Place


class WalletApp(KitApp):
    """What `wallet` opens without a command."""

    TITLE = "Wallet"
    PLACES: ClassVar[tuple[Place, ...]] = PLACES
