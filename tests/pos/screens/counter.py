"""A till that sells: a shift is open, quick keys are there, a scanner lies beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Key
from textual.widgets import Input, Static

from pos.products import Products
from pos.screens.app import TillApp
from pos.screens.ringing_up import RingingUp
from pos.shop import ShopDay
from terminal_kit.session import Session
from tests.end_to_end.programs import TILL

if TYPE_CHECKING:
    from pos.sale import Sale
    from tests.stage.playing import Player


def till() -> TillApp:
    """Make the till's screens."""
    return TillApp(TILL)


def set_up() -> None:
    """Open a shift and write the example products down."""
    with Session(TILL) as session:
        ShopDay(session).open(None)
        session.state.forget_answered()
    products = Products.load("default", "CNY")
    products.save(products.examples())


async def stand_at(player: Player) -> RingingUp:
    """Wait until the till is ready to sell."""
    await player.see("Flat white", "● live")
    screen = player.app.screen
    assert isinstance(screen, RingingUp)
    return screen


def sale_at(player: Player) -> Sale:
    """Give what is rung up."""
    screen = next(one for one in player.app.screen_stack if isinstance(one, RingingUp))
    return screen.ringing.sale


async def hear(player: Player, text: str) -> None:
    """Wait until the till says something under the lines, however it is broken into rows."""
    said = player.widget("#said", Static)
    await player.until(lambda: text in str(said.content), text)


async def asked(player: Player, title: str) -> None:
    """Wait until a dialog is there and takes what is typed."""
    await player.see(title)
    await player.until(lambda: isinstance(player.app.focused, Input), title)


async def scan(player: Player, *keys: str) -> None:
    """Have the scanner type: texts letter by letter, and keys by their names, without a pause."""
    for key in keys:
        names = [key] if key in {"enter", "tab", "escape"} else list(key)
        for name in names:
            player.app.post_message(Key(name, name if len(name) == 1 else None))
    await player.pilot.pause()
