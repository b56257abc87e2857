"""Draws terminal cells as a picture: blocks as exact rectangles, everything else by a font."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageDraw, ImageFont
from rich.ansi import AnsiDecoder
from rich.cells import cell_len
from rich.color_triplet import ColorTriplet
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import MONOKAI

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.segment import Segment

#: At this size a character of the font is as wide as a cell, and half a cell is square.
FONT_SIZE, CELL_WIDTH, CELL_HEIGHT, MARGIN = 20, 12, 24, 18
FOREGROUND, BACKGROUND = ColorTriplet(220, 220, 220), ColorTriplet(18, 20, 24)
FONTS = {
    "plain": "DejaVuSansMono.ttf",
    "bold": "DejaVuSansMono-Bold.ttf",
    "wide": "wqy-microhei.ttc",
}
#: Blocks as parts of a cell in eighths: left, top, right, bottom.
BLOCKS = {
    "█": (0, 0, 8, 8),
    "▀": (0, 0, 8, 4),
    "▄": (0, 4, 8, 8),
    "▐": (4, 0, 8, 8),
    **{block: (0, 0, 8 - part, 8) for part, block in enumerate("▉▊▋▌▍▎▏", 1)},
    **{block: (0, 8 - part, 8, 8) for part, block in enumerate("▁▂▃▄▅▆▇", 1)},
}


class Look(NamedTuple):
    """The colours of a cell, red, green and blue from 0 to 255."""

    colour: ColorTriplet
    background: ColorTriplet
    bold: bool
    line: bool


def look_of(style: Style) -> Look:
    """Give the colours of a style on our dark background."""
    colour = style.color.get_truecolor(MONOKAI) if style.color else FOREGROUND
    background = style.bgcolor.get_truecolor(MONOKAI) if style.bgcolor else BACKGROUND
    if style.reverse:
        colour, background = background, colour
    if style.dim:
        red, green, blue = ((one + two) // 2 for one, two in zip(colour, background, strict=True))
        colour = ColorTriplet(red, green, blue)
    return Look(colour, background, bool(style.bold), bool(style.underline))


def draw_text(text: str, columns: int) -> Image.Image:
    """Draw lines of ANSI text; as on a terminal, colours last over the end of a line."""
    console, decoder = Console(width=columns), AnsiDecoder()
    lines = map(decoder.decode_line, text.split("\n"))
    return draw([list(line.render(console, end="")) for line in lines], columns)


def draw(rows: Sequence[Iterable[Segment]], columns: int) -> Image.Image:
    """Draw rows of styled text."""
    picture = _Picture(columns, len(rows))
    for row, segments in enumerate(rows):
        column = 0
        for segment in segments:
            look = look_of(segment.style or Style())
            for character in segment.text:
                width = cell_len(character)
                picture.cell(column, row, width, character, look)
                column += width
    return picture.image


class _Picture:
    def __init__(self, columns: int, rows: int) -> None:
        size = (columns * CELL_WIDTH + 2 * MARGIN, rows * CELL_HEIGHT + 2 * MARGIN)
        self.image = Image.new("RGB", size, BACKGROUND)
        self._draw = ImageDraw.Draw(self.image)
        try:
            self._fonts = {
                kind: ImageFont.truetype(name, FONT_SIZE) for kind, name in FONTS.items()
            }
        except OSError:
            fonts = "The fonts DejaVu Sans Mono and WenQuanYi Micro Hei are needed."
            raise SystemExit(fonts) from None

    def cell(self, column: int, row: int, width: int, text: str, look: Look) -> None:
        """Draw one character over its cells."""
        x, y = MARGIN + column * CELL_WIDTH, MARGIN + row * CELL_HEIGHT
        right, bottom = x + width * CELL_WIDTH - 1, y + CELL_HEIGHT - 1
        self._draw.rectangle((x, y, right, bottom), fill=look.background)
        if text in BLOCKS:
            left, top, until, down = BLOCKS[text]
            self._draw.rectangle(
                (
                    *(x + left * CELL_WIDTH // 8, y + top * CELL_HEIGHT // 8),
                    *(x + until * CELL_WIDTH // 8 - 1, y + down * CELL_HEIGHT // 8 - 1),
                ),
                fill=look.colour,
            )
        elif text.strip():
            kind = "wide" if width > 1 else "bold" if look.bold else "plain"
            self._draw.text((x, y), text, font=self._fonts[kind], fill=look.colour)
            if "─" <= text <= "╿":
                # The font's lines are a little shorter than a cell.
                self._draw.text((x, y + 1), text, font=self._fonts[kind], fill=look.colour)
        if look.line:
            self._draw.line((x, bottom - 1, right, bottom - 1), fill=look.colour)
