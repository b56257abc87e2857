"""The till's first run as a shopkeeper goes through it, and one more till of the same shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, OptionList

from pos.products import Products
from pos.screens.app import TillApp
from pos.security import Security
from pos.till import Till
from terminal_kit.session import Chosen, Session
from tests.end_to_end.programs import TILL
from tests.pos.screens.counter import set_up, till
from tests.stage.playing import LARGE, SMALL, Player, play

if TYPE_CHECKING:
    from tests.end_to_end.programs import Programs

SECOND = Chosen("pos", "second")


async def at(player: Player, title: str, kind: type[Input | OptionList]) -> None:
    """Wait until a step is ready for keys."""
    await player.see(title)
    await player.until(lambda: isinstance(player.app.focused, kind), f"the focus of {title}")


async def go_home(player: Player) -> None:
    """Keep the secrets in a file, and take the example products."""
    await at(player, "Where shall the secrets be kept?", OptionList)
    await player.press("enter")
    await at(player, "✓ Your till is open", OptionList)
    await player.press("enter")
    await player.see("Open a shift")
    await player.press("escape")
    await player.see("Flat white", "● live")


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_a_shop_opens_with_its_first_till(town: Programs, size: tuple[int, int]) -> None:
    async def scenario(player: Player) -> None:
        await at(player, "A till in your terminal", Input)
        await player.press("enter", "enter")
        await player.see("✗ Type the shop's name.")
        await player.write("茶馆 Tea")
        await player.press("enter", "enter")
        await at(player, "What kind of shop is it?", OptionList)
        await player.press("down", "down", "tab")
        await player.write("123")
        await player.press("enter")
        await player.see("✗", "four digits of ISO 18245")
        await player.write("4")
        await player.press("escape")
        await at(player, "A till in your terminal", Input)
        assert player.widget("#name", Input).value == "茶馆 Tea"
        await player.press("enter", "enter")
        await at(player, "What kind of shop is it?", OptionList)
        await player.press("down", "down", "enter")
        await go_home(player)

    play(till, scenario, size)
    with Session(TILL) as session:
        card = Till(session).card()
    assert (card.name, card.city, card.category) == ("茶馆 Tea", "Shanghai", "5462")
    assert len(Products.load("default", "CNY").items) == 8


def test_another_till_joins_by_an_invitation(town: Programs) -> None:
    town.open_shop()
    set_up()
    with Session(TILL) as session:
        invitation, _card = Security(session).invite()

    async def scenario(player: Player) -> None:
        await at(player, "A till in your terminal", Input)
        await player.click("#join")
        await at(player, "Your invitation", Input)
        await player.write("0000-0000-0000-0000")
        await player.press("enter")
        await at(player, "Where shall the secrets be kept?", OptionList)
        await player.press("enter")
        await player.see("Your invitation", "The invitation is not known here.")
        await at(player, "Your invitation", Input)
        for _letter in range(19):
            await player.press("backspace")
        await player.write(invitation)
        await player.press("enter")
        await go_home(player)

    play(lambda: TillApp(SECOND), scenario)
    with Session(TILL) as session, Session(SECOND) as second:
        assert Till(second).card().merchant == Till(session).card().merchant
