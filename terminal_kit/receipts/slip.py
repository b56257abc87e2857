"""Paper as a PDF of one page, as wide as a receipt printer's roll and as long as it needs."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from payment_codes.draw.matrix import qr_matrix
from terminal_kit.receipts.fonts import draw, draw_to, points
from terminal_kit.receipts.paper import Code, Row, Rule, lay_out

if TYPE_CHECKING:
    from terminal_kit.receipts.paper import Paper

WIDTH, MARGIN = float(80 * mm), float(5 * mm)
SIZE, LARGE, LEADING = 9.0, 14.0, 1.35
MODULE = float(0.8 * mm)


def slip_pdf(paper: Paper, title: str) -> bytes:
    """Give the PDF of a paper; the same paper gives the same bytes."""
    room = WIDTH - 2 * MARGIN
    # Bold is the widest that a row can be.
    rows = lay_out(paper, room, lambda text: points(text, SIZE, bold=True), LARGE / SIZE)
    height = 2 * MARGIN + sum(_height(row) for row in rows)
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, height), invariant=1)
    canvas.setTitle(title)
    top = height - MARGIN
    for row in rows:
        top -= _height(row)
        _draw(canvas, row, top)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _height(row: Row | Rule | Code) -> float:
    if isinstance(row, Code):
        return qr_matrix(row.text).size * MODULE + SIZE * LEADING
    return (LARGE if isinstance(row, Row) and row.large else SIZE) * LEADING


def _draw(canvas: Canvas, row: Row | Rule | Code, y: float) -> None:
    """Draw a row above the height ``y``."""
    match row:
        case Rule():
            canvas.line(MARGIN, y + SIZE / 2, WIDTH - MARGIN, y + SIZE / 2)
        case Code():
            _draw_code(canvas, row.text, y)
        case Row():
            size = LARGE if row.large else SIZE
            baseline = y + size * (LEADING - 1)
            wide = points(row.left, size, bold=row.bold)
            left = (WIDTH - wide) / 2 if row.align == "center" else MARGIN
            draw(canvas, left, baseline, row.left, size, bold=row.bold)
            draw_to(canvas, WIDTH - MARGIN, baseline, row.right, size, bold=row.bold)


def _draw_code(canvas: Canvas, text: str, y: float) -> None:
    matrix = qr_matrix(text)
    left = (WIDTH - matrix.size * MODULE) / 2
    for number, line in enumerate(reversed(matrix.rows)):
        for column, dark in enumerate(line):
            if dark:
                x, bottom = left + column * MODULE, y + SIZE * LEADING + number * MODULE
                canvas.rect(x, bottom, MODULE, MODULE, stroke=0, fill=1)
    small = SIZE * 0.7
    draw(canvas, (WIDTH - points(text, small)) / 2, y + small / 2, text, small)
