"""Code 128 of any ASCII text, in the fewest symbol characters (ISO/IEC 15417)."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Final

QUIET_ZONE: Final = 10
"""Light modules on each side (ISO/IEC 15417, 4.3.2)."""

_SETS: Final = "ABC"
_START: Final = dict(zip(_SETS, (103, 104, 105), strict=True))
_SWITCH: Final = dict(zip(_SETS, (101, 100, 99), strict=True))
_SHIFT: Final = 98
"""Writes one character from the other one of sets A and B."""
_STOP: Final = 106

_TABLE_1: Final = """
212222 222122 222221 121223 121322 131222 122213 122312 132212 221213
221312 231212 112232 122132 122231 113222 123122 123221 223211 221132
221231 213212 223112 312131 311222 321122 321221 312212 322112 322211
212123 212321 232121 111323 131123 131321 112313 132113 132311 211313
231113 231311 112133 112331 132131 113123 113321 133121 313121 211331
231131 213113 213311 213131 311123 311321 331121 312113 312311 332111
314111 221411 431111 111224 111422 121124 121421 141122 141221 112214
112412 122114 122411 142112 142211 241211 221114 413111 241112 134111
111242 121142 121241 114212 124112 124211 411212 421112 421211 212141
214121 412121 111143 111341 131141 114113 114311 411113 411311 113141
114131 311141 411131 211412 211214 211232 2331112
"""
PATTERNS: Final = tuple(_TABLE_1.split())
"""The widths of bars and spaces in turn, for the symbol characters 0 to 106 (table 1)."""


@dataclass(frozen=True, slots=True)
class _Path:
    """Symbol characters that write a beginning of the text, and the code set they end in."""

    code_set: str
    values: tuple[int, ...]

    def written(self, code_set: str, value: int) -> "Iterator[_Path]":
        """Yield the ways to go on with a value of a code set."""
        if code_set == self.code_set:
            yield _Path(code_set, (*self.values, value))
            return
        switch = _SWITCH[code_set] if self.values else _START[code_set]
        yield _Path(code_set, (*self.values, switch, value))
        if {code_set, self.code_set} == {"A", "B"}:
            yield _Path(self.code_set, (*self.values, _SHIFT, value))


def code128_modules(text: str) -> tuple[bool, ...]:
    """Return the modules of an ASCII text, true where dark, quiet zones included.

    Raises ValueError for a text that is empty or not ASCII.
    """
    if not text or not text.isascii():
        raise ValueError("Only an ASCII text can be drawn as a bar code.")
    start, *values = _symbol_characters(text)
    # Annex A: the start character and the one after it both have weight 1.
    check = (start + sum(weight * value for weight, value in enumerate(values, 1))) % 103
    quiet = (False,) * QUIET_ZONE
    return (*quiet, *_bars([start, *values, check, _STOP]), *quiet)


def _symbol_characters(text: str) -> tuple[int, ...]:
    """Return the fewest symbol characters: dynamic programming over the text, by code sets."""
    paths: list[dict[str, _Path]] = [{"": _Path("", ())}, *({} for _ in text)]
    for index in range(len(text)):
        for before in paths[index].values():
            for code_set, value, taken in _ways(text, index):
                for path in before.written(code_set, value):
                    _keep_shorter(paths[index + taken], path)
    return min((path.values for path in paths[-1].values()), key=len)


def _keep_shorter(by_set: dict[str, _Path], path: _Path) -> None:
    other = by_set.get(path.code_set)
    if other is None or len(path.values) < len(other.values):
        by_set[path.code_set] = path


def _ways(text: str, index: int) -> Iterator[tuple[str, int, int]]:
    """Yield the ways to write what stands at a place: code set, value, characters (table 1)."""
    pair, number = text[index : index + 2], ord(text[index])
    if len(pair) == 2 and pair.isdigit():
        yield "C", int(pair), 2
    if number >= 32:
        yield "B", number - 32, 1
    if number < 96:
        yield "A", number - 32 if number >= 32 else number + 64, 1


def _bars(characters: list[int]) -> list[bool]:
    widths = "".join(PATTERNS[character] for character in characters)
    # Every character but the last ends in a space, so bars and spaces alternate throughout.
    return [
        dark
        for width, dark in zip(widths, cycle((True, False)), strict=False)
        for _ in range(int(width))
    ]
