"""The customer's display beside the till: two programs of one profile, and a customer who pays."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from contextvars import copy_context
from typing import TYPE_CHECKING

import pytest

from payment_codes.scan.scanner import scan_one
from pos.display_feed import FILE_NAME, DisplayFeed
from pos.sale import Line
from pos.screens import display
from pos.screens.app import TillApp
from pos.screens.display import DisplayApp
from pos.screens.widgets.block_figure import drawn
from terminal_kit.profiles import profile_folder
from terminal_kit.screens.widgets.code_picture import QrCode
from terminal_kit.session import Session
from tests.end_to_end.programs import PIN, TILL
from tests.pos.screens.stand import (
    SALE,
    Charging,
    Empty,
    cny,
    pay,
    payer_code,
    stand,
    waiting_payment,
    with_wallet,
)
from tests.stage.playing import LARGE, SMALL, Player, play
from wallet_api.contract.wire import ChargeRequest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from rich.segment import Segment
    from textual.pilot import Pilot

    from tests.end_to_end.programs import Programs


class Beside(Player):
    """Sits before a second program; which one is the active one is a matter of the context."""

    def __init__(self, app: DisplayApp, pilot: Pilot[object]) -> None:
        super().__init__(app, pilot)
        self._context = copy_context()

    def segments(self) -> list[list[Segment]]:
        """Give the rows of its own terminal."""
        return self._context.copy().run(super().segments)

    async def until(self, condition: Callable[[], bool], what: object = "") -> None:
        """Wait as its own program does."""
        waiting = super().until(condition, what)
        await asyncio.create_task(waiting, context=self._context)


@asynccontextmanager
async def customer_side(size: tuple[int, int] = SMALL) -> AsyncIterator[Player]:
    """Give the display beside the till that is played.

    It runs in a task of its own, because each program is the active one of its task.
    """
    begun: asyncio.Future[Player] = asyncio.get_running_loop().create_future()
    left = asyncio.Event()

    async def run() -> None:
        app = DisplayApp(TILL)
        async with app.run_test(size=size, tooltips=False) as pilot:
            begun.set_result(Beside(app, pilot))
            await left.wait()
        assert app.desk is not None
        await app.desk.close()
        assert app.failure is None, app.failure

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(run())
        yield await begun
        left.set()


def till() -> TillApp:
    return stand()


def test_it_follows_a_sale_to_the_thanks(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        async with customer_side() as customer:
            await player.until(lambda: isinstance(player.app.screen, Empty))
            await customer.see("Corner Café", "Welcome")
            assert isinstance(player.app, TillApp)
            player.app.feed.sale(SALE.rung, SALE.total)
            await customer.see("2 ×", "Flat white", "CN¥64.00", "Apple pie", "Total")
            charging = await Charging.begin(player)
            await customer.see("Scan to pay", "5:00")
            assert customer.widget("#code", QrCode).payload == charging.payload
            await player.apart(lambda: pay(charging.payload))
            await customer.see("✓ Paid", "Thank you!")
            await player.see("✓ Paid", "PAID")
            await player.press("enter")
            await player.until(lambda: isinstance(player.app.screen, Empty))
            await customer.see("Welcome")

    play(till, scenario)


def test_it_asks_for_the_pin(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        code = await player.apart(payer_code)
        async with customer_side() as customer:
            await Charging.begin(player, ChargeRequest(amount=cny("1500"), code=code))
            await customer.see("Enter your PIN on your phone", "0:5")
            payment = await player.apart(waiting_payment)
            await player.apart(lambda: with_wallet(lambda one: one.confirm(payment, PIN)))
            await customer.see("✓ Paid")

    play(till, scenario)


def test_an_unpaid_sale_is_shown_again(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        async with customer_side() as customer:
            await Charging.begin(player)
            await customer.see("Scan to pay")
            await player.press("x")
            await player.see("Cancel this charge?")
            await player.press("enter")
            await customer.see("Flat white", "Total")

    play(till, scenario)


def test_a_till_that_ends_is_closed_and_comes_back(shop: Programs) -> None:
    async def scenario(customer: Player) -> None:
        await customer.see("This till is closed.")
        for _ in range(2):
            with Session(TILL) as session:
                feed = DisplayFeed(session)
                feed.named("Tea House")
                await customer.see("Tea House", "Welcome")
                feed.close()
                await customer.see("This till is closed.")

    play(lambda: DisplayApp(TILL), scenario)


def test_thanks_are_not_cut_short_but_by_the_next_customer(
    shop: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(display, "THANKS_SECONDS", 600.0)

    async def scenario(player: Player) -> None:
        async with customer_side() as customer:
            charging = await Charging.begin(player)
            await player.see("Ready to scan")
            await player.apart(lambda: pay(charging.payload))
            await customer.see("Thank you!")
            await player.press("enter")
            await player.until(lambda: isinstance(player.app.screen, Empty))
            assert isinstance(player.app, TillApp)
            over = time.monotonic() + 3 * display.LOOK_SECONDS
            await customer.until(lambda: time.monotonic() > over)
            assert "Thank you!" in customer.text()
            player.app.feed.sale(SALE.rung, SALE.total)
            await customer.see("Flat white")

    play(till, scenario)


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_the_code_can_be_scanned_from_the_display(
    shop: Programs, tmp_path: Path, size: tuple[int, int]
) -> None:
    async def scenario(player: Player) -> None:
        async with customer_side(size) as customer:
            charging = await Charging.begin(player)
            await customer.see("Scan to pay")
            wide = 90 if size == LARGE else 45
            await customer.until(lambda: customer.widget("#code", QrCode).size.width == wide)
            customer.photograph(tmp_path / "display.png")
            assert scan_one(tmp_path / "display.png").text == charging.payload

    play(till, scenario)


def test_a_long_sale_shows_its_newest_lines(shop: Programs) -> None:
    lines = [Line(name=f"Item {number}", price=cny("1")) for number in range(1, 61)]

    async def scenario(customer: Player) -> None:
        with Session(TILL) as session:
            feed = DisplayFeed(session)
            feed.sale(lines, cny("60"))
            await customer.see("Item 60", "more")
            assert "Item 1 " not in customer.text()
            feed.close()

    play(lambda: DisplayApp(TILL), scenario)


def test_only_q_and_escape_lead_away(shop: Programs) -> None:
    async def scenario(customer: Player) -> None:
        await customer.see("This till is closed.")
        await customer.press("f1", "f2", "ctrl+p", "enter", "tab", "a", "x")
        await customer.see("This till is closed.")
        assert customer.app.is_running
        await customer.press("q")
        await customer.until(lambda: customer.app.return_code == 0)

    play(lambda: DisplayApp(TILL), scenario)


def test_what_cannot_be_read_is_said(shop: Programs) -> None:
    async def scenario(customer: Player) -> None:
        with Session(TILL) as session:
            feed = DisplayFeed(session)
            feed.named("Tea House")
            await customer.see("Tea House")
            (profile_folder("pos", "default") / FILE_NAME).write_bytes(b"not sealed")
            await customer.see("damaged")
            feed.named("Coffee House")
            await customer.see("Coffee House")
            feed.close()

    play(lambda: DisplayApp(TILL), scenario)


def test_figures_are_as_wide_as_they_are_drawn() -> None:
    for scale in (1, 2):
        rows = drawn("1,234.50", scale)
        assert len(rows) == 5 * scale
        assert {len(row) for row in rows} == {scale * 2 * (6 * 3 + 2 + 7)}
