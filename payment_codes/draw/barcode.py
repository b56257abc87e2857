"""Code 128, code set C: two digits a character (ISO/IEC 15417)."""

from itertools import cycle
from typing import Final

QUIET_ZONE: Final = 10
"""Light modules on each side (ISO/IEC 15417, 4.3.2)."""

_START_C: Final = 105
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


def code128_modules(digits: str) -> tuple[bool, ...]:
    """Return the modules of an even number of digits, true where dark, quiet zones included.

    Raises ValueError for anything but an even, positive number of ASCII digits.
    """
    if not (digits.isascii() and digits.isdigit()) or len(digits) % 2:
        raise ValueError("Only an even number of digits can be drawn as a bar code.")
    values = [int(digits[index : index + 2]) for index in range(0, len(digits), 2)]
    # Annex A: the start character and the first pair both have weight 1.
    check = (_START_C + sum(weight * value for weight, value in enumerate(values, 1))) % 103
    quiet = (False,) * QUIET_ZONE
    return (*quiet, *_bars([_START_C, *values, check, _STOP]), *quiet)


def _bars(characters: list[int]) -> list[bool]:
    widths = "".join(PATTERNS[character] for character in characters)
    # Every character but the last ends in a space, so bars and spaces alternate throughout.
    return [
        dark
        for width, dark in zip(widths, cycle((True, False)), strict=False)
        for _ in range(int(width))
    ]
