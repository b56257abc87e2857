"""Split a text into the QR segments that take the fewest bits (ISO/IEC 18004, 7.4, Annex J)."""

from dataclasses import dataclass
from itertools import groupby
from typing import Final

_BIT: Final = 6
"""Costs count sixths of a bit, so that 10/3 bits a digit and 11/2 a character are whole numbers."""

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
"""What alphanumeric mode writes, each character at the place of its value (table 5)."""
_DIGITS: Final = frozenset("0123456789")
_ALPHANUMERIC: Final = frozenset(ALPHABET)


@dataclass(frozen=True, eq=False, slots=True)
class Mode:
    """One of QR's ways to write characters (tables 2 and 3 of the standard).

    `characters` are those it writes, None for any that its bytes can say. `counts` are the bits of
    the character count in versions 1 to 9, 10 to 26 and 27 to 40. `per_character` is what each
    character costs, or each byte.
    """

    indicator: int
    characters: frozenset[str] | None
    counts: tuple[int, int, int]
    per_character: int

    def writes(self, character: str) -> bool:
        """Say whether the mode has a character."""
        return self.characters is None or character in self.characters

    def header(self, span: int) -> int:
        """Return what a segment costs before its first character: the mode and the count."""
        return (4 + self.counts[span]) * _BIT


NUMERIC: Final = Mode(0b0001, _DIGITS, (10, 12, 14), 20)
ALPHANUMERIC: Final = Mode(0b0010, _ALPHANUMERIC, (9, 11, 13), 33)
BYTES: Final = Mode(0b0100, None, (8, 16, 16), 48)
MODES: Final = (NUMERIC, ALPHANUMERIC, BYTES)

_NARROWEST: Final = {
    **dict.fromkeys(_ALPHANUMERIC, ALPHANUMERIC),
    **dict.fromkeys(_DIGITS, NUMERIC),
}

Segment = tuple[Mode, str]


@dataclass(frozen=True, slots=True)
class _Path:
    """The cheapest way found to write a beginning of the text: its cost, and its parts."""

    cost: int
    parts: tuple[Segment, ...]

    def longer(self, mode: Mode, run: str, cost: int) -> "_Path":
        last, text = self.parts[-1]
        assert last is mode
        return _Path(self.cost + cost, (*self.parts[:-1], (mode, text + run)))

    def switched(self, mode: Mode, run: str, cost: int) -> "_Path":
        # A segment ends on a whole bit.
        whole_bits = -(-self.cost // _BIT) * _BIT
        return _Path(whole_bits + cost, (*self.parts, (mode, run)))


def split(text: str, span: int = 0, charset: str = "utf-8") -> list[Segment]:
    """Return the segments of a text, in order, that together take the fewest bits.

    `span` says for which versions: 0 for 1 to 9, 1 for 10 to 26, 2 for 27 to 40. `charset` is what
    bytes are encoded in. Raises UnicodeEncodeError for a character that it has not.

    Dynamic programming over runs of characters that the same modes can write, because a run is
    never cheaper in two modes than in the better one: the cheapest path that ends in each mode.
    """
    by_mode: dict[Mode, _Path] = {}
    cheapest = _Path(0, ())
    for narrowest, group in groupby(text, key=lambda character: _NARROWEST.get(character, BYTES)):
        run = "".join(group)
        extended: dict[Mode, _Path] = {}
        for mode in MODES[MODES.index(narrowest) :]:
            length = len(run.encode(charset)) if mode is BYTES else len(run)
            cost = length * mode.per_character
            path = cheapest.switched(mode, run, mode.header(span) + cost)
            if mode in by_mode:
                path = min(by_mode[mode].longer(mode, run, cost), path, key=_cost)
            extended[mode] = path
        by_mode = extended
        cheapest = min(by_mode.values(), key=_cost)
    return list(cheapest.parts)


def _cost(path: _Path) -> int:
    return path.cost
