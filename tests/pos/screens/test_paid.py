"""Paid: the receipt beside the outcome, handing it out, and back to the next sale."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from pos.screens.paid import Paid
from pos.screens.receipt import ReceiptScreen
from pos.till import Till
from pos.till_settings import TillSettings, save_till_settings
from pos.waiting import Waiting
from terminal_kit.screens.widgets.countdown import Countdown
from terminal_kit.session import Session
from terminal_kit.settings import Settings, save_settings
from tests.end_to_end.programs import TILL
from tests.pos.screens.stand import SALE, Empty, pay, stand
from tests.stage.playing import LARGE, Player, play
from tests.terminal_kit.receipts.roll import Printer as Device

if TYPE_CHECKING:
    from pathlib import Path

    from tests.end_to_end.programs import Programs
    from wallet_api.contract.wire import Charge


@pytest.fixture
def charge(shop: Programs) -> Charge:
    """Give a charge that is paid."""
    del shop
    with Session(TILL) as session:
        made = Waiting(session).ask(SALE.request(), SALE.rung)
        assert made.payload is not None
        pay(made.payload)
        done = Till(session).show(made.id)
        session.state.forget_answered()
        return done


def settled(**chosen: object) -> None:
    save_till_settings("default", TillSettings(**chosen))  # type: ignore[arg-type]


async def thanked(player: Player, charge: Charge) -> None:
    await player.until(lambda: isinstance(player.app.screen, Empty))
    player.app.push_screen(Paid(charge))
    await player.see("✓ Paid", "PAID", "2 × Flat white")


def test_it_goes_back_by_itself(charge: Charge) -> None:
    async def scenario(player: Player) -> None:
        await thanked(player, charge)
        await player.see("Next sale in ")
        await player.until(lambda: isinstance(player.app.screen, Empty))

    settled(return_seconds=5)
    play(stand, scenario)


def test_a_key_makes_it_stay(charge: Charge) -> None:
    async def scenario(player: Player) -> None:
        await thanked(player, charge)
        await player.see("Next sale in 1 s")
        await player.press("down")
        await player.see_no("Next sale in 1 s")
        over = time.monotonic() + 1.2
        await player.until(lambda: time.monotonic() > over)
        assert isinstance(player.app.screen, Paid)
        await player.press("enter")
        await player.until(lambda: isinstance(player.app.screen, Empty))

    settled(return_seconds=1)
    play(stand, scenario)


def test_it_waits_where_the_shop_wants_that(charge: Charge) -> None:
    async def scenario(player: Player) -> None:
        await thanked(player, charge)
        assert "Next sale in" not in player.text()
        await player.click("#next")
        await player.until(lambda: isinstance(player.app.screen, Empty))

    settled(return_seconds=0)
    play(stand, scenario)


def test_no_bar_moves_where_motion_is_reduced(charge: Charge) -> None:
    async def scenario(player: Player) -> None:
        await thanked(player, charge)
        await player.see("Next sale in 60 s")
        assert not player.widget("#left", Countdown).display
        assert "█" not in player.text()

    save_settings(Settings(motion=False))
    settled(return_seconds=60)
    play(stand, scenario)


def test_the_receipt_is_printed(charge: Charge, tmp_path: Path) -> None:
    device = tmp_path / "lp0"

    async def scenario(player: Player) -> None:
        await thanked(player, charge)
        await player.press("p")
        await player.see("✓ Printed.")
        await player.click("#print")
        await player.until(lambda: Device().feed(device.read_bytes()).cuts == 2)

    settled(printer=str(device), width=32)
    play(stand, scenario)
    lines = [line.text for line in Device().feed(device.read_bytes()).lines]
    assert lines.count("REPRINT") == 1
    assert max(map(len, lines)) <= 32


def test_without_a_printer_a_roll_is_shown(charge: Charge) -> None:
    async def scenario(player: Player) -> None:
        await thanked(player, charge)
        await player.press("p")
        await player.see("a simulated one printed this", "Total")
        await player.press("enter")
        await player.see("✓ Printed.")
        assert isinstance(player.app.screen, Paid)

    play(stand, scenario)


def test_a_printer_that_is_off_is_said_in_place(charge: Charge, tmp_path: Path) -> None:
    async def scenario(player: Player) -> None:
        await thanked(player, charge)
        await player.press("p")
        await player.see("✗ The printer", "cannot be written to")
        assert isinstance(player.app.screen, Paid)

    settled(printer=str(tmp_path / "no" / "lp0"))
    play(stand, scenario)


@pytest.mark.parametrize(("name", "starts"), [("", b"%PDF"), ("r.txt", b" "), ("r.bin", b"\x1b@")])
def test_the_receipt_is_saved(
    charge: Charge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, starts: bytes
) -> None:
    (folder := tmp_path / "saved").mkdir()
    monkeypatch.chdir(folder)

    async def scenario(player: Player) -> None:
        await thanked(player, charge)
        await player.press("s")
        await player.see("Save the receipt", "receipt-")
        if name:
            await player.press("end", *["backspace"] * 24)
            await player.write(name)
        await player.press("enter")
        await player.see_no("Save the receipt")

    play(stand, scenario)
    [file] = folder.iterdir()
    assert file.read_bytes().startswith(starts)


def test_a_receipt_of_any_time_follows_its_charge(charge: Charge) -> None:
    async def scenario(player: Player) -> None:
        await player.until(lambda: isinstance(player.app.screen, Empty))
        await player.see("● live")
        player.app.push_screen(ReceiptScreen(charge.id))
        await player.see("PAID", "Print", "Save")

        def refund() -> None:
            with Session(TILL) as session:
                Till(session).refund(charge.id, None, "cold")

        await player.apart(refund)
        await player.see("REFUNDED", "cold")
        await player.press("escape")
        await player.until(lambda: isinstance(player.app.screen, Empty))

    play(stand, scenario, LARGE)
