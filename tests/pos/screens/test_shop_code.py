"""The shop's code for good: shown, saved as a page, and what is paid on it as it comes in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from payment_codes.native import parse
from payment_codes.scan.scanner import scan_one
from pos.screens.shop_code import ShopCode
from terminal_kit.screens.widgets.code_picture import QrCode
from tests.end_to_end.go_between import BEHIND, Answer, Forward, GoBetween, Request
from tests.pos.screens.stand import Empty, cny, stand, with_wallet
from tests.stage.playing import Player, play
from tests.terminal_kit.receipts.test_receipts import squares
from wallet_api.contract.static_codes import StaticPaymentRequest

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.end_to_end.programs import Programs
    from tests.end_to_end.services import Service
    from wallet_cli.wallet import Wallet

SERVE = BEHIND
HELD_MINOR = 2500_00


async def shown(player: Player) -> str:
    """Open the screen and give the code's text."""
    await player.until(lambda: isinstance(player.app.screen, Empty))
    player.app.push_screen(ShopCode())
    await player.see("Corner Café", "Main store", "The customer types the amount.")
    return player.widget("#code", QrCode).payload


def pay(payload: str, amount: str) -> None:
    token = parse(payload).token

    def act(wallet: Wallet) -> None:
        payee = wallet.static_offer(token).payee
        wallet.pay_static(
            StaticPaymentRequest(code=token, payee=payee, amount=cny(amount), note="Green tea")
        )

    with_wallet(act)


def test_what_is_paid_on_it_is_seen_at_once(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        payload = await shown(player)
        await player.see("Nothing yet.")
        await player.until(lambda: player.app.link.is_live)
        for amount in ("3", "4.50"):
            await player.apart(partial(pay, payload, amount))
            await player.see(f"CN¥{amount[0]}.", "Green tea")
        await player.see_no("Nothing yet.")
        await player.press("c")
        await player.until(lambda: player.app.clipboard == payload)
        await player.press("escape")
        await player.until(lambda: isinstance(player.app.screen, Empty))

    play(stand, scenario)
    assert shop.balances()[0] == HELD_MINOR - 7_50


def test_it_is_saved_as_a_page(
    shop: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    payloads: list[str] = []

    async def scenario(player: Player) -> None:
        payloads.append(await shown(player))
        await player.press("s")
        await player.see("Save the code", "shop-code.pdf")
        await player.press("enter")
        await player.see_no("shop-code.pdf")

    play(stand, scenario)
    squares((tmp_path / "shop-code.pdf").read_bytes()).save(tmp_path / "code.png")
    assert scan_one(tmp_path / "code.png").text == payloads[0]


def test_a_bank_that_is_away_is_said_with_the_way_on(
    shop: Programs, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = [True]

    def line(request: Request, forward: Forward) -> Answer | None:
        if away[0] or request.path == "/v1/events":
            return None
        return forward()

    async def scenario(player: Player) -> None:
        await player.until(lambda: isinstance(player.app.screen, Empty))
        player.app.push_screen(ShopCode())
        await player.see("Ctrl+R tries again.")
        away[0] = False
        await player.press("ctrl+r")
        await player.see("Corner Café")

    with GoBetween(service, line) as between:
        monkeypatch.setenv("WALLET_API_URL", between.url)
        play(stand, scenario)
