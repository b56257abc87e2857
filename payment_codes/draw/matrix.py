"""QR codes as a matrix of modules (ISO/IEC 18004)."""

from dataclasses import dataclass
from typing import Final

from payment_codes.draw.segments import split

QUIET_ZONE: Final = 4
"""Light modules on each side (ISO/IEC 18004, 9.1)."""

_MASK: Final = 0
# Any mask is valid. Trying all eight to find the prettiest is four fifths of the library's time.


@dataclass(frozen=True)
class Matrix:
    """A square of modules, quiet zone included: `rows[y][x]` is true where the module is dark."""

    rows: tuple[tuple[bool, ...], ...]

    @property
    def size(self) -> int:
        """Modules along one side, quiet zones included."""
        return len(self.rows)


def qr_matrix(text: str) -> Matrix:
    """Return the smallest QR code of level L that holds an ASCII text.

    Only ASCII, because readers disagree about the character set of anything else.
    Raises ValueError for a text that is empty, not ASCII, or too long for any QR code.
    """
    if not text:
        raise ValueError("An empty text cannot be drawn as a QR code.")
    if not text.isascii():
        raise ValueError("Only ASCII text can be drawn as a QR code.")

    from qrcode.constants import ERROR_CORRECT_L
    from qrcode.exceptions import DataOverflowError
    from qrcode.main import QRCode
    from qrcode.util import QRData

    code = QRCode(error_correction=ERROR_CORRECT_L, border=QUIET_ZONE, mask_pattern=_MASK)
    for mode, part in split(text):
        code.add_data(QRData(part.encode("ascii"), mode=mode.indicator, check_data=False))
    try:
        code.make()
    except (DataOverflowError, ValueError) as error:
        # The library says it either way, depending on where it notices.
        raise ValueError("The text is too long for a QR code.") from error
    return Matrix(tuple(tuple(map(bool, row)) for row in code.get_matrix()))
