"""The first decoder: zxing-cpp, which brings its own library and reads inverted codes."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from payment_codes.scan.decoder import Corners, Found, GreyPicture, Kind, can_import
from payment_codes.scan.repair import blurred, doubled, shrunk, without_specks

if TYPE_CHECKING:
    from zxingcpp import Position

REPAIRS: Final[tuple[Callable[[GreyPicture], GreyPicture], ...]] = (
    blurred,
    without_specks,
    doubled,
)
"""Tried in this order on a picture where nothing was found, until something is."""


class ZxingDecoder:
    """Reads QR and Code 128 codes with zxing-cpp."""

    name = "zxing-cpp"

    def available(self) -> bool:
        """Whether zxing-cpp is installed and can be loaded."""
        return can_import("zxingcpp")

    def decode(self, picture: GreyPicture) -> list[Found]:
        """Return the codes of the first among the picture and its repairs that shows any."""
        for attempt in _attempts(picture):
            if found := self._read(attempt):
                return [code.scaled(picture.width / attempt.width) for code in found]
        return []

    def _read(self, picture: GreyPicture) -> list[Found]:
        from zxingcpp import BarcodeFormat, BarcodeFormats, TextMode, read_barcodes

        kinds: dict[BarcodeFormat, Kind] = {
            BarcodeFormat.QRCode: "qr",
            BarcodeFormat.Code128: "code128",
        }
        barcodes = read_barcodes(
            memoryview(picture.pixels).cast("B", (picture.height, picture.width)),
            formats=BarcodeFormats(list(kinds)),
            text_mode=TextMode.Plain,
        )
        return [
            Found(barcode.text, kinds[barcode.symbology], self.name, _corners(barcode.position))
            for barcode in barcodes
        ]


def _attempts(picture: GreyPicture) -> Iterator[GreyPicture]:
    yield picture
    small = shrunk(picture)
    for repair in REPAIRS:
        yield repair(small)


def _corners(position: "Position") -> Corners:
    return (
        (position.top_left.x, position.top_left.y),
        (position.top_right.x, position.top_right.y),
        (position.bottom_right.x, position.bottom_right.y),
        (position.bottom_left.x, position.bottom_left.y),
    )
