"""A charge that needs my PIN comes up wherever I am, in turn, and never over what I type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from terminal_kit.session import Session
from tests.end_to_end.programs import PIN, WALLET
from tests.stage.others import charge, own_code
from tests.stage.playing import Player, play
from wallet_cli.screens.app import WalletApp
from wallet_cli.screens.home import Home
from wallet_cli.screens.pin_popup import TYPING_SECONDS, PinPopUp
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from tests.end_to_end.conftest import NothingMoves
    from tests.end_to_end.programs import Programs
    from tests.end_to_end.services import Service

SERVE = ("--lab",)
LARGE_SUM = 1_200_00


def scanned(minor: int = LARGE_SUM, note: str | None = None) -> str:
    """Have the till scan one of my codes for a large amount, and give the charge's id."""
    made = charge(minor, code=own_code(), note=note)
    assert made.state == "awaiting_payer"
    return made.id


async def at_home(player: Player) -> None:
    await player.see("● live", "Last movements")


def test_it_comes_up_and_is_paid_with_the_pin(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_home(player)
        player.app.go("history")
        await player.apart(lambda: scanned(note="Table 5"))
        await player.see("A till asks for your PIN", "Corner Café", "Table 5")
        await player.see("0:5")
        await player.write("135790")
        await player.press("enter")
        await player.see("✗ The PIN is wrong.", "Tries left: 2")
        await player.write(PIN)
        await player.press("enter")
        await player.see("✓ Paid", "CN¥1,200.00", "CN¥1,300.00")
        await player.press("enter")
        await player.see("History")

    play(lambda: WalletApp(WALLET), scenario)
    assert shop.balances()[0] == 2500_00 - LARGE_SUM


def test_the_pin_may_be_typed_before_it_is_drawn(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_home(player)
        await player.apart(scanned)
        await player.until(lambda: isinstance(player.app.screen, PinPopUp), "the question")
        player.type_at_once(PIN, "enter")
        await player.see("✓ Paid")

    play(lambda: WalletApp(WALLET), scenario)
    assert shop.balances()[0] == 2500_00 - LARGE_SUM


def test_several_queue_up_and_each_is_answered(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_home(player)
        await player.apart(lambda: scanned(1_100_00, "first"))
        await player.see("A till asks for your PIN", "first")
        await player.apart(lambda: scanned(1_200_00, "second"))
        await player.see("(1 of 2)", "first")
        await player.click("#decline")
        await player.see("✗ Not paid", "CN¥1,100.00", "declined")
        await player.press("enter")
        await player.see("A till asks for your PIN", "second")
        assert "of 2" not in player.text()
        await player.write(PIN)
        await player.click("#confirm")
        await player.see("✓ Paid", "CN¥1,200.00")

    play(lambda: WalletApp(WALLET), scenario)
    assert shop.balances()[0] == 2500_00 - LARGE_SUM


def test_put_off_it_waits_and_does_not_come_up_again(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    async def scenario(player: Player) -> None:
        await at_home(player)
        await player.apart(scanned)
        await player.see("A till asks for your PIN")
        await player.press("escape")
        await player.see("Waiting for you: 1")
        player.app.heard(None)
        await player.pilot.pause(0.3)
        assert isinstance(player.app.screen, Home)
        await player.press("w")
        await player.see("Payment: your PIN", "CN¥1,200.00")

    with nothing_moves():
        play(lambda: WalletApp(WALLET), scenario)


def test_it_waits_while_somebody_types(shop: Programs, nothing_moves: NothingMoves) -> None:
    async def scenario(player: Player) -> None:
        await at_home(player)
        await player.press("p")
        await player.see("Paste or type a code")
        await player.apart(scanned)
        for letter in "0002010102":
            await player.press(letter)
            await player.pilot.pause(TYPING_SECONDS / 5)
            assert not isinstance(player.app.screen, PinPopUp)
        assert player.widget("#code", Input).value == "0002010102"
        await player.see("A till asks for your PIN")

    with nothing_moves():
        play(lambda: WalletApp(WALLET), scenario)


def test_it_goes_away_when_it_is_over_or_decided_elsewhere(
    shop: Programs, service: Service
) -> None:
    def decline() -> None:
        with Session(WALLET) as session:
            wallet = Wallet(session)
            wallet.decline(wallet.pending().items[0])
            session.state.forget_answered()

    async def scenario(player: Player) -> None:
        await at_home(player)
        await player.apart(scanned)
        await player.see("A till asks for your PIN")
        await player.apart(decline)
        await player.see_no("A till asks for your PIN")
        await player.apart(scanned)
        await player.see("A till asks for your PIN")
        await player.apart(lambda: service.advance(61))
        await player.see_no("A till asks for your PIN")

    play(lambda: WalletApp(WALLET), scenario)
    assert shop.balances()[0] == 2500_00


def test_what_waits_since_before_the_start_comes_up_too(shop: Programs) -> None:
    scanned()

    async def scenario(player: Player) -> None:
        await player.see("A till asks for your PIN", "CN¥")

    play(lambda: WalletApp(WALLET), scenario)
