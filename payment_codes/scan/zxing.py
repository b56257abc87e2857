"""The first decoder: zxing-cpp, which brings its own library and reads inverted codes."""

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from payment_codes.scan.decoder import (
    Corners,
    Found,
    GreyPicture,
    Kind,
    Look,
    Sight,
    can_import,
)

if TYPE_CHECKING:
    from zxingcpp import Position


class ZxingDecoder:
    """Reads QR and Code 128 codes with zxing-cpp."""

    name = "zxing-cpp"
    rounds: tuple[tuple[str, ...], ...] = (
        ("third", "half", "local 5", "equalised", "stretched"),
        ("local 10", "soft", "median", "sharp", "double", "turned 22", "turned 45", "turned 67"),
        ("straightened", "wide median", "closed", "opened", "softer"),
        ("bordered", "triple", "next straightened", "deblurred 4", "deblurred 6"),
    )

    def available(self) -> bool:
        """Whether zxing-cpp is installed and can be loaded."""
        return can_import("zxingcpp")

    def opened(self) -> AbstractContextManager[Look]:
        """Return `decode`: nothing needs to be begun or ended."""
        return nullcontext(self.decode)

    def decode(self, picture: GreyPicture) -> Sight:
        """Look at a picture: against local averages first, and then against one threshold."""
        from zxingcpp import BarcodeFormat, BarcodeFormats, Binarizer, TextMode, read_barcodes

        kinds: dict[BarcodeFormat, Kind] = {
            BarcodeFormat.QRCode: "qr",
            BarcodeFormat.Code128: "code128",
        }
        suspects: list[Corners] = []
        for binarizer in (Binarizer.LocalAverage, Binarizer.GlobalHistogram):
            barcodes = read_barcodes(
                memoryview(picture.pixels).cast("B", (picture.height, picture.width)),
                # Micro QR codes, which hardly correct errors, are seen in chance patterns.
                formats=BarcodeFormats([BarcodeFormat.QRCodeModel2, BarcodeFormat.Code128]),
                text_mode=TextMode.Plain,
                binarizer=binarizer,
                return_errors=True,
            )
            found = [
                Found(barcode.text, kinds[barcode.symbology], self.name, _corners(barcode.position))
                for barcode in barcodes
                if barcode.valid
            ]
            suspects += [_corners(barcode.position) for barcode in barcodes if not barcode.valid]
            if found:
                return Sight(found, suspects)
        return Sight([], suspects)


def _corners(position: "Position") -> Corners:
    return (
        (position.top_left.x, position.top_left.y),
        (position.top_right.x, position.top_right.y),
        (position.bottom_right.x, position.bottom_right.y),
        (position.bottom_left.x, position.bottom_left.y),
    )
