"""Home, as its owner sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Digits

from payment_codes.amount import parse_amount
from terminal_kit.session import Session
from tests.end_to_end.programs import WALLET
from tests.stage.playing import Player, play
from wallet_cli.bank import Bank
from wallet_cli.screens.app import WalletApp

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs


def test_home_shows_the_balance_and_follows_it(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.see("Alice 王", "● live")

        def top_up() -> None:
            with Session(WALLET) as session:
                Bank(session).top_up(parse_amount("12", "CNY"))

        await player.apart(top_up)
        await player.until(lambda: player.widget("#balance", Digits).value == "2512.00")

    play(lambda: WalletApp(WALLET), scenario)
