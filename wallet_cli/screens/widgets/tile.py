"""A tile of home: a key and where it leads, for those who look and for those who click."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.widget import Widget

from terminal_kit.language import _

if TYPE_CHECKING:
    from terminal_kit.screens.app import KitApp
    from terminal_kit.screens.places import Place

#: A tile at least so wide says what is there too.
WIDE = 40
KEY_CELLS, TITLE_CELLS = 3, 14


class Tile(Widget):
    """One row: the key, the title and, where there is room, what it is about."""

    DEFAULT_CSS = """
    Tile {
        height: 1;
        width: 1fr;
        padding: 0 1;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    Tile:hover { background: $block-cursor-background; color: $block-cursor-foreground; }
    """

    def __init__(self, place: Place) -> None:
        super().__init__(id=f"tile-{place.id}")
        self._place = place

    def render(self) -> Content:
        """Give the row."""
        place = self._place
        key = Content.styled(place.key.ljust(KEY_CELLS), "bold $primary")
        title = Content(_(place.title))
        if self.size.width < WIDE:
            return Content.assemble(key, title)
        space = " " * max(TITLE_CELLS - title.cell_length, 1)
        return Content.assemble(key, title, space, (_(place.about), "$muted"))

    def on_click(self) -> None:
        """Go there."""
        cast("KitApp", self.app).action_go(self._place.id)
