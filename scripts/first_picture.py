"""Shows that an installed wallet and till open their screens, without a terminal; prints which."""

from __future__ import annotations

import asyncio

from pos.screens.app import TillApp
from terminal_kit.session import Chosen
from wallet_cli.screens.app import WalletApp


async def open_screens(app: WalletApp | TillApp) -> None:
    """Open a program that has no profile yet, and name the screen that it shows."""
    async with app.run_test(size=(80, 24)) as pilot:
        while len(app.screen_stack) < 2:  # Textual's own empty screen lies under every other.
            await pilot.pause(0.05)
        await pilot.pause()
        print(f"{app.title}: {type(app.screen).__name__}")


async def main() -> None:
    """Open both programs."""
    await open_screens(WalletApp(Chosen("wallet", "default")))
    await open_screens(TillApp(Chosen("pos", "default")))


if __name__ == "__main__":
    asyncio.run(main())
