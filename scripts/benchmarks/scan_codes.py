"""Scanning, beside what the libraries need alone for the same pixels."""

from __future__ import annotations

import time
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from payment_codes.scan.decoder import GreyPicture
from payment_codes.scan.scanner import scan_picture

if TYPE_CHECKING:
    from collections.abc import Callable

SCREEN = (1920, 1080)
DESK = 200
"""The grey around the code on a screen."""


def rows(picture: bytes) -> list[tuple[str, Callable[[], object]]]:
    """Give what is measured: a picture of a code alone, and as a part of a full-HD screen."""
    code = Image.open(BytesIO(picture)).convert("L")
    screen = Image.new("L", SCREEN, DESK)
    screen.paste(code, (700, 300))
    return [
        row
        for title, image in ((f"{code.width} pixels wide", code), ("on a full-HD screen", screen))
        for row in _readers(title, image)
    ]


def not_found() -> str:
    """Say how long the scanner takes for a full-HD screen without a code."""
    grey = GreyPicture(*SCREEN, bytes([DESK]) * (SCREEN[0] * SCREEN[1]))
    start = time.perf_counter()
    assert scan_picture(grey) == []
    return f"a full-HD screen without a code: given up after {time.perf_counter() - start:.2f} s"


def _readers(title: str, image: Image.Image) -> list[tuple[str, Callable[[], object]]]:
    from pyzbar.pyzbar import ZBarSymbol, decode
    from zxingcpp import BarcodeFormat, BarcodeFormats, read_barcodes

    grey = GreyPicture(image.width, image.height, image.tobytes())
    assert scan_picture(grey), "the code is not read"
    formats = BarcodeFormats([BarcodeFormat.QRCode, BarcodeFormat.Code128])
    symbols = [ZBarSymbol.QRCODE, ZBarSymbol.CODE128]
    return [
        (f"scan grey, {title}", lambda: scan_picture(grey)),
        ("  by zxing-cpp", lambda: read_barcodes(image, formats=formats)),
        ("  by pyzbar", lambda: decode(image, symbols=symbols)),
    ]
