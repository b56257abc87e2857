"""What a decoder is: a grey picture in, the codes found in it out."""

import struct
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Final, Literal, Protocol, Self

Kind = Literal["qr", "code128"]
Point = tuple[int, int]
Corners = tuple[Point, Point, Point, Point]
Mapping = Callable[[float, float], tuple[float, float]]
"""Says where a point of one picture lies in another."""

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
    def unpacked(cls, read: Callable[[int], bytes]) -> Self | None:
        """Return the next picture that `packed` wrote to what is read, none where that ends."""
        head = read(_SIZE.size)
        if len(head) < _SIZE.size:
            return None
        width, height = _SIZE.unpack(head)
        return cls(width, height, read(width * height))


@dataclass(frozen=True)
class Found:
    """A code found in a picture.

    `position` holds its corners as (x, y) pixels from the picture's top left, in order around it.
    """

    text: str
    kind: Kind
    decoder: str
    position: Corners | None

    def moved(self, back: Mapping) -> Self:
        """Return the same code where `back` says that its corners lie."""
        if self.position is None:
            return self
        return replace(self, position=moved(self.position, back))


@dataclass(frozen=True)
class Sight:
    """What one look at a picture showed: codes, and places where one seems to be but is not read.

    A suspect's corners are as rough as the look was.
    """

    found: list[Found] = field(default_factory=list)
    suspects: list[Corners] = field(default_factory=list)


Look = Callable[[GreyPicture], Sight]


class Decoder(Protocol):
    """A library that finds QR and Code 128 codes."""

    name: str
    rounds: tuple[tuple[str, ...], ...]
    """The repairs after which it finds what it missed, by name, those first that gain the most for
    their time; after each round, the next decoder has one."""

    def available(self) -> bool:
        """Whether the library is installed and can be loaded."""
        ...

    def opened(self) -> AbstractContextManager[Look]:
        """Return what looks at pictures, one after the other; what it shows is in no order.

        A picture without a code is no error.
        """
        ...


def moved(corners: Corners, back: Mapping) -> Corners:
    """Return corners where `back` says that they lie."""
    a, b, c, d = ((round(x), round(y)) for x, y in (back(*corner) for corner in corners))
    return a, b, c, d


def box(corners: Iterable[Point]) -> tuple[int, int, int, int]:
    """Return the upright box around points: left, top, right, bottom."""
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def can_import(module: str) -> bool:
    """Whether a module, and the shared library it may need, can be loaded."""
    try:
        import_module(module)
    except (ImportError, OSError):
        return False
    return True
