"""The first run at a bank that lets in whom it has invited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from terminal_kit.credentials.choose import FILE_NAME as SECRETS
from terminal_kit.profiles import profile_folder
from tests.end_to_end.programs import WALLET
from tests.stage.playing import Player, play
from tests.wallet_cli.screens.test_first_run import give_name, give_twice, take_file
from wallet_cli.screens.app import WalletApp

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs
    from tests.end_to_end.services import Service

SERVE = ("--enrolment", "invite")


def test_the_invitation_is_asked_for_until_the_bank_takes_it(
    town: Programs, service: Service
) -> None:
    made = town.json("wallet-api", "invite", "customer", "--database", service.database)

    async def scenario(player: Player) -> None:
        await give_name(player)
        await take_file(player)
        await give_twice(player, "Choose a PIN", "")
        await player.see("Your invitation", "This bank lets in whom it has invited.")
        await player.until(lambda: isinstance(player.app.focused, Input))
        player.widget("#invite", Input).value = "0000-0000-0000-0000"
        await player.press("enter")
        await player.see("The invitation is not known here.")
        left = {one.name for one in profile_folder("wallet", "default").iterdir()}
        assert SECRETS not in left, "what came to nothing is taken away again"
        await player.until(lambda: isinstance(player.app.focused, Input))
        player.widget("#invite", Input).value = made["invite"]
        await player.press("enter")
        await player.see("✓ Your wallet is open")

    play(lambda: WalletApp(WALLET), scenario)
