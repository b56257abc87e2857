"""The limits and the way to a higher tier, as their owner sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from tests.end_to_end.programs import WALLET
from tests.stage.playing import Player, play
from tests.stage.snapshots import snapshot
from wallet_cli.screens.app import WalletApp

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs


async def at_limits(player: Player) -> None:
    await player.until(lambda: player.app.link.is_live)
    player.app.go("limits")
    await player.see(" 2,000.00")


def test_limits_show_what_is_left_and_the_tier_is_raised_by_evidence(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_limits(player)
        await player.see("Tier IV", "left of", "Without the PIN: 10 more payments")
        await player.press("t")
        await player.see("For tier III the bank needs:")
        await player.click("#send")
        await player.see("Fill in every field. Nothing was sent.")
        player.widget("#field-name", Input).value = "Alice"
        player.widget("#field-identity_number", Input).value = "1101 0519 4912 3100 2X"
        player.widget("#field-identity_number", Input).focus()
        await player.press("enter")
        await player.see("✓ The wallet is in tier III now.", "Simulated")
        await player.press("enter")
        await player.see("Tier III")

    play(lambda: WalletApp(WALLET), scenario)


def test_evidence_that_is_wrong_is_refused_in_place(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_limits(player)
        await player.see("Tier IV")
        await player.press("t")
        await player.see("For tier III the bank needs:")
        await player.write("Alice")
        await player.press("enter")
        await player.write("123")
        await player.press("enter")
        await player.see("✗")
        await player.press("escape")
        await player.see("Tier IV")

    play(lambda: WalletApp(WALLET), scenario)


def test_limits_look_as_they_did(shop: Programs) -> None:
    snapshot("wallet-limits", lambda: WalletApp(WALLET), at_limits)
