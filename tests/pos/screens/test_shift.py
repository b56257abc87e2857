"""A shift on the screen: opened, filled by sales from the other side, closed, looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from pos.screens.widgets.report_view import ReportView, SumRow
from terminal_kit.console import local_time
from terminal_kit.screens.widgets.bars import Bars
from tests.end_to_end.day import cny
from tests.pos.screens.back_room import NOWHERE, apart, meanwhile, till_at
from tests.stage.playing import LARGE, Player, play

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.end_to_end.day import Day
    from tests.end_to_end.programs import Programs

shift = till_at("shift")


def busy_hour(day: Day) -> None:
    """Sell for 165.00 with a tip and a discount, and give 11.00 back."""
    sale = day.sell(4200, tip=200)
    day.sell(12300, discount=300)
    day.till.refund(sale.id, cny(1100), None)


def busy_shift(day: Day) -> None:
    """The same in a shift of its own."""
    day.shop.open(None)
    busy_hour(day)


def cells_of(player: Player, name: str) -> list[str]:
    row = player.widget(f"#sum-{name}", SumRow)
    return [str(row.query_one(f".sum-{part}", Static).content) for part in ("count", "amount")]


def test_a_shift_from_float_to_z_report(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.see("No shift is open")
        await player.press("o")
        await player.see("Change in the drawer")
        await player.write("200")
        await player.press("enter")
        await player.see("X REPORT, SHIFT 1", "Float CN¥200.00", "Nothing was taken yet.")
        await apart(player, shop, busy_hour)
        await player.see("CN¥165.00", "-CN¥11.00")
        assert cells_of(player, "sales") == ["2", "CN¥165.00"]
        assert cells_of(player, "tips") == ["1", "CN¥2.00"]
        assert cells_of(player, "discounts") == ["1", "CN¥3.00"]
        assert cells_of(player, "refunds") == ["1", "-CN¥11.00"]
        report = await apart(player, shop, lambda day: day.shop.running())
        net = f"CN¥{report.net.minor / 100:.2f}"
        assert cells_of(player, "net") == ["", net]
        assert player.widget("#takings", Bars).words == [
            f"{local_time(report.hours[0].starts_at)[11:16]}  165.00, back 11.00"
        ]
        await player.press("z")
        await player.see("Close shift 1?")
        await player.press("escape")
        await player.see_no("Close shift 1?")
        await player.press("z")
        await player.see("Close shift 1?")
        await player.press("enter")
        await player.see("✓ Shift 1 is closed.", "Z REPORT 1", net)
        await player.press("escape")
        await player.see("No shift is open")

    play(shift, scenario)
    report = meanwhile(shop, lambda day: day.shop.final("1"))
    assert (report.sales.amount, report.refunds.amount) == (cny(16500), cny(1100))
    assert report.cash_float == cny(20000)
    # What the shift says is what the merchant's account moved by.
    assert shop.balances()[1] == report.net.minor


def test_a_shift_is_compared_with_the_one_before(shop: Programs) -> None:
    def two(day: Day) -> None:
        day.shop.open(None)
        day.sell(10000)
        day.shop.close()
        day.shop.open(None)
        day.sell(12000)

    meanwhile(shop, two)

    async def scenario(player: Player) -> None:
        await player.see("X REPORT, SHIFT 2", "against shift 1")
        reports = await apart(player, shop, lambda day: (day.shop.running(), day.shop.final("1")))
        more = reports[0].net.minor - reports[1].net.minor
        await player.see(f"+CN¥{more / 100:.2f} net")
        await player.press("h")
        await player.see("Shifts", "✓ closed", "◌ open")
        await player.press("down", "enter")
        await player.see("Z REPORT 1", "CN¥100.00")

    play(shift, scenario)


def test_a_large_terminal_shows_earlier_shifts_too(shop: Programs) -> None:
    def one(day: Day) -> None:
        day.shop.open(None)
        day.sell(10000)
        day.shop.close()

    meanwhile(shop, one)

    async def scenario(player: Player) -> None:
        await player.see("No shift is open", "Earlier shifts", "✓ closed")
        await player.press("h", "enter")
        await player.see("Z REPORT 1")

    play(shift, scenario, LARGE)


def test_the_plots_are_said_in_words(shop: Programs) -> None:
    meanwhile(shop, busy_shift)

    async def scenario(player: Player) -> None:
        await player.see("▒ given back")
        await player.press("v")
        await player.see("165.00, back 11.00", "2, back 1")
        await player.press("v")
        await player.see("▒ given back")
        assert not player.widget("#report", ReportView).has_class("-words")

    play(shift, scenario)


def test_a_report_is_printed_and_saved(
    shop: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    meanwhile(shop, busy_shift)

    async def scenario(player: Player) -> None:
        await player.see("X REPORT")
        await player.press("p")
        await player.see("simulated one printed", "Corner Café")
        await player.press("enter")
        await player.see("✓ Printed.")
        await player.press("s")
        await player.see("Save the report")
        await player.press("end", "backspace", "backspace", "backspace")
        await player.write("txt")
        await player.press("enter")
        await player.see_no("Save the report")

    play(shift, scenario)
    saved = (tmp_path / "x-report-1.txt").read_text("utf-8")
    assert "165.00 CNY" in saved
    assert max(map(len, saved.splitlines())) <= 42


def test_a_shift_that_another_opened_is_said_in_place(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.see("No shift is open")
        await player.press("o")
        await player.see("Change in the drawer")
        await apart(player, shop, lambda day: day.shop.open(None))
        await player.press("enter")
        await player.see("✗", "shift is open")
        await player.press("escape")
        await player.see("X REPORT, SHIFT 1")

    play(shift, scenario)


def test_offline_it_says_so_and_recovers(shop: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    meanwhile(shop, lambda day: day.shop.open(None))
    found = shop.environment["WALLET_API_URL"]
    monkeypatch.setenv("WALLET_API_URL", NOWHERE)

    async def scenario(player: Player) -> None:
        await player.see("▲ offline", "Ctrl+R tries again.")
        monkeypatch.setenv("WALLET_API_URL", found)
        await player.see("● live", "X REPORT, SHIFT 1")

    play(shift, scenario)
