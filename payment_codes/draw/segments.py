"""Split a text into the QR segments that take the fewest bits (ISO/IEC 18004, 7.4, Annex J)."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_BIT: Final = 6
"""Costs count sixths of a bit, so that 10/3 bits a digit and 11/2 a character are whole numbers."""

_DIGITS: Final = frozenset("0123456789")
_ALPHANUMERIC: Final = _DIGITS | frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
_ASCII: Final = frozenset(map(chr, range(128)))


@dataclass(frozen=True)
class Mode:
    """One of QR's ways to write characters (tables 2 and 3 of the standard).

    `header` is what a segment costs before its first character: four mode bits and the character
    count. The counts are those of versions 1 to 9, where every payment code of ours fits.
    """

    indicator: int
    characters: frozenset[str]
    header: int
    per_character: int


MODES: Final = (
    Mode(0b0001, _DIGITS, (4 + 10) * _BIT, 20),
    Mode(0b0010, _ALPHANUMERIC, (4 + 9) * _BIT, 33),
    Mode(0b0100, _ASCII, (4 + 8) * _BIT, 48),
)


@dataclass(frozen=True)
class _Path:
    """The cheapest way found to write a beginning of the text: its cost, and where modes start."""

    cost: int
    starts: tuple[tuple[int, Mode], ...]

    def switched(self, index: int, mode: Mode) -> "_Path":
        # A segment ends on a whole bit.
        whole_bits = -(-self.cost // _BIT) * _BIT
        return _Path(whole_bits + mode.header, (*self.starts, (index, mode)))


def split(text: str) -> list[tuple[Mode, str]]:
    """Return the segments of an ASCII text, in order, that together take the fewest bits.

    Dynamic programming over the text: for each mode, the cheapest path that ends in it.
    """
    by_mode: dict[Mode, _Path] = {}
    cheapest = _Path(0, ())
    for index, character in enumerate(text):
        extended: dict[Mode, _Path] = {}
        for mode in MODES:
            if character in mode.characters:
                switched = cheapest.switched(index, mode)
                path = min(by_mode.get(mode, switched), switched, key=lambda path: path.cost)
                extended[mode] = _Path(path.cost + mode.per_character, path.starts)
        by_mode = extended
        cheapest = min(by_mode.values(), key=lambda path: path.cost)
    modes = [mode for _, mode in cheapest.starts]
    bounds = [start for start, _ in cheapest.starts] + [len(text)]
    return [
        (mode, text[start:end]) for mode, (start, end) in zip(modes, pairwise(bounds), strict=True)
    ]
