"""Make pictures for the tests: codes, pages of codes, bad light, and a terminal's screen."""

import random
import re
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO

import pytest
import segno
from PIL import Image
from qrcode.constants import ERROR_CORRECT_L
from qrcode.main import QRCode

from payment_codes.draw.matrix import qr_matrix
from payment_codes.draw.picture import png_bytes
from payment_codes.scan.decoder import GreyPicture
from payment_codes.scan.zbar import ZbarDecoder

WORST_CASE = ("TERMINAL-WALLET$%*+/:. " * 7)[:154]
"""As many characters of QR's alphanumeric set as a version 5-L code holds: 154."""

PAYER_CODE = "780123456789012345"

CELLS = [(8, 16), (10, 20)]
"""Usual sizes of a terminal's cells, in pixels."""

needs_zbar = [
    pytest.mark.zbar,
    pytest.mark.skipif(not ZbarDecoder().available(), reason="libzbar is not installed"),
]


def code_image(text: str, scale: int = 8) -> Image.Image:
    """Return a QR code as an image of 8-bit grey."""
    return Image.open(BytesIO(png_bytes(qr_matrix(text), scale))).convert("L")


def unicode_code_image(text: str | bytes) -> Image.Image:
    """Return a QR code of UTF-8, or any bytes, that does not say which character set it is in."""
    code = QRCode(error_correction=ERROR_CORRECT_L, border=4, box_size=8)
    code.add_data(text)
    image: Image.Image = code.make_image().get_image()
    return image.convert("L")


#: Texts and the character sets in which codes may declare them; UPN QR demands Latin-2.
CHARACTER_SETS = [
    ("Müller €5", "utf-8"),
    ("北京", "utf-8"),
    ("Łódź žš", "iso-8859-2"),
    ("UPNQR\nŠkofja Loka Čačak", "iso-8859-2"),
    ("Привет", "iso-8859-5"),
    ("€5 Š", "iso-8859-15"),
]


def declared_code_image(text: str, character_set: str) -> Image.Image:
    """Return a QR code that says which character set it is in (ECI)."""
    code = segno.make_qr(text, mode="byte", encoding=character_set, eci=True)
    output = BytesIO()
    code.save(output, kind="png", scale=6, border=4)
    return Image.open(output).convert("L")


def rows_apart(image: Image.Image) -> Image.Image:
    """Return a picture with a dark line of 3 pixels after every second row of modules."""
    apart = image.copy()
    for y in range(16, image.height, 16):
        apart.paste(0, (0, y - 3, image.width, y))
    return apart


def encoded(image: Image.Image, kind: str = "PNG") -> bytes:
    """Return an image as the bytes of a file."""
    output = BytesIO()
    image.save(output, kind)
    return output.getvalue()


def grey_picture(image: Image.Image) -> GreyPicture:
    grey = image.convert("L")
    return GreyPicture(grey.width, grey.height, grey.tobytes())


def page(texts: Sequence[str], columns: int) -> Image.Image:
    """Return a white page with codes in rows, each a little higher or lower than its neighbour."""
    codes = [code_image(text, 4) for text in texts]
    cell = max(code.width for code in codes) + 40
    sheet = Image.new("L", (cell * columns, cell * -(-len(codes) // columns)), 255)
    for index, code in enumerate(codes):
        row, column = divmod(index, columns)
        sheet.paste(code, (column * cell + 20, row * cell + 20 - 5 * (column % 2)))
    return sheet


def with_specks(image: Image.Image, share: float) -> Image.Image:
    """Return an image with a share of its pixels black or white by chance, always the same ones."""
    chance = random.Random(11)
    pixels = bytearray(image.tobytes())
    for index in range(len(pixels)):
        if chance.random() < share:
            pixels[index] = chance.choice((0, 255))
    return Image.frombytes("L", image.size, bytes(pixels))


_TOKEN = re.compile(r"\x1b\[([\d;]*)m|(.)")
_GREY_OF_COLOUR = {16: 0, 231: 255}
_TERMINAL_OWN = (200, 40)
"""Foreground and background of a dark theme, which no code may be drawn in."""


def screenshot(lines: Iterable[str], cell: tuple[int, int], line_gap: int = 0) -> Image.Image:
    """Return what a dark terminal shows for lines of spaces, half blocks and colours.

    A cell's background covers the line gap below it too; a glyph does not, as with many fonts.
    """
    width, height = cell
    rows = [list(_cells(line)) for line in lines]
    columns = max(map(len, rows))
    screen = Image.new(
        "L", ((columns + 4) * width, (len(rows) + 2) * (height + line_gap)), _TERMINAL_OWN[1]
    )
    for y, row in enumerate(rows, 1):
        for x, (glyph, foreground, background) in enumerate(row, 2):
            left, top = x * width, y * (height + line_gap)
            screen.paste(background, (left, top, left + width, top + height + line_gap))
            ink = _INK[glyph](width, height)
            if ink:
                screen.paste(foreground, (left, top, left + ink[0], top + ink[1]))
    return screen


_INK: dict[str, Callable[[int, int], tuple[int, int] | None]] = {
    " ": lambda _width, _height: None,
    "▀": lambda width, height: (width, height // 2),
    "▌": lambda width, height: (width // 2, height),
}


def _cells(line: str) -> Iterable[tuple[str, int, int]]:
    """Yield the glyph of each cell and its grey colours in front and behind."""
    foreground, background = _TERMINAL_OWN
    for token in _TOKEN.finditer(line):
        parameters, glyph = token.groups()
        if glyph:
            yield glyph, foreground, background
        elif parameters == "0":
            foreground, background = _TERMINAL_OWN
        else:
            kind_a, five_a, colour_a, kind_b, five_b, colour_b = map(int, parameters.split(";"))
            assert (kind_a, five_a, kind_b, five_b) == (38, 5, 48, 5)
            foreground, background = _GREY_OF_COLOUR[colour_a], _GREY_OF_COLOUR[colour_b]
    assert (foreground, background) == _TERMINAL_OWN, "a line must reset its colours"
