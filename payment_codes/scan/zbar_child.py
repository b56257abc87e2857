"""The child process of `payment_codes.scan.zbar`: pictures on stdin, a line of JSON for each.

It uses pyzbar's wrapper and not its `decode`, because only the wrapper reaches the option that
gives the bytes of a code as they are. By default libzbar guesses their character set, and takes
UTF-8 for Big5 or Shift-JIS.
"""

import json
import sys
from collections.abc import Iterator
from ctypes import c_char_p, c_void_p, cast, string_at
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from pyzbar import wrapper

from payment_codes.scan.decoder import Corners, Found, GreyPicture, Kind

if TYPE_CHECKING:
    from ctypes import _Pointer

_ANY_SYMBOL: Final = 0
_KINDS: Final[dict[int, Kind]] = {
    wrapper.ZBarSymbol.QRCODE: "qr",
    wrapper.ZBarSymbol.CODE128: "code128",
}
# ZBAR_CFG_BINARY came with libzbar 0.23.1; pyzbar has no name for it.
_BINARY: Final = 4
_LINES: Final = 2
_Y800: Final = int.from_bytes(b"Y800", "little")


def main() -> None:
    """Read pictures until there are no more, and answer each with one line."""
    scanner = new_scanner()
    while (picture := GreyPicture.unpacked(sys.stdin.buffer.read)) is not None:
        json.dump([asdict(code) for code in read(scanner, picture)], sys.stdout)
        sys.stdout.write("\n")
        sys.stdout.flush()


def new_scanner() -> "_Pointer[wrapper.zbar_image_scanner]":
    """Return a scanner for the codes of `_KINDS`, which gives their bytes as they are."""
    scanner: _Pointer[wrapper.zbar_image_scanner] = wrapper.zbar_image_scanner_create()
    wrapper.zbar_image_scanner_set_config(scanner, _ANY_SYMBOL, wrapper.ZBarConfig.CFG_ENABLE, 0)
    for symbol in _KINDS:
        wrapper.zbar_image_scanner_set_config(scanner, symbol, wrapper.ZBarConfig.CFG_ENABLE, 1)
    if wrapper.zbar_image_scanner_set_config(scanner, wrapper.ZBarSymbol.QRCODE, _BINARY, 1):
        sys.exit("This libzbar cannot give the bytes of a code as they are.")
    return scanner


def read(scanner: "_Pointer[wrapper.zbar_image_scanner]", picture: GreyPicture) -> list[Found]:
    """Return the codes in a picture."""
    image = wrapper.zbar_image_create()
    wrapper.zbar_image_set_format(image, _Y800)
    wrapper.zbar_image_set_size(image, picture.width, picture.height)
    pixels = cast(c_char_p(picture.pixels), c_void_p)
    wrapper.zbar_image_set_data(image, pixels, len(picture.pixels), None)
    wrapper.zbar_scan_image(scanner, image)
    found = [code for symbol in _symbols(image) if (code := _code(symbol)) is not None]
    wrapper.zbar_image_destroy(image)
    return found


def _symbols(image: "_Pointer[wrapper.zbar_image]") -> Iterator["_Pointer[wrapper.zbar_symbol]"]:
    symbol = wrapper.zbar_image_first_symbol(image)
    while symbol:
        yield symbol
        symbol = wrapper.zbar_symbol_next(symbol)


def _code(symbol: "_Pointer[wrapper.zbar_symbol]") -> Found | None:
    """Return a symbol's code; none if it is incomplete, or not UTF-8: no code beats a wrong one.

    So bars that only one line of pixels shows are none either, as with zxing-cpp.
    """
    kind = _KINDS.get(symbol.contents.type)
    if kind == "code128" and wrapper.zbar_symbol_get_quality(symbol) < _LINES:
        return None
    length = wrapper.zbar_symbol_get_data_length(symbol)
    data = string_at(wrapper.zbar_symbol_get_data(symbol), length)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return Found(text, kind, "zbar", _box(symbol)) if kind else None


def _box(symbol: "_Pointer[wrapper.zbar_symbol]") -> Corners | None:
    """Return the upright box around the points libzbar noted."""
    count = range(wrapper.zbar_symbol_get_loc_size(symbol))
    if not count:
        return None
    xs = [wrapper.zbar_symbol_get_loc_x(symbol, index) for index in count]
    ys = [wrapper.zbar_symbol_get_loc_y(symbol, index) for index in count]
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    return (left, top), (right, top), (right, bottom), (left, bottom)


if __name__ == "__main__":
    main()
