"""How money between people and with the bank looks, in both languages and sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input, Static

from tests.end_to_end.programs import WALLET
from tests.stage.friends import act, friend, meet
from tests.stage.others import cny, owner
from tests.stage.snapshots import snapshot
from wallet_api.contract.people import GiftRequest
from wallet_cli.gifts import Gifts
from wallet_cli.requests import Requests
from wallet_cli.screens.app import WalletApp
from wallet_cli.screens.gifts import GiftScreen
from wallet_cli.screens.requests import RequestScreen
from wallet_cli.screens.splits import SplitRecord

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from terminal_kit.screens.screen import KitScreen
    from tests.end_to_end.programs import Programs
    from tests.stage.playing import Player

BOB = "Bob 李四"


async def at(player: Player, place: str, *texts: str) -> None:
    """Go to a place once the line is live, and wait for what it shows."""
    await player.see("●")
    player.app.go(place)
    await player.see(*texts)


def shot(name: str, place: str, *texts: str, keys: tuple[str, ...] = (), then: str = "") -> None:
    """Take the picture of a place, after some keys."""

    async def scenario(player: Player) -> None:
        await at(player, place, *texts)
        if keys:
            await player.press(*keys)
            await player.see(then)

    snapshot(name, lambda: WalletApp(WALLET), scenario)


def shown(name: str, make: Callable[[], KitScreen[None]], *texts: str) -> None:
    """Take the picture of a screen that is no place."""

    async def scenario(player: Player) -> None:
        await player.see("●")
        player.app.push_screen(make())
        await player.see(*texts)

    snapshot(name, lambda: WalletApp(WALLET), scenario)


def filled(*keys: str) -> Callable[[Player], Awaitable[None]]:
    """Choose the friend, and type on."""

    async def fill(player: Player) -> None:
        await player.see(BOB)
        await player.press("enter")
        await player.press(*keys)

    return fill


def test_send(shop: Programs) -> None:
    meet()
    shot("wallet-choose-person", "send", BOB)

    async def scenario(player: Player) -> None:
        await at(player, "send", BOB)
        await filled(*"12.5")(player)
        await player.see("2,467.50")

    snapshot("wallet-send", lambda: WalletApp(WALLET), scenario)
    shot("wallet-transfers", "send", BOB, keys=("escape", "f4"), then="✓")


def test_receive(shop: Programs) -> None:
    shot("wallet-receive", "receive", "CNY")

    async def scenario(player: Player) -> None:
        await at(player, "receive", "CNY")
        await player.press(*"12.5", "enter", *"lunch", "enter")
        await player.see("lunch", "0002")
        # Its end differs with every code.
        player.widget("#text", Static).update("0002…")

    snapshot("wallet-receive-code", lambda: WalletApp(WALLET), scenario)


def test_requests(shop: Programs) -> None:
    wallet = meet()
    shot("wallet-requests-empty", "requests", "n ")
    friend(lambda session: Requests(session).ask(owner(), cny(12_50), "lunch"))
    mine = act(WALLET, lambda session: Requests(session).ask(wallet, cny(3_00), "taxi"))
    shot("wallet-requests", "requests", "12.50", "3.00")
    shown("wallet-request", lambda: RequestScreen(mine.id), "taxi")


def test_split(shop: Programs) -> None:
    wallet = meet()

    async def scenario(player: Player) -> None:
        await at(player, "split", "CNY")
        await player.press(*"100.01", "f3")
        await filled()(player)
        await player.see("50.01")
        next(player.app.screen.query(".share-weight").results(Input)).value = "2"
        await player.see("66.67")

    snapshot("wallet-split", lambda: WalletApp(WALLET), scenario)
    split = act(
        WALLET, lambda session: Requests(session).split(cny(100_01), [wallet], None, "dinner")
    )
    shown("wallet-split-bill", lambda: SplitRecord(split.id), "dinner", "50.01")
    shot("wallet-splits", "split", "CNY", keys=("f4",), then="dinner")


def test_gifts(shop: Programs) -> None:
    meet()
    shot("wallet-gifts-empty", "gifts", "n ")
    shot("wallet-give", "gifts", "n ", keys=("n",), then="2,480.00")
    wish = GiftRequest(amount=cny(9_00), count=3, note="luck")
    gift = act(WALLET, lambda session: Gifts(session).give(wish))
    assert gift.payload is not None
    friend(lambda session: Gifts(session).claim(gift.payload or ""))
    shot("wallet-gifts", "gifts", "9.00")
    shown("wallet-gift", lambda: GiftScreen(gift.id), BOB, "3.00")


def test_bank(shop: Programs) -> None:
    shot("wallet-bank", "bank", "2,500.00", "✓")
