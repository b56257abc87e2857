"""What a decoder is: a grey picture in, the codes found in it out."""

import struct
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Final, Literal, Protocol, Self

Kind = Literal["qr", "code128"]
Point = tuple[int, int]
Corners = tuple[Point, Point, Point, Point]

_SIZE: Final = struct.Struct(">II")


@dataclass(frozen=True)
class GreyPicture:
    """A picture: `pixels` holds one byte each, row by row from the top, 0 black to 255 white."""

    width: int
    height: int
    pixels: bytes

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1 or len(self.pixels) != self.width * self.height:
            raise ValueError("A picture has at least one pixel, and one byte for each.")

    def packed(self) -> bytes:
        """Return the picture as bytes for another process: width and height, then the pixels."""
        return _SIZE.pack(self.width, self.height) + self.pixels

    @classmethod
    def unpacked(cls, data: bytes) -> Self:
        """Return the picture that `packed` wrote."""
        width, height = _SIZE.unpack_from(data)
        return cls(width, height, data[_SIZE.size :])


@dataclass(frozen=True)
class Found:
    """A code found in a picture.

    `position` holds its corners as (x, y) pixels from the picture's top left, in order around it.
    """

    text: str
    kind: Kind
    decoder: str
    position: Corners | None

    def scaled(self, factor: float) -> Self:
        """Return the same code in a picture `factor` times as large."""
        if self.position is None:
            return self
        a, b, c, d = ((round(x * factor), round(y * factor)) for x, y in self.position)
        return replace(self, position=(a, b, c, d))


class Decoder(Protocol):
    """A library that finds QR and Code 128 codes."""

    name: str

    def available(self) -> bool:
        """Whether the library is installed and can be loaded."""
        ...

    def decode(self, picture: GreyPicture) -> list[Found]:
        """Return the codes found, in no special order. A picture without a code is no error."""
        ...


def can_import(module: str) -> bool:
    """Whether a module, and the shared library it may need, can be loaded."""
    try:
        import_module(module)
    except (ImportError, OSError):
        return False
    return True
