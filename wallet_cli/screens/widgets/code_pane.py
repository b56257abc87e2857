"""A code with text beside it, as large as a code gets: 45 columns and 23 rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, VerticalGroup
from textual.widgets import Static

from terminal_kit.language import _
from terminal_kit.screens.widgets.code_picture import QrCode

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget


class CodePane(Horizontal):
    """Gives way to a sentence where the code would be cut: a part of it is no code."""

    DEFAULT_CSS = """
    CodePane { height: 1fr; align: center middle; }
    CodePane > QrCode { width: auto; height: auto; }
    CodePane > .code-beside {
        width: 1fr; max-width: 50; height: auto; max-height: 100%; padding: 0 0 0 2;
    }
    CodePane > .code-cut { display: none; width: 20; height: auto; color: $warning; }
    CodePane.-cut > QrCode { display: none; }
    CodePane.-cut > .code-cut { display: block; }
    """

    def __init__(self, *beside: Widget, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._beside = beside

    def compose(self) -> ComposeResult:
        """Give the code and what stands beside it."""
        yield QrCode()
        cut = _("The code needs 45 columns and 23 rows: make the window larger, or save it (s).")
        yield Static(cut, classes="code-cut", markup=False)
        yield VerticalGroup(*self._beside, classes="code-beside")

    def show(self, payload: str) -> None:
        """Draw a code."""
        self.query_one(QrCode).show(payload)
        self._measure()

    def on_resize(self) -> None:
        """See whether the code fits."""
        self._measure()

    def _measure(self) -> None:
        code, room = self.query_one(QrCode), self.size
        rows = code.get_content_height(room, room, room.width)
        self.set_class(
            rows > room.height or code.get_content_width(room, room) > room.width, "-cut"
        )
