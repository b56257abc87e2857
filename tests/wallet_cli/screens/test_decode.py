"""The card of a code: where somebody wanted to pay it, and where one only wants to know."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PIL import Image
from textual.widgets import Input

from terminal_kit import camera
from tests.end_to_end.programs import WALLET
from tests.payment_codes.pictures import code_image, encoded, grey_picture, page
from tests.stage.playing import Player, play
from wallet_cli.screens.app import WalletApp
from wallet_cli.screens.code_card import CodeCardScreen

if TYPE_CHECKING:
    import pytest

    from payment_codes.scan.decoder import GreyPicture
    from tests.end_to_end.conftest import NothingMoves
    from tests.end_to_end.programs import Programs

UPI = "upi://pay?pa=shop@example&pn=Corner%20Shop&am=10.00&cu=INR"
WRONG = "upi://pay?pa=shop&am=1.999"
EPC = "BCD\r\n002\r\n1\r\nSCT\r\n\r\nRed Cross\r\nBE72000000001616\r\nEUR1\r\n\r\n\r\nUrgency fund"
ALIPAY = "281234567890123456"
WHY = "This wallet pays Terminal Wallet codes only so far."


async def at_pay(player: Player) -> None:
    await player.see("Last movements")
    await player.press("p")
    await player.see("Paste or type a code")


async def enter(player: Player, text: str) -> None:
    player.widget("#code", Input).value = ""
    await player.paste(text)
    await player.press("enter")


def test_a_foreign_code_shows_its_card_and_is_not_paid(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    async def scenario(player: Player) -> None:
        await at_pay(player)
        await enter(player, UPI)
        await player.see("UPI", WHY, "Corner Shop", "shop@example", "10.00 INR", "✓ passes")
        await player.press("escape")
        await player.see("Paste or type a code")
        await enter(player, WRONG)
        await player.see("✗ wrong · pa · value", "! against the letter", "✗ fails")
        await player.press("end")
        await player.see("Payee's virtual address (pa)")
        await player.press("escape")
        await player.see("Paste or type a code")

    with nothing_moves():
        play(lambda: WalletApp(WALLET), scenario)


def test_a_live_code_is_named_without_its_digits(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    async def scenario(player: Player) -> None:
        await at_pay(player)
        await enter(player, ALIPAY)
        await player.see("Alipay", "a till scans it", "who pays")
        assert ALIPAY[2:-4] not in player.text()

    with nothing_moves():
        play(lambda: WalletApp(WALLET), scenario)


def test_a_code_of_several_lines_is_pasted_whole(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_pay(player)
        for pasted in (EPC, EPC.replace("\r\n", "\r"), EPC.replace("\r\n", "\n")):
            await player.paste(pasted)
            await player.see("A SEPA credit transfer", "Red Cross", "Urgency fund")
            await player.press("escape")
            await player.see("Paste or type a code")

    play(lambda: WalletApp(WALLET), scenario)


def test_a_code_copied_from_a_terminal_is_pasted(shop: Programs) -> None:
    def drawn() -> str:
        return shop.run("pos", "test-code", "upi", "--draw").out

    async def scenario(player: Player) -> None:
        await at_pay(player)
        await player.paste(await player.apart(drawn))
        await player.see("UPI", WHY, "shop@example")

    play(lambda: WalletApp(WALLET), scenario)


def test_any_code_is_read_from_the_palette_without_paying(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    shop.file("one.png", encoded(code_image(UPI, 4)))
    shop.file("two.png", encoded(page([UPI, ALIPAY], 2)))

    async def scenario(player: Player) -> None:
        await player.see("Last movements")
        await player.press("ctrl+p")
        await player.write("What a code says")
        await player.press("enter")
        await player.see("Any payment code of the world")
        await enter(player, "hello")
        await player.see("✗ That is no payment code.")
        await enter(player, str(shop.folder / "one.png"))
        await player.see("UPI", "Corner Shop")
        assert WHY not in player.text()
        await player.press("escape")
        await player.see("Any payment code of the world")
        await enter(player, str(shop.folder / "two.png"))
        await player.see("Which one?", "UPI", "Alipay")
        await player.press("down", "enter")
        await player.see("Shown by", "who pays")
        assert isinstance(player.app.screen, CodeCardScreen)

    with nothing_moves():
        play(lambda: WalletApp(WALLET), scenario)


def test_a_camera_is_shown_and_read_where_there_is_one(
    shop: Programs, nothing_moves: NothingMoves, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank = grey_picture(Image.new("L", (64, 48), 128))
    held = threading.Event()

    class FakeCamera:
        closed = 0

        def frame(self) -> GreyPicture:
            return shown if held.is_set() else blank

        def close(self) -> None:
            FakeCamera.closed += 1

    shown = grey_picture(code_image(UPI, 4))
    monkeypatch.setattr(camera, "available", lambda: True)
    monkeypatch.setattr(camera, "open_camera", lambda _number: FakeCamera())

    async def scenario(player: Player) -> None:
        await at_pay(player)
        await player.see("f6")
        await player.press("f6")
        await player.see("Hold the code before the camera", "▀▀▀▀")
        await player.press("escape")
        await player.see("Paste or type a code")
        await player.until(lambda: FakeCamera.closed == 1)
        await player.press("f6")
        await player.see("▀▀▀▀")
        held.set()
        await player.see("Corner Shop", WHY)
        assert FakeCamera.closed == 2

    with nothing_moves():
        play(lambda: WalletApp(WALLET), scenario)


def test_no_camera_is_offered_where_none_can_be_read(
    shop: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera, "available", lambda: False)

    async def scenario(player: Player) -> None:
        await at_pay(player)
        await player.see("f4")
        assert "f6" not in player.text()

    play(lambda: WalletApp(WALLET), scenario)
