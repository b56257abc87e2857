"""My payer code: it can be scanned from the terminal, renews itself, and works offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payment_codes.scan.scanner import CHAIN, scan
from terminal_kit.screens.widgets.code_picture import Barcode, QrCode
from terminal_kit.screens.widgets.countdown import Countdown
from terminal_kit.session import Session
from tests.end_to_end.programs import WALLET
from tests.stage.others import charge
from tests.stage.playing import LARGE, SMALL, Player, play
from wallet_api.contract.payer_code import DISPLAY_LIFE_MS, WINDOW
from wallet_cli.screens.app import WalletApp
from wallet_cli.wallet import Wallet

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.conftest import NothingMoves
    from tests.end_to_end.programs import Programs
    from tests.end_to_end.services import Service

SERVE = ("--lab",)


async def at_code(player: Player) -> str:
    """Go to the code, and give its digits."""
    await player.see("● live", "Last movements")
    await player.press("c")
    await player.see("Let the till scan this", "esc Back")
    return await digits(player)


async def digits(player: Player) -> str:
    """Give the digits that are shown, once there are any."""
    await player.until(lambda: digits_now(player).startswith("78"), "digits")
    return digits_now(player)


def digits_now(player: Player) -> str:
    """Give the digits that are shown, nothing where there are none."""
    shown = player.app.screen.query("#digits")
    return str(shown.first().render()).replace(" ", "") if shown else ""


async def another(player: Player, before: str) -> None:
    """Wait for other digits."""
    await player.until(lambda: digits_now(player) not in {before, ""}, "another code")


@pytest.mark.parametrize(("size", "theme"), [(SMALL, "night"), (LARGE, "day")])
def test_it_can_be_scanned_from_the_terminal(
    shop: Programs, tmp_path: Path, size: tuple[int, int], theme: str
) -> None:
    async def scenario(player: Player) -> None:
        player.app.theme = theme
        code = await at_code(player)
        picture = tmp_path / "terminal.png"
        player.photograph(picture)
        found = [one for decoder in CHAIN[:1] for one in scan(picture, [decoder])]
        assert {one.text for one in found} == {code}
        bars = player.widget("#bars", Barcode)
        assert (bars.region.width, bars.region.bottom <= player.app.size.height - 1) == (77, True)
        assert bars.region.y >= player.widget("#qr", QrCode).region.bottom

    play(lambda: WalletApp(WALLET), scenario, size)


def test_what_a_till_scans_is_paid_at_once_and_a_fresh_code_follows(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        code = await at_code(player)
        made = await player.apart(lambda: charge(12_50, code=code))
        assert made.state == "succeeded"
        await player.see("✓ Paid", "CN¥12.50", "Corner Café", "CN¥2,487.50")
        await player.press("enter")
        await player.see("Let the till scan this")
        fresh = await digits(player)
        assert fresh != code
        # A payment that is refused is told as well: this one is more than there is.
        await player.apart(lambda: charge(9_999_00, code=fresh))
        await player.see("✗ Not paid", "insufficient funds")

    play(lambda: WalletApp(WALLET), scenario)
    assert shop.balances()[0] == 2500_00 - 12_50


def test_it_renews_itself_and_by_a_key(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        first = await at_code(player)
        await player.press("space")
        await another(player, first)
        second = await digits(player)
        # Its time is over: another one is there, and the count begins anew.
        life = player.widget("#life", Countdown)
        life.count(player.app.desk.business_ms() - 1, DISPLAY_LIFE_MS)  # type: ignore[union-attr]
        await another(player, second)
        await player.until(
            lambda: "1:00" in player.text() or "0:5" in player.text(), "a new minute"
        )

    play(lambda: WalletApp(WALLET), scenario)


def test_it_knows_the_time_of_the_bank_and_not_of_this_machine(
    shop: Programs, service: Service
) -> None:
    async def scenario(player: Player) -> None:
        await player.see("● live", "Last movements")
        await player.apart(lambda: service.advance(3_600))
        await player.press("ctrl+r")
        await player.pilot.pause(0.3)
        await player.press("c")
        code = await digits(player)
        made = await player.apart(lambda: charge(1_00, code=code))
        assert made.state == "succeeded"

    play(lambda: WalletApp(WALLET), scenario)


def test_offline_it_works_until_its_codes_are_used_up(
    shop: Programs, monkeypatch: pytest.MonkeyPatch, nothing_moves: NothingMoves
) -> None:
    with Session(WALLET) as session:
        Wallet(session).payer_code()
        session.state.forget_answered()
    monkeypatch.setenv("WALLET_API_URL", "http://127.0.0.1:9")

    async def scenario(player: Player) -> None:
        await player.see("▲ offline")
        await player.press("c")
        await player.see("▲ Offline: this code still works.", f"{WINDOW - 2} more")
        for _number in range(WINDOW - 2):
            before = await digits(player)
            await player.press("n")
            await another(player, before)
        await player.see(" 0 more", "before you must be online.")
        await player.press("n")
        await player.see("✗ All 16 offline codes are used.", "Space tries again.")
        assert not digits_now(player)

    with nothing_moves():
        play(lambda: WalletApp(WALLET), scenario)


def test_it_is_saved_and_copied(shop: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop.folder)

    async def scenario(player: Player) -> None:
        code = await at_code(player)
        await player.press("c")
        assert player.app.clipboard == code
        await player.press("s")
        await player.see("Save the code")
        await player.press("enter")
        await player.see("Let the till scan this")
        saved = shop.folder / "payer-code.png"
        await player.until(saved.exists)
        assert {one.text for one in scan(saved)} == {code}

    play(lambda: WalletApp(WALLET), scenario)


def test_the_bars_are_left_out_where_they_would_be_cut(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_code(player)
        assert not player.widget("#bars", Barcode).display
        assert player.widget("#qr", QrCode).display

    play(lambda: WalletApp(WALLET), scenario, (70, 24))
