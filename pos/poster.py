"""A till's code for good on a page to print and put up (A4), or as a picture."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from terminal_kit.code_output import require_savable, save_code_as
from terminal_kit.language import _
from terminal_kit.receipts.output import require_writable, write_file

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from wallet_api.contract.static_codes import StaticCode

PAGE = ".pdf"
#: Sizes of letters in points, from the largest on; the merchant's name gets what it has room for.
NAME_SIZES = (48, 36, 28, 20, 14)
TEXT_SIZE, SMALL_SIZE = 20, 10
#: In millimetres: the margin, and the side of the code with its quiet zone.
MARGIN, SIDE = 20, 150


def save_static_code(code: StaticCode, name: str) -> None:
    """Write a code as its suffix says: a page as .pdf, a picture or text else. Raises Usage."""
    if Path(name).suffix.lower() == PAGE:
        require_writable(name, (PAGE,))
        write_file(name, poster_pdf(code))
        return
    require_savable(name)
    save_code_as(code.payload, name)


def poster_pdf(code: StaticCode) -> bytes:
    """Give the page; the same code gives the same bytes."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.pdfgen.canvas import Canvas

    from terminal_kit.receipts.fonts import points

    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setTitle(code.merchant)
    width, height = A4
    room = width - 2 * MARGIN * mm
    fitting = (size for size in NAME_SIZES if points(code.merchant, size, bold=True) <= room)
    top = height - 2 * MARGIN * mm
    _centred(canvas, code.merchant, top, next(fitting, NAME_SIZES[-1]), bold=True)
    _centred(canvas, code.store, top - 12 * mm, TEXT_SIZE)
    bottom = (height - SIDE * mm) / 2
    _draw_code(canvas, code.payload, (width - SIDE * mm) / 2, bottom, SIDE * mm)
    _centred(canvas, _("Scan to pay"), bottom - 14 * mm, NAME_SIZES[1], bold=True)
    _centred(canvas, _("You type the amount."), bottom - 26 * mm, TEXT_SIZE)
    _centred(canvas, _("till {id}").format(id=code.till), MARGIN * mm, SMALL_SIZE)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _centred(canvas: Canvas, text: str, y: float, size: float, *, bold: bool = False) -> None:
    from reportlab.lib.pagesizes import A4

    from terminal_kit.receipts.fonts import draw, points

    left = (A4[0] - points(text, size, bold=bold)) / 2
    draw(canvas, left, y, text, size, bold=bold)


def _draw_code(canvas: Canvas, text: str, left: float, bottom: float, side: float) -> None:
    """Draw a code with its quiet zone into a square."""
    from payment_codes.draw.matrix import qr_matrix

    matrix = qr_matrix(text)
    module = side / matrix.size
    for number, line in enumerate(reversed(matrix.rows)):
        for column, dark in enumerate(line):
            if dark:
                x, y = left + column * module, bottom + number * module
                canvas.rect(x, y, module, module, stroke=0, fill=1)
