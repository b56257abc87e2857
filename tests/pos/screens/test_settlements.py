"""What the bank pays out, on the screen: as the settlement file says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from pos.screens.settlement_details import Lines, SheetPanel
from terminal_kit.screens.outcome import Fact
from tests.end_to_end.day import cny
from tests.pos.screens.back_room import meanwhile, till_at
from tests.stage.playing import Player, play
from wallet_api.contract.ids import short_code

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.end_to_end.day import Day
    from tests.end_to_end.programs import Programs
    from tests.end_to_end.services import Service

SERVE = ("--lab",)
DAY_SECONDS = 86_400
settlements = till_at("settlements")


def a_day(day: Day) -> None:
    """Two sales, one of them given back in part."""
    day.sell(10000)
    sale = day.sell(5000)
    day.till.refund(sale.id, cny(1000), None)


def fact(player: Player, name: str) -> str:
    row = player.app.screen.query_one(SheetPanel).query_one(f"#fact-{name}", Fact)
    return str(row.query_one(".fact-value", Static).content)


def test_a_settlement_is_shown_with_its_lines_and_saved(
    shop: Programs, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    meanwhile(shop, a_day)

    async def scenario(player: Player) -> None:
        await player.see("Nothing was paid out yet")
        await player.apart(lambda: service.advance(DAY_SECONDS))
        # It is told by an event, once the bank has made it.
        await player.see("✓ Paid out", "CN¥139.16")
        await player.press("enter")
        await player.see("Balance before", "Refunds")
        assert fact(player, "charge") == "CN¥150.00 (2)"
        assert fact(player, "refund") == "-CN¥10.00 (1)"
        assert fact(player, "fee") == "-CN¥0.84 (3)"
        assert fact(player, "payout") == "CN¥139.16"
        assert fact(player, "closing") == "CN¥0.00"
        lines = player.widget("#lines", Lines)
        await player.until(lambda: len(lines.rows) == 7)
        assert sum(line.amount.minor for line in lines.rows) == 0
        await player.press("s")
        await player.see("Save the settlement file")
        await player.press("enter")
        await player.see_no("Save the settlement file")
        await player.press("enter")
        await player.see("Rung up", "CN¥100.00")

    play(settlements, scenario)
    [settlement] = meanwhile(shop, lambda day: day.settlements.page()).items
    assert settlement.amount == cny(13916)
    saved = tmp_path / f"settlement-{short_code(settlement.id)}.csv"
    assert saved.read_bytes() == meanwhile(shop, lambda day: day.settlements.file(settlement.id))
