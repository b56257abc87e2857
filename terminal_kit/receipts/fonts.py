"""The fonts of a PDF, none of them embedded: Helvetica, and STSong-Light for what it has not.

Both are among those that every reader of PDF has or replaces, so nothing is fetched.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from terminal_kit.receipts.western import runs

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

PLAIN, BOLD, CHINESE = "Helvetica", "Helvetica-Bold", "STSong-Light"


@cache
def _register() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))


def _parts(text: str, *, bold: bool) -> list[tuple[str, str]]:
    """Break a text by the font that has its characters."""
    _register()
    plain = BOLD if bold else PLAIN
    return [(plain if western else CHINESE, run) for western, run in runs(text)]


def points(text: str, size: float, *, bold: bool = False) -> float:
    """Give the width of a text in points."""
    return sum(
        float(pdfmetrics.stringWidth(run, font, size)) for font, run in _parts(text, bold=bold)
    )


def draw(canvas: Canvas, x: float, y: float, text: str, size: float, *, bold: bool = False) -> None:
    """Draw a text to the right of a point on its baseline."""
    # One text object, so that a reader copies it as one piece.
    written = canvas.beginText(x, y)
    for font, run in _parts(text, bold=bold):
        written.setFont(font, size)
        written.textOut(run)
    canvas.drawText(written)


def draw_to(
    canvas: Canvas, x: float, y: float, text: str, size: float, *, bold: bool = False
) -> None:
    """Draw a text that ends at a point on its baseline."""
    draw(canvas, x - points(text, size, bold=bold), y, text, size, bold=bold)
