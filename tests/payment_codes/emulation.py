"""A terminal that shows pictures: enough of one to see what a drawing puts on its screen."""

from __future__ import annotations

import re
from base64 import standard_b64decode
from io import BytesIO

from PIL import Image

_TOKEN = re.compile(
    r"\x1b_G([^;]*);([^\x1b]*)\x1b\\|\x1bP([^\x1b]*)\x1b\\|\x1b\[(\d+)([AC])|\x1b([78])|(\n)"
)
_BLACK, _WHITE, _DARK = 0, 255, 40


class Screen:
    """A dark screen of cells, its cursor, and the pictures on it."""

    def __init__(self, columns: int, lines: int, cell: tuple[int, int] = (8, 16)) -> None:
        self.cell = cell
        self.size = (columns, lines)
        self.image = Image.new("L", (columns * cell[0], lines * cell[1]), _DARK)
        self.column = self.line = 0
        self._saved = (0, 0)
        self._data = ""
        self._place: dict[str, str] = {}

    def write(self, text: str) -> None:
        """Show a text that consists of what drawings consist of."""
        at = 0
        while at < len(text):
            token = _TOKEN.match(text, at)
            assert token, f"unknown: {text[at : at + 20]!r}"
            self._obey(token)
            at = token.end()

    def _obey(self, token: re.Match[str]) -> None:
        keys, data, sixels, count, letter, cursor, newline = token.groups()
        if keys is not None:
            self._kitty(dict(pair.split("=") for pair in keys.split(",")), data)
        elif sixels is not None:
            self._show(_sixel_image(sixels), None)
            self.line = self.size[1] - 1  # Where the cursor ends up differs from one to the next.
        elif letter == "A":
            self.line -= int(count)
        elif letter == "C":
            self.column += int(count)
        elif cursor == "7":
            self._saved = (self.column, self.line)
        elif cursor == "8":
            self.column, self.line = self._saved
        elif newline:
            self._next_line()

    def _next_line(self) -> None:
        self.column = 0
        if self.line < self.size[1] - 1:
            self.line += 1
            return
        scrolled = self.image.crop((0, self.cell[1], *self.image.size))
        self.image.paste(_DARK, (0, 0, *self.image.size))
        self.image.paste(scrolled, (0, 0))

    def _kitty(self, keys: dict[str, str], data: str) -> None:
        assert len(data) <= 4096
        self._place |= {key: value for key, value in keys.items() if key != "m"}
        self._data += data
        if keys["m"] == "0":
            assert (self._place["a"], self._place["f"], self._place["q"]) == ("T", "100", "2")
            assert self._place["C"] == "1", "the cursor stays"
            cells = int(self._place["c"]), int(self._place["r"])
            self._show(Image.open(BytesIO(standard_b64decode(self._data))).convert("L"), cells)
            self._data, self._place = "", {}

    def _show(self, image: Image.Image, cells: tuple[int, int] | None) -> None:
        width, height = self.cell
        if cells:
            image = image.resize((cells[0] * width, cells[1] * height), Image.Resampling.BILINEAR)
        assert self.line * height + image.height <= self.image.height, "the picture is cut off"
        self.image.paste(image, (self.column * width, self.line * height))


def _sixel_image(data: str) -> Image.Image:
    """Return the picture of sixel data in the two colours of a code (DEC STD 070, 9)."""
    head, _, body = data.partition("q")
    assert head == "0;1;0"
    size = re.match(r'"1;1;(\d+);(\d+)', body)
    assert size
    image = Image.new("L", (int(size[1]), int(size[2])), _DARK)
    colours: dict[int, int] = {}
    x = y = colour = 0
    for token in re.finditer(r"#(\d+)(?:;2;(\d+);\d+;\d+)?|!(\d+)(.)|([$-])", body):
        number, share, count, sixel, move = token.groups()
        if share is not None:
            colours[int(number)] = _WHITE if share == "100" else _BLACK
        elif number is not None:
            colour = colours[int(number)]
        elif move:
            x, y = 0, y + (6 if move == "-" else 0)
        else:
            if sixel == "~":
                image.paste(colour, (x, y, x + int(count), y + 6))
            x += int(count)
    return image
