"""Read pictures with the bare libraries: what we draw must be read by anybody's scanner."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PIL import Image

from tests.payment_codes.pictures import needs_zbar

if TYPE_CHECKING:
    from payment_codes.scan.decoder import GreyPicture

Reader = Callable[[Image.Image], list[str]]


def read_zxing(image: Image.Image) -> list[str]:
    """Return the texts of the codes that zxing-cpp finds."""
    grey = image.convert("L")
    pixels = memoryview(grey.tobytes()).cast("B", (grey.height, grey.width))
    found = zxingcpp.read_barcodes(pixels, text_mode=zxingcpp.TextMode.Plain)
    return [code.text for code in found]


def read_zbar(image: Image.Image) -> list[str]:
    """Return the texts of the codes that libzbar finds, converted by itself."""
    from pyzbar.pyzbar import ZBarSymbol, decode

    symbols = [ZBarSymbol.QRCODE, ZBarSymbol.CODE128]
    return [found.data.decode("utf-8") for found in decode(image.convert("L"), symbols)]


def image_of(picture: GreyPicture) -> Image.Image:
    """Return a grey picture as an image."""
    return Image.frombytes("L", (picture.width, picture.height), picture.pixels)


READERS = [
    pytest.param(read_zxing, id="zxing"),
    pytest.param(read_zbar, id="zbar", marks=needs_zbar),
]
