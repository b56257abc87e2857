"""Finding a code to pay: typed, pasted, in a picture, in the clipboard; and where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image
from textual.widgets import Button, Input

from pos.till import Till
from terminal_kit.session import Session
from tests.end_to_end.programs import TILL, WALLET
from tests.payment_codes.pictures import code_image, encoded, page
from tests.stage.others import FRIEND, FRIEND_NAME, cny, open_friend, payload
from tests.stage.playing import Player, play
from wallet_api.contract.people import GiftRequest
from wallet_cli.gifts import Gifts
from wallet_cli.people import People
from wallet_cli.screens.app import WalletApp
from wallet_cli.screens.check import Check

if TYPE_CHECKING:
    import pytest

    from tests.end_to_end.conftest import NothingMoves
    from tests.end_to_end.programs import Programs

ALIPAY = "281234567890123456"
BLANK = encoded(Image.new("L", (64, 64), 255))
TOOL = """#!/bin/sh
[ "$1" = --list-types ] && echo text/plain || cat code
"""


async def at_pay(player: Player) -> None:
    await player.see("Last movements")
    await player.press("p")
    await player.see("Paste or type a code")


async def enter(player: Player, text: str) -> None:
    await player.paste(text)
    await player.press("enter")


def static_code() -> str:
    with Session(TILL) as session:
        return Till(session).static_code().payload


def test_a_static_code_is_paid_with_an_amount_that_is_typed_here(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_pay(player)
        await enter(player, await player.apart(static_code))
        await player.see("How much to Corner Café?")
        await player.write("8.5")
        await player.press("enter")
        await player.see("CN¥2,491.50")
        await player.until(lambda: not player.widget("#confirm", Button).disabled)
        await player.press("enter")
        await player.see("✓ Paid", "CN¥8.50", "CN¥2,491.50")

    play(lambda: WalletApp(WALLET), scenario)
    assert shop.balances()[0] == 2500_00 - 8_50


def test_a_picture_is_picked_among_the_pictures_of_a_folder(
    shop: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = shop.folder / "pictures"
    inner.mkdir()
    (inner / "receipt.png").write_bytes(encoded(code_image(payload(12_50), 4)))
    (inner / "empty.png").write_bytes(BLANK)
    (inner / "notes.txt").write_text("nothing to see")
    monkeypatch.chdir(shop.folder)

    async def scenario(player: Player) -> None:
        await at_pay(player)
        await player.press("f2")
        await player.see("▸ pictures/", "No pictures here.")
        await player.write("pict")
        await player.press("enter")
        await player.see("receipt.png", "empty.png", "Pictures: 2.")
        assert "notes.txt" not in player.text()
        await player.write("rec")
        await player.see_no("empty.png")
        await player.press("enter")
        await player.see("Left after it", "CN¥2,487.50")

    play(lambda: WalletApp(WALLET), scenario)


def test_the_name_of_a_picture_is_read_and_one_of_several_codes_is_chosen(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    first, second = payload(12_50), payload(99_00)
    shop.file("two.png", encoded(page([first, second], 2)))
    shop.file("none.png", BLANK)

    async def scenario(player: Player) -> None:
        await at_pay(player)
        await enter(player, str(shop.folder / "none.png"))
        await player.see("✗ There is no readable code in the picture.")
        await player.press("home", "ctrl+k")
        await enter(player, str(shop.folder / "two.png"))
        await player.see("Which one?", "12.50 CNY to CORNER CAFE", "99.00 CNY to CORNER CAFE")
        await player.press("down", "enter")
        await player.see("Left after it", "CN¥2,401.00")
        await player.press("escape")
        await player.see("Paste or type a code")

    with nothing_moves():
        play(lambda: WalletApp(WALLET), scenario)


def test_the_clipboard_is_read(shop: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = shop.file("wl-paste", TOOL)
    tool.chmod(0o700)
    monkeypatch.setenv("PATH", f"{shop.folder}:/usr/bin:/bin")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.chdir(shop.folder)

    async def scenario(player: Player) -> None:
        await at_pay(player)
        await player.press("f3")
        await player.see("✗ The clipboard")
        shop.file("code", payload(12_50))
        await player.click("#clipboard")
        await player.see("Left after it", "CN¥2,487.50")

    play(lambda: WalletApp(WALLET), scenario)


def test_codes_that_are_no_use_here_say_what_they_are(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    async def scenario(player: Player) -> None:
        await at_pay(player)
        for text, said in (
            ("https://example.com/menu", "a web address"),
            ("hello", "That is no payment code."),
            (payload(12_50)[:-1] + "0", "✗"),
        ):
            player.widget("#code", Input).value = ""
            await enter(player, text)
            await player.see(said)
        # What is typed next takes it away.
        await player.press("x")
        await player.see_no("✗")

    with nothing_moves():
        play(lambda: WalletApp(WALLET), scenario)


def test_a_charge_that_is_over_says_so_before_anything_is_sent(
    shop: Programs, nothing_moves: NothingMoves
) -> None:
    def closed() -> str:
        text = payload(12_50)
        with Session(TILL) as session:
            till = Till(session)
            till.close(till.sales(1).items[0].id)
            session.state.forget_answered()
        return text

    async def scenario(player: Player) -> None:
        await at_pay(player)
        await enter(player, await player.apart(closed))
        await player.see("✗ The charge is closed")
        assert not isinstance(player.app.screen, Check)

    with nothing_moves():
        play(lambda: WalletApp(WALLET), scenario)


def test_a_person_and_a_gift_lead_where_they_belong(shop: Programs) -> None:
    open_friend()

    def personal() -> str:
        with Session(FRIEND) as session:
            return People(session).receive(cny(33_00), "Cinema").payload

    def gift() -> str:
        with Session(WALLET) as session:
            given = Gifts(session).give(GiftRequest(amount=cny(8_88), note="福"))
            session.state.forget_answered()
        with Session(FRIEND) as session:
            code = given.payload
            assert code is not None
            claimed = Gifts(session).claim(code)
            session.state.forget_answered()
            assert claimed.amount == cny(8_88)
            back = Gifts(session).give(GiftRequest(amount=cny(6_66), note="红包"))
            session.state.forget_answered()
            assert back.payload is not None
            return back.payload

    async def scenario(player: Player) -> None:
        await at_pay(player)
        await enter(player, await player.apart(personal))
        await player.see("Send", FRIEND_NAME, "33.00", "Cinema")
        await player.press("escape")
        await player.see("Paste or type a code")
        player.widget("#code", Input).value = ""
        await enter(player, await player.apart(gift))
        await player.see("✓ Yours", "CN¥6.66", FRIEND_NAME, "红包")
        await player.press("enter")
        await player.see("Last movements", "+CN¥6.66")

    play(lambda: WalletApp(WALLET), scenario)
