"""The statement of a month: its sums, its lines, its file."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from textual.widgets import Button, Input

from tests.end_to_end.day import cny, day_of
from tests.end_to_end.programs import WALLET
from tests.stage.playing import Player, play
from wallet_cli.screens.app import WalletApp

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs


@pytest.fixture
def month(shop: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sale and a refund; what is saved is saved in the folder."""
    monkeypatch.chdir(shop.folder)
    with day_of(shop) as day:
        made = day.sell(10_000, note="Lunch")
        day.till.refund(made.id, cny(250), "cold")


async def at_statement(player: Player) -> None:
    await player.see("● live")
    player.app.go("statement")
    await player.see("Opening balance", "CN¥2,402.50")


@pytest.mark.usefixtures("month")
def test_the_sums_agree_and_the_months_turn() -> None:
    async def scenario(player: Player) -> None:
        await at_statement(player)
        await player.see("+CN¥2,502.50", "-CN¥100.00", "Refund", "Payment", "Top-up")
        assert player.widget("#later", Button).disabled
        heading = player.rows()[2]
        await player.press("right")
        assert player.rows()[2] == heading, "no month that has not begun"
        await player.press("left")
        await player.see("Nothing moved in this month.", "Closing balance", "CN¥0.00")
        await player.click("#later")
        await player.see("+CN¥2,502.50", "Refund")
        await player.press("end", "up", "enter")
        await player.see("Lunch", "PAID, PARTLY REFUNDED")
        await player.press("escape")
        await player.see("Opening balance")

    play(lambda: WalletApp(WALLET), scenario)


@pytest.mark.usefixtures("month")
def test_what_moves_changes_the_sums(shop: Programs) -> None:
    def sell() -> None:
        with day_of(shop) as day:
            day.sell(300)

    async def scenario(player: Player) -> None:
        await at_statement(player)
        await player.apart(sell)
        await player.see("-CN¥103.00", "CN¥2,399.50", "-CN¥3.00")

    play(lambda: WalletApp(WALLET), scenario)


@pytest.mark.usefixtures("month")
def test_it_is_saved_as_a_document_and_as_text(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await at_statement(player)
        for name in ("month.pdf", "month.txt"):
            await player.press("s")
            await player.see("Save the statement")
            player.app.screen.query_one("#file", Input).value = name
            await player.press("enter")
            await player.until((shop.folder / name).exists, name)
            await player.see_no("Save the statement")

    play(lambda: WalletApp(WALLET), scenario)
    pages = PdfReader(BytesIO((shop.folder / "month.pdf").read_bytes())).pages
    assert "2402.50" in " ".join(page.extract_text() for page in pages)
    assert "2402.50" in (shop.folder / "month.txt").read_text("utf-8")
