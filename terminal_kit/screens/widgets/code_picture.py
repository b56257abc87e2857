"""Codes as widgets, black on white under every theme: two modules of a QR code in each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.geometry import Region, Size

BLACK, WHITE = "#000000", "#ffffff"
#: The glyph's half takes the first module, the cell's background the second.
_STYLES = {
    (first, second): Style(color=BLACK if first else WHITE, bgcolor=BLACK if second else WHITE)
    for first in (True, False)
    for second in (True, False)
}
UPPER_HALF, LEFT_HALF = "▀", "▌"
#: A row of a Code 128 is drawn so many times.
BAR_ROWS = 4


class _Modules(Widget):
    """Rows of cells, each of two modules; nothing around them is drawn over."""

    HALF = UPPER_HALF

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._strips: list[Strip] = []

    def _draw(self, rows: Sequence[Sequence[tuple[bool, bool]]]) -> None:
        self._strips = [
            Strip([Segment(self.HALF if a != b else " ", _STYLES[a, b]) for a, b in row]).simplify()
            for row in rows
        ]
        self.styles.width = len(rows[0]) if rows else 0
        self.styles.height = len(rows)
        self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Give the columns of the code."""
        del container, viewport
        return self._strips[0].cell_length if self._strips else 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give the rows of the code."""
        del container, viewport, width
        return len(self._strips)

    def render_line(self, y: int) -> Strip:
        """Give one row of cells."""
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give rows as they are: no tint, opacity or theme may touch what a scanner reads."""
        return [self.render_line(y).crop(crop.x, crop.right) for y in range(crop.y, crop.bottom)]


class QrCode(_Modules):
    """A QR code with its quiet zone; ``large`` takes two columns and a row for each module."""

    def __init__(self, payload: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._payload = ""
        self._large = False
        if payload:
            self.show(payload)

    @property
    def payload(self) -> str:
        """The text that is shown."""
        return self._payload

    def show(self, payload: str, *, large: bool = False) -> None:
        """Draw a text, or nothing for an empty one."""
        from payment_codes.draw.matrix import qr_matrix

        if (payload, large) == (self._payload, self._large):
            return
        self._payload, self._large = payload, large
        if not payload:
            self._draw([])
            return
        rows = list(qr_matrix(payload).rows)
        if large:
            self._draw([[(dark, dark) for dark in row for _half in range(2)] for row in rows])
            return
        if len(rows) % 2:
            rows.append((False,) * len(rows[0]))
        pairs = zip(rows[::2], rows[1::2], strict=True)
        self._draw([list(zip(upper, lower, strict=True)) for upper, lower in pairs])


class Barcode(_Modules):
    """A Code 128, two modules in each column; 18 digits take 77 columns."""

    HALF = LEFT_HALF

    def show(self, text: str) -> None:
        """Draw an ASCII text."""
        from payment_codes.draw.barcode import code128_modules

        modules = list(code128_modules(text))
        if len(modules) % 2:
            modules.append(False)
        row = list(zip(modules[::2], modules[1::2], strict=True))
        self._draw([row] * BAR_ROWS)
