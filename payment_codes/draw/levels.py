"""How much of a QR code may be lost (ISO/IEC 18004, 5.1)."""

import enum


class Level(enum.StrEnum):
    """Levels of error correction, the weakest first: about 7, 15, 25 and 30 % can be restored."""

    L = "L"
    M = "M"
    Q = "Q"
    H = "H"
