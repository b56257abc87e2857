"""The line to the bank: lost, found again, moved; and what the screens say meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Digits

from tests.end_to_end.programs import WALLET, Programs
from tests.stage.playing import Player, play
from wallet_cli.screens.app import WalletApp

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_an_embedded_service_that_was_killed_is_found_where_it_starts_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = Programs(tmp_path)
    for name, value in programs.environment.items():
        monkeypatch.setenv(name, value)
    programs.open_shop(money="12")

    async def scenario(player: Player) -> None:
        await player.see("● live")
        await player.until(lambda: player.widget("#balance", Digits).value == "12.00")
        await player.apart(lambda: programs.run("wallet-api", "stop"))
        # The screens start it again by themselves, at another address.
        await player.see("● live")
        await player.apart(lambda: programs.run("wallet", "top-up", "30"))
        await player.until(lambda: player.widget("#balance", Digits).value == "42.00")

    try:
        play(lambda: WalletApp(WALLET), scenario)
    finally:
        programs.run("wallet-api", "stop")
        programs.close()
