"""How the till's sale, its dialogs, held sales and the first run look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, OptionList

from payment_codes.amount import Amount
from pos.held import HeldSales
from pos.sale import Sale
from terminal_kit.session import Session
from tests.end_to_end.programs import TILL
from tests.pos.screens.counter import set_up, till
from tests.stage.snapshots import snapshot

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs
    from tests.stage.playing import Player


@pytest.fixture
def shop(shop: Programs) -> Programs:
    set_up()
    return shop


async def rung_up(player: Player) -> None:
    """Ring something of everything up."""
    await player.see("Flat white", "●")
    await player.write("b3*f12.50+2*45")
    await player.see("3 × Oolong tea", "2 × 45")


def test_nothing_rung_up(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.see("Flat white", "●", "F10")

    snapshot("till-sale-empty", till, scenario)


def test_a_sale(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await rung_up(player)
        await player.press("d")
        await player.until(lambda: isinstance(player.app.focused, Input))
        await player.write("10%")
        await player.press("enter")
        await player.see("10%", "21.85")

    snapshot("till-sale", till, scenario)


def test_a_tip(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await rung_up(player)
        await player.press("t")
        await player.until(lambda: isinstance(player.app.focused, Input))
        await player.write("200%")
        await player.see("✗")

    snapshot("till-sale-tip", till, scenario)


def test_the_customers_code(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await rung_up(player)
        await player.press("c")
        await player.until(lambda: isinstance(player.app.focused, Input))
        await player.paste("281234567890123456")
        await player.see("✗")

    snapshot("till-sale-code", till, scenario)


def test_held_sales(shop: Programs) -> None:
    with Session(TILL) as session:
        for name, minor in (("Oolong tea", 28_00), ("茉莉花茶", 1_234_50)):
            sale = Sale(currency="CNY").add(name, Amount(minor, "CNY"), 2)
            HeldSales.of(session).hold(sale, session.clock())

    async def scenario(player: Player) -> None:
        await player.see("Flat white", "●")
        await player.press("f3")
        await player.see("2 × 茉莉花茶")
        await player.until(lambda: isinstance(player.app.focused, OptionList))

    snapshot("till-held", till, scenario)


def test_no_held_sales(shop: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.see("Flat white", "●")
        await player.press("f3")
        await player.until(lambda: "Oolong" not in player.text())

    snapshot("till-held-none", till, scenario)


def test_the_first_run(town: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.until(lambda: isinstance(player.app.focused, Input))
        await player.write("Corner Cafe")

    snapshot("till-first-run", till, scenario)


def test_the_kind_of_shop(town: Programs) -> None:
    async def scenario(player: Player) -> None:
        await player.until(lambda: isinstance(player.app.focused, Input))
        await player.write("Corner Cafe")
        await player.press("enter", "enter")
        await player.until(lambda: isinstance(player.app.focused, OptionList))

    snapshot("till-first-run-category", till, scenario, anew=True)
