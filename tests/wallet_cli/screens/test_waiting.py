"""What waits for me: confirmed, declined, taken from one list, live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Button

from terminal_kit.session import Session
from tests.end_to_end.programs import PIN, WALLET
from tests.stage.others import FRIEND, FRIEND_NAME, cny, open_friend, owner
from tests.stage.playing import Player, play
from wallet_api.contract.people import GiftRequest
from wallet_cli.bank import Bank
from wallet_cli.gifts import Gifts
from wallet_cli.people import People
from wallet_cli.requests import Requests
from wallet_cli.screens.app import WalletApp

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs


def asked(minor: int, note: str) -> None:
    own = owner()
    with Session(FRIEND) as session:
        Requests(session).ask(own, cny(minor), note)
        session.state.forget_answered()


def given() -> None:
    own = owner()
    with Session(FRIEND) as session:
        Bank(session).top_up(cny(100_00))
        Gifts(session).give(GiftRequest(amount=cny(8_88), receiver=own))
        session.state.forget_answered()


def begun(minor: int, friend: str) -> None:
    """Begin a transfer that needs the PIN, and leave it."""
    with Session(WALLET) as session:
        people = People(session)
        people.send(people.payee(friend), cny(minor))
        session.state.forget_answered()


async def at_waiting(player: Player) -> None:
    await player.see("● live", "Last movements")
    await player.press("w")


def test_requests_are_paid_or_declined_and_new_ones_come_by_themselves(shop: Programs) -> None:
    open_friend()

    async def scenario(player: Player) -> None:
        await at_waiting(player)
        await player.see("✓ Nothing waits for you.")
        await player.apart(lambda: asked(42_00, "Dinner"))
        await player.see("◌ Asks you for money", FRIEND_NAME, "CN¥42.00")
        await player.press("enter")
        await player.see("Dinner", "CN¥2,458.00")
        await player.until(lambda: not player.widget("#confirm", Button).disabled)
        await player.press("enter")
        await player.see("✓ Sent", "CN¥42.00")
        await player.press("enter")
        await player.see("✓ Nothing waits for you.")
        await player.apart(lambda: asked(43_00, "Cinema"))
        await player.see("CN¥43.00")
        await player.press("d")
        await player.see("Decline CN¥43.00")
        await player.press("enter")
        await player.see("✗ Declined", "CN¥43.00")
        await player.press("enter")
        await player.see("✓ Nothing waits for you.")

    play(lambda: WalletApp(WALLET), scenario)
    assert shop.balances()[0] == 2500_00 - 42_00


def test_a_transfer_is_confirmed_with_the_pin_and_another_given_up(shop: Programs) -> None:
    friend = open_friend()
    begun(1_100_00, friend)
    begun(1_200_00, friend)

    async def scenario(player: Player) -> None:
        await at_waiting(player)
        await player.see("Transfer: your PIN", "CN¥1,100.00", "CN¥1,200.00")
        await player.press("enter")
        await player.until(lambda: not player.widget("#confirm", Button).disabled)
        await player.press("enter")
        await player.see("PIN, six digits")
        await player.write(PIN)
        await player.press("enter")
        await player.see("✓ Sent", "CN¥1,100.00")
        await player.press("enter")
        await player.see_no("CN¥1,100.00")
        await player.press("d")
        await player.see("Decline CN¥1,200.00")
        await player.press("enter")
        await player.see("Cancelled, not sent")

    play(lambda: WalletApp(WALLET), scenario)
    assert shop.balances()[0] == 2500_00 - 1_100_00


def test_a_gift_is_taken_and_what_cannot_be_declined_offers_no_key(shop: Programs) -> None:
    open_friend()
    given()

    async def scenario(player: Player) -> None:
        await at_waiting(player)
        await player.see("◌ A gift for you", "CN¥8.88")
        assert player.app.screen.check_action("decline", ()) is None
        await player.press("d")
        await player.press("enter")
        await player.see("Take CN¥8.88 from")
        await player.press("enter")
        await player.see("✓ Yours", "CN¥8.88")
        await player.press("enter")
        await player.see("✓ Nothing waits for you.")

    play(lambda: WalletApp(WALLET), scenario)
    assert shop.balances()[0] == 2500_00 + 8_88
