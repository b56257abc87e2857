"""Held sales on the screen: put aside, taken up after a restart, exchanged, dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from payment_codes.amount import Amount
from pos.held import HeldSales
from pos.sale import Sale
from terminal_kit.session import Session
from tests.end_to_end.programs import TILL
from tests.pos.screens.counter import hear, sale_at, set_up, stand_at, till
from tests.stage.playing import Player, play

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs


@pytest.fixture
def shop(shop: Programs) -> Programs:
    set_up()
    return shop


def held() -> list[Sale]:
    """Give the sales that are put aside."""
    with Session(TILL) as session:
        return [one.sale for one in HeldSales.of(session).items()]


def put_aside(name: str, minor: int) -> None:
    with Session(TILL) as session:
        sale = Sale(currency="CNY").add(name, Amount(minor, "CNY"))
        HeldSales.of(session).hold(sale, session.clock())


def test_a_sale_is_put_aside_and_taken_up_after_a_restart(shop: Programs) -> None:
    async def hold(player: Player) -> None:
        await stand_at(player)
        await player.press("h")
        await hear(player, "There is nothing to put aside.")
        await player.write("bb5")
        await player.press("h")
        await hear(player, "Put aside. F3 takes it up again.")
        assert sale_at(player).is_empty

    async def resume(player: Player) -> None:
        await stand_at(player)
        await player.press("f3")
        await player.see("1 put aside", "2 × Flat white, 1 × Item", "CN¥69.00")
        await player.press("enter")
        await player.see("2 × Flat white", "1 × Item")
        assert sale_at(player).total == Amount(69_00, "CNY")

    play(till, hold)
    assert [sale.total.minor for sale in held()] == [69_00]
    play(till, resume)
    assert held() == []


def test_taking_one_up_puts_the_other_aside(shop: Programs) -> None:
    put_aside("Cake", 9_00)
    put_aside("Tea", 8_00)

    async def scenario(player: Player) -> None:
        await stand_at(player)
        await player.press("b")
        await player.see("1 × Flat white")
        await player.press("f3")
        await player.see("2 put aside")
        await player.press("down", "enter")
        await player.see("1 × Tea")

    play(till, scenario)
    assert [sale.lines[0].name for sale in held()] == ["Cake", "Flat white"]


def test_a_sale_is_dropped_once_that_is_confirmed(shop: Programs) -> None:
    put_aside("Cake", 9_00)

    async def scenario(player: Player) -> None:
        await stand_at(player)
        await player.press("f3")
        await player.see("1 put aside")
        await player.press("d")
        await player.see("Drop this sale of CN¥9.00?")
        await player.press("enter")
        await player.see_no("Drop this sale")
        assert len(held()) == 1
        await player.press("delete")
        await player.see("Drop this sale of CN¥9.00?")
        await player.click("#yes")
        await player.see("Nothing is put aside.", "h puts one aside")
        await player.press("escape")
        await stand_at(player)

    play(till, scenario)
    assert held() == []
