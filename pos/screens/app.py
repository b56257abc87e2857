"""The till's screens as one program."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pos.screens.places import PLACES
from terminal_kit.screens.app import KitApp

if TYPE_CHECKING:
    from terminal_kit.screens.places import Place


class TillApp(KitApp):
    """What `pos` opens without a command."""

    TITLE = "Till"
    HOME = "sale"
    PLACES: ClassVar[tuple[Place, ...]] = PLACES
