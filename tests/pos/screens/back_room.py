"""A till that opens at one of its places, and a customer who buys at it meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pos.screens.app import TillApp
from tests.end_to_end.day import day_of
from tests.end_to_end.programs import TILL

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.end_to_end.day import Day
    from tests.end_to_end.programs import Programs
    from tests.stage.playing import Player

T = TypeVar("T")
#: Where nobody listens.
NOWHERE = "http://127.0.0.1:9"


def till_at(place: str) -> Callable[[], TillApp]:
    """Give what makes the till's screens, with a place for their home."""

    class At(TillApp):
        HOME = place

    return lambda: At(TILL)


def meanwhile(shop: Programs, act: Callable[[Day], T]) -> T:
    """Do something at the same till and with the customer's wallet."""
    with day_of(shop) as day:
        return act(day)


async def apart(player: Player, shop: Programs, act: Callable[[Day], T]) -> T:
    """Do something at the same till and with the customer's wallet while the screens run."""
    done: T = await player.apart(lambda: meanwhile(shop, act))
    return done
