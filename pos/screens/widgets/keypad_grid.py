"""The keypad on the screen, laid out as on a till: the keyboard has the same keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Grid

from pos.keypad import BACK, CLEAR, DOUBLE_ZERO, POINT, TIMES
from pos.screens.widgets.tap import Tile

if TYPE_CHECKING:
    from textual.app import ComposeResult

#: The key that puts what is typed among the lines, or one more of the line that is marked.
PLUS = "+"
_ROWS = (
    ("7", "8", "9", BACK),
    ("4", "5", "6", CLEAR),
    ("1", "2", "3", TIMES),
    ("0", DOUBLE_ZERO, POINT, PLUS),
)
_FACES = {TIMES: "×"}
_NAMES = {BACK: "back", CLEAR: "clear", TIMES: "times", POINT: "point", PLUS: "plus"}


class KeypadKey(Tile, can_focus=False):
    """One key; the keyboard has it, so Tab leaves it out."""


class KeypadGrid(Grid):
    """Four rows of four keys."""

    def compose(self) -> ComposeResult:
        """Give the keys."""
        for row in _ROWS:
            for key in row:
                kind = "digit" if key.isdigit() or key == POINT else "act"
                name = f"key-{_NAMES.get(key, key)}"
                yield KeypadKey(_FACES.get(key, key), key, classes=kind, id=name)
