"""Paper as ESC/POS bytes, for a receipt printer.

The commands are those of Epson's "ESC/POS Command Reference" that every maker's printers know.
ASCII and Western letters are sent as Windows-1252 (``ESC t 16``), everything else as GB 18030 in
the Chinese mode (``FS &`` … ``FS .``), where a printer's characters are two columns wide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal_kit.receipts.paper import Code, Row, Rule, lay_out
from terminal_kit.receipts.western import is_western, runs

if TYPE_CHECKING:
    from terminal_kit.receipts.paper import Paper

ESC, FS, GS = b"\x1b", b"\x1c", b"\x1d"
START = ESC + b"@" + FS + b"." + ESC + b"t\x10"
"""Reset; no Chinese mode; the page of Windows-1252."""

CHINESE, WESTERN = FS + b"&", FS + b"."
ALIGN = {"left": ESC + b"a\x00", "center": ESC + b"a\x01"}
BOLD = {False: ESC + b"E\x00", True: ESC + b"E\x01"}
SIZE = {False: GS + b"!\x00", True: GS + b"!\x11"}
"""Large is twice as wide and twice as high."""

CUT = GS + b"VB\x00"
"""Feed to the knife and cut, leaving a bridge."""

KICK = ESC + b"p\x00\x19\xfa"
"""Open the drawer: pin 2, 50 ms on, 500 ms off."""

DOTS_A_MODULE = 4
FEED = b"\n\n"


def printer_columns(text: str) -> int:
    """Count the columns that a printer needs for a text."""
    return sum(1 if is_western(character) else 2 for character in text)


def escpos(paper: Paper, width: int, *, drawer: bool = False) -> bytes:
    """Give the bytes that print a paper of ``width`` columns, cut it, and may open the drawer."""
    parts = [START]
    if drawer:
        parts.append(KICK)
    for row in lay_out(paper, width, printer_columns, enlarge=2):
        match row:
            case Rule():
                parts += [ALIGN["left"], BOLD[False], SIZE[False], b"-" * width, b"\n"]
            case Code():
                parts += [ALIGN["center"], _qr(row.text.encode("ascii")), b"\n"]
            case Row():
                parts += [ALIGN[row.align], BOLD[row.bold], SIZE[row.large]]
                parts += [_encoded(_aligned(row, width)), b"\n"]
    return b"".join([*parts, FEED, CUT])


def _aligned(row: Row, width: int) -> str:
    if not row.right:
        return row.left
    gap = width - printer_columns(row.left) - printer_columns(row.right)
    return row.left + " " * gap + row.right


def _encoded(text: str) -> bytes:
    return b"".join(
        run.encode("cp1252") if western else CHINESE + run.encode("gb18030") + WESTERN
        for western, run in runs(text)
    )


def _qr(data: bytes) -> bytes:
    """Give the functions 165, 167, 169, 180 and 181 of ``GS ( k``: model 2, level M, print."""

    def function(number: int, *values: int, content: bytes = b"") -> bytes:
        body = bytes([49, number, *values]) + content
        return GS + b"(k" + len(body).to_bytes(2, "little") + body

    return (
        function(65, 50, 0)
        + function(67, DOTS_A_MODULE)
        + function(69, 49)
        + function(80, 48, content=data)
        + function(81, 48)
    )
