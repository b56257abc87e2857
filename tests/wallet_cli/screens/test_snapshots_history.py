"""History, details, filters and statement as they look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Static

from terminal_kit.screens.money import month_heading
from tests.end_to_end.day import cny, day_of
from tests.end_to_end.programs import WALLET
from tests.stage.snapshots import snapshot
from wallet_cli.screens.app import WalletApp

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs
    from tests.stage.playing import Player

pytestmark = pytest.mark.usefixtures("sales")


@pytest.fixture
def sales(shop: Programs) -> None:
    """Three sales, one of them given back in part."""
    with day_of(shop) as day:
        made = day.sell(10_000, tip=500, discount=1_000, note="茶 for two", reference="T7")
        day.till.refund(made.id, cny(250), "cold")
        day.sell(1_234, note="Lunch")
        day.sell(5_000)


async def at(player: Player, place: str) -> None:
    await player.see("●")
    player.app.go(place)
    await player.see("¥50.00", "¥12.34", "¥100.00", "¥2,500.00")


def wallet() -> WalletApp:
    return WalletApp(WALLET)


def test_history() -> None:
    async def scenario(player: Player) -> None:
        await at(player, "history")

    snapshot("wallet-history", wallet, scenario)


def test_history_that_finds_nothing() -> None:
    async def scenario(player: Player) -> None:
        await at(player, "history")
        await player.press("slash")
        await player.write("nobody")
        await player.until(lambda: "¥12.34" not in player.text())
        await player.pilot.pause(0.3)

    snapshot("wallet-history-empty", wallet, scenario, anew=True)


def test_filters() -> None:
    async def scenario(player: Player) -> None:
        await at(player, "history")
        await player.press("slash")
        # Dates that a dialog covers in part cannot be masked.
        await player.write("nobody")
        await player.until(lambda: "¥12.34" not in player.text())
        await player.press("enter", "f")
        await player.see("2026-12-31")

    snapshot("wallet-history-filters", wallet, scenario, anew=True)


def test_details() -> None:
    async def scenario(player: Player) -> None:
        await at(player, "history")
        await player.press("end", "up", "enter")
        await player.see("T7", "105.00 CNY", "97.50 CNY")

    snapshot("wallet-movement", wallet, scenario)


def test_statement() -> None:
    async def scenario(player: Player) -> None:
        await at(player, "statement")
        await player.see("¥2,340.16")
        player.widget("#heading", Static).update(month_heading("2026-01"))

    snapshot("wallet-statement", wallet, scenario)
