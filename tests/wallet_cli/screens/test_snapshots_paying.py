"""How paying looks, in both languages, sizes and themes."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from textual.widgets import Button

from terminal_kit.enrol import open_profile
from terminal_kit.session import Chosen, Session
from tests.end_to_end.programs import PIN, WALLET
from tests.stage.others import FRIEND, charge, cny, open_friend, own_code, owner, payload
from tests.stage.snapshots import snapshot
from wallet_api.contract.wire import OpenWallet, WalletCard
from wallet_cli.requests import Requests
from wallet_cli.screens.app import WalletApp
from wallet_cli.screens.home import WaitingPanel
from wallet_cli.screens.pin_popup import PinPopUp
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    import pytest

    from tests.end_to_end.programs import Programs
    from tests.stage.playing import Player
    from wallet_api.contract.wire import DeviceKeys


def wallet() -> WalletApp:
    """Open the wallet with nothing that waits for the PIN from before."""
    with Session(WALLET) as session:
        mine = Wallet(session)
        for payment in mine.pending().items:
            mine.decline(payment)
        session.state.forget_answered()
    return WalletApp(WALLET)


async def ready(player: Player, key: str = "") -> None:
    """Wait for home with all its parts, and press a key of it."""
    await player.until(lambda: player.app.link.is_live, "the line")
    await player.see("Alice 王", "¥2,500.00")
    if key:
        await player.press(key)


async def key_row(player: Player) -> None:
    """Wait for the row of the keys, which comes after the rest."""
    await player.see("esc")


def ask_friend() -> None:
    own = owner()
    open_friend()
    with Session(FRIEND) as session:
        Requests(session).ask(own, cny(42_00), "Dinner 晚餐")
        session.state.forget_answered()


def test_home_and_waiting(shop: Programs) -> None:
    ask_friend()

    async def home(player: Player) -> None:
        await ready(player)
        await player.see("Bob 李四", "¥42.00", "^q")

    async def waiting(player: Player) -> None:
        await ready(player, "w")
        await player.see("Bob 李四", "¥42.00")
        await key_row(player)

    snapshot("wallet-home", wallet, home)
    snapshot("wallet-waiting", wallet, waiting)


def test_pay_and_its_pictures(shop: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    (shop.folder / "pictures").mkdir()
    monkeypatch.chdir(shop.folder)

    async def pay(player: Player) -> None:
        await ready(player, "p")
        await player.see("F2", "F3", "F4")
        await key_row(player)

    async def picker(player: Player) -> None:
        await pay(player)
        await player.press("f2")
        await player.see("▸ pictures/")

    snapshot("wallet-pay", wallet, pay)
    # The folder's name is another one at every run.
    monkeypatch.setattr("terminal_kit.screens.dialogs.file_picker.printable", lambda _text: "/home")
    snapshot("wallet-pay-picture", wallet, picker)


def test_checking(shop: Programs) -> None:
    async def check(player: Player) -> None:
        await ready(player, "p")
        await player.until(lambda: bool(player.app.screen.query("#code")))
        await player.paste(await player.apart(lambda: payload(1_500_00, note="Table 5 午餐")))
        await player.press("enter")
        await player.see("¥1,000.00")
        await player.until(lambda: not player.widget("#confirm", Button).disabled)
        await key_row(player)

    async def pin(player: Player) -> None:
        await check(player)
        await player.press("enter")
        await player.until(lambda: bool(player.app.screen.query("#pin")))

    snapshot("wallet-check", wallet, check)
    snapshot("wallet-check-pin", wallet, pin)


def test_my_code(shop: Programs) -> None:
    numbers = count(1)

    def fresh() -> WalletApp:
        """Open another wallet, which has all its codes left."""
        chosen = Chosen("wallet", f"fresh{next(numbers)}")

        def request(device: DeviceKeys) -> OpenWallet:
            return OpenWallet(name="Alice 王", currency="CNY", device=device, pin=PIN)

        open_profile(chosen, "file", request, "/v1/customers", WalletCard)
        return WalletApp(chosen)

    async def code(player: Player) -> None:
        await player.until(lambda: player.app.link.is_live, "the line")
        await player.see("Alice 王")
        await player.press("c")
        await player.see("15")
        await key_row(player)

    snapshot("wallet-code", fresh, code)


def test_a_till_asks_for_the_pin(shop: Programs) -> None:
    async def pop_up(player: Player) -> None:
        await ready(player)
        code = await player.apart(own_code)
        await player.apart(lambda: charge(1_500_00, code=code, note="Table 5 午餐"))
        await player.until(lambda: isinstance(player.app.screen, PinPopUp), "the question")
        await player.see("Corner Café")
        home = player.app.screen_stack[-2].query_one(WaitingPanel)
        await player.until(lambda: bool(home.items), "what waits")

    snapshot("wallet-pin-asked", wallet, pop_up)
