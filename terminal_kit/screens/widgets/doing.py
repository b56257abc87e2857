"""What takes long, said in place: one row whose seconds count down."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from textual.widgets import Static

from terminal_kit.progress import words

if TYPE_CHECKING:
    from textual.timer import Timer

    from terminal_kit.asking import Doing


class DoingLine(Static):
    """Says what behaviour is doing, as `KitScreen.progress` hears it; else it is empty."""

    DEFAULT_CSS = "DoingLine { height: auto; color: $warning; display: none; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, markup=False)
        self._doing: Doing | None = None
        self._until = 0.0
        self._timer: Timer | None = None

    def tell(self, doing: Doing) -> None:
        """Say what is being done now."""
        self.clear()
        self._doing = doing
        seconds = getattr(doing, "seconds", None)
        if seconds is not None:
            self._until = time.monotonic() + seconds
            self._timer = self.set_interval(1.0, self._paint)
        self._paint()

    def clear(self) -> None:
        """Say nothing any more."""
        if self._timer is not None:
            self._timer.stop()
        self._doing = self._timer = None
        self.display = False

    def _paint(self) -> None:
        if self._doing is None:
            return
        left = max(math.ceil(self._until - time.monotonic()), 0)
        self.update(f"◌ {words(self._doing, left)}")
        self.display = True
        if not left and self._timer is not None:
            self._timer.stop()
