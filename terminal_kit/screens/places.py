"""Where one can go: the one table behind a program's command palette, its home screen and its help.

A screen's module is imported when somebody goes there, so the first picture comes fast.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen


@dataclass(frozen=True, slots=True)
class Place:
    """A screen one can go to.

    ``title`` and ``about`` are marked for the catalogue by `N_`. ``screen`` names a class of a
    `KitScreen` that is made without arguments, as ``module:Class``. ``key`` opens it from home.
    """

    id: str
    title: str
    about: str
    screen: str
    key: str = ""

    def make(self) -> Screen[object]:
        """Make the screen."""
        module, _colon, name = self.screen.partition(":")
        made: Screen[object] = getattr(import_module(module), name)()
        return made
