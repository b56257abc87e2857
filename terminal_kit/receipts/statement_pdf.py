"""A month's statement as a PDF of A4 pages."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from payment_codes.amount import decimal_text
from terminal_kit.console import local_time
from terminal_kit.language import _
from terminal_kit.receipts.fonts import draw, draw_to, points
from terminal_kit.receipts.statement import described, facts, headings, signed, stated, sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wallet_api.contract.statement import Movement, Statement

WIDTH, HEIGHT = float(A4[0]), float(A4[1])
LEFT, RIGHT = float(18 * mm), WIDTH - float(18 * mm)
TOP, BOTTOM = HEIGHT - float(20 * mm), float(20 * mm)
#: Where the text begins, and where the amounts and the balances end.
WHAT, AMOUNT, BALANCE = LEFT + 84, RIGHT - 88, RIGHT
SIZE, TITLE, STEP = 9.0, 16.0, 14.0


def statement_pdf(statement: Statement, movements: Sequence[Movement]) -> bytes:
    """Give the PDF of a statement; the same statement gives the same bytes."""
    buffer = BytesIO()
    title = _("Statement of {month}").format(month=statement.month)
    page = _Pages(Canvas(buffer, pagesize=A4, invariant=1), title)
    page.title()
    for name, value in facts(statement):
        page.line((stated(name, value), "", "", ""))
    page.head()
    page.line(("", _("Opening balance"), "", decimal_text(statement.opening)), bold=True)
    for movement in movements:
        page.line(
            (
                local_time(movement.created_at, statement.zone)[:16],
                described(movement),
                signed(movement),
                decimal_text(movement.balance_after),
            )
        )
    page.rule()
    for name, value in sums(statement):
        page.line(("", name, "", value), bold=True)
    page.end()
    return buffer.getvalue()


class _Pages:
    """Pages that are filled from top to bottom; each new one begins with the headings."""

    def __init__(self, canvas: Canvas, title: str) -> None:
        self._canvas = canvas
        self._title = title
        self._y = TOP
        canvas.setTitle(title)

    def title(self) -> None:
        """Write the title."""
        draw(self._canvas, LEFT, self._y, self._title, TITLE, bold=True)
        self._y -= 2 * STEP

    def head(self) -> None:
        """Write the names of the columns."""
        self._y -= STEP
        self.line(headings(), bold=True)
        self.rule()

    def line(self, columns: tuple[str, str, str, str], *, bold: bool = False) -> None:
        """Write one line, on a new page when this one is full."""
        if self._y < BOTTOM:
            self._finish()
            self._y = TOP
            self.head()
        date, what, amount, balance = columns
        canvas, y = self._canvas, self._y
        draw(canvas, LEFT, y, date, SIZE, bold=bold)
        room = AMOUNT - WHAT - points(amount, SIZE) - 8
        draw(canvas, WHAT, y, _cut(what, room, bold=bold), SIZE, bold=bold)
        draw_to(canvas, AMOUNT, y, amount, SIZE, bold=bold)
        draw_to(canvas, BALANCE, y, balance, SIZE, bold=bold)
        self._y -= STEP

    def rule(self) -> None:
        """Draw a line across."""
        y = self._y + STEP - 4
        self._canvas.line(LEFT, y, RIGHT, y)
        self._y -= 2

    def end(self) -> None:
        """Finish the last page and the file."""
        self._finish()
        self._canvas.save()

    def _finish(self) -> None:
        number = _("Page {number}").format(number=self._canvas.getPageNumber())
        draw_to(self._canvas, RIGHT, BOTTOM - 2 * STEP, number, SIZE)
        self._canvas.showPage()


def _cut(text: str, room: float, *, bold: bool) -> str:
    """Cut a text to so many points."""
    while points(text, SIZE, bold=bold) > room:
        text = text[:-1]
    return text
