"""How the card of a code looks, in both languages, sizes and themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.end_to_end.programs import WALLET
from tests.stage.snapshots import snapshot
from wallet_cli.screens.app import WalletApp

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs
    from tests.stage.playing import Player

UPI = "upi://pay?pa=shop@example&pn=Corner%20Shop%20茶&am=10.00&cu=INR&tr=ORDER1"
WRONG = "upi://pay?pa=shop&am=1.999"


async def ready(player: Player) -> None:
    """Wait for home with all its parts."""
    await player.until(lambda: player.app.link.is_live, "the line")
    await player.see("Alice 王", "¥2,500.00")


def test_cards(shop: Programs) -> None:
    async def decode(player: Player) -> None:
        await ready(player)
        player.app.action_go("decode")
        await player.see("F2", "F3", "F4", "esc")

    async def card(player: Player) -> None:
        await decode(player)
        await player.paste(UPI)
        await player.press("enter")
        await player.see("Corner Shop 茶", "10.00 INR", "esc")

    async def foreign(player: Player) -> None:
        await ready(player)
        await player.press("p")
        await player.until(lambda: bool(player.app.screen.query("#code")))
        await player.paste(WRONG)
        await player.press("enter")
        await player.see("amount_precision", "esc")

    snapshot("wallet-decode", lambda: WalletApp(WALLET), decode)
    snapshot("wallet-decode-card", lambda: WalletApp(WALLET), card)
    snapshot("wallet-pay-foreign", lambda: WalletApp(WALLET), foreign)
