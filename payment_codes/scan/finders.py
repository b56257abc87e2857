"""Find the three finder patterns of a QR code (ISO/IEC 18004, 6.3.3), in pure Python.

Along any line through its middle, one is dark, light, dark, light, dark, as 1 : 1 : 3 : 1 : 1.
"""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

_RUNS: Final = re.compile(rb"\x00+|\xff+")
_RATIOS: Final = (1, 1, 3, 1, 1)
_MODULES: Final = 7
_SLACK: Final = 0.6
"""How far each part may be off, in modules; the middle one twice as far."""
_MOST: Final = 8
_MOST_SPOTS: Final = 100


@dataclass
class Spot:
    """Where a finder pattern seems to be: its middle, and how long lines through it are.

    `chord` is the length along the rows, `depth` that along the columns of the picture.
    """

    x: float
    y: float
    chord: float
    lines: int = 1
    depth: float = 0

    def near(self, x: float, y: float) -> bool:
        """Whether a point lies within two modules."""
        reach = self.chord * 2 / _MODULES
        return abs(self.x - x) <= reach and abs(self.y - y) <= reach

    def add(self, x: float, y: float, chord: float) -> None:
        """Take another line into the average."""
        self.lines += 1
        self.x += (x - self.x) / self.lines
        self.y += (y - self.y) / self.lines
        self.chord += (chord - self.chord) / self.lines


Corner = tuple[Spot, Spot, Spot]
"""The finder patterns at the top left, the top right and the bottom left; mirrored, turned."""


def corners(image: "Image") -> Iterator[Corner]:
    """Yield what may be the finder patterns of one code, in a picture of 0 and 255, best first."""
    from PIL.Image import Transpose

    upright, lying = _spots(_lines(image)), _spots(_lines(image.transpose(Transpose.TRANSPOSE)))
    both: list[Spot] = []
    for spot in upright:
        # In the second list, x and y have changed places.
        other = next((other for other in lying if other.near(spot.y, spot.x)), None)
        if other is not None:
            lines = spot.lines + other.lines
            both.append(Spot(spot.x, other.x, spot.chord, lines, other.chord))
    both.sort(key=lambda spot: spot.lines / spot.chord, reverse=True)
    rated = sorted(
        ((_fault(corner), index, corner) for index, corner in enumerate(_corners(both[:_MOST]))),
    )
    for fault, _, corner in rated:
        if fault < 1:
            yield corner


def _lines(image: "Image") -> Iterator[tuple[float, float, float]]:
    """Yield the middle and the length of each run of parts in the right proportion in a row."""
    data, width = image.tobytes(), image.width
    for y in range(image.height):
        row = data[y * width : (y + 1) * width]
        edges = [run.start() for run in _RUNS.finditer(row)] + [width]
        for start in range(row[:1] == b"\xff", len(edges) - 5, 2):
            parts = edges[start : start + 6]
            chord = parts[5] - parts[0]
            if chord >= _MODULES and _proportional(parts, chord / _MODULES):
                yield (parts[2] + parts[3]) / 2, y + 0.5, chord


def _proportional(edges: list[int], module: float) -> bool:
    return all(
        abs(end - start - ratio * module) <= _SLACK * module * (2 if ratio == 3 else 1)
        for start, end, ratio in zip(edges, edges[1:], _RATIOS, strict=False)
    )


def _spots(lines: Iterable[tuple[float, float, float]]) -> list[Spot]:
    """Gather lines, which come row by row, to spots of several; return those of the most lines."""
    spots: list[Spot] = []
    growing: list[Spot] = []
    for x, y, chord in lines:
        growing = [spot for spot in growing if spot.near(spot.x, y)]
        for spot in growing:
            if spot.near(x, y) and abs(spot.chord - chord) < spot.chord / 2:
                spot.add(x, y, chord)
                break
        else:
            growing.append(Spot(x, y, chord))
            spots.append(growing[-1])
    return sorted(
        (spot for spot in spots if spot.lines > 1), key=lambda spot: spot.lines, reverse=True
    )[:_MOST_SPOTS]


def _corners(spots: list[Spot]) -> Iterator[Corner]:
    """Yield every three of them, that at the right angle first, the others clockwise after it."""
    for three in combinations(spots, 3):
        for index in range(3):
            own, one, two = three[index], three[index - 2], three[index - 1]
            turn = (one.x - own.x) * (two.y - own.y) - (one.y - own.y) * (two.x - own.x)
            yield (own, one, two) if turn > 0 else (own, two, one)


def _fault(corner: Corner) -> float:
    """Say how far three are from two equal sides at a right angle, and from equal sizes."""
    own, one, two = corner
    first, second = (
        math.dist((own.x, own.y), (one.x, one.y)),
        math.dist((own.x, own.y), (two.x, two.y)),
    )
    if min(first, second) < own.chord:
        return math.inf
    across = (one.x - own.x) * (two.x - own.x) + (one.y - own.y) * (two.y - own.y)
    chords = [spot.chord for spot in corner]
    return (
        abs(across) / (first * second)
        + abs(math.log(first / second))
        + math.log(max(chords) / min(chords))
    )
