"""Straighten a QR code on bent paper, on a bottle or under a wide lens."""

from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final

from payment_codes.scan.finders import Corner, Spot, corners
from payment_codes.scan.grid import STEP, Key, Node, grow, settled, shares
from payment_codes.scan.light import thresholded
from payment_codes.scan.view import FEW_PIXELS, View, shrunk

if TYPE_CHECKING:
    from PIL.Image import Image

_SCALE: Final = 8
_QUIET: Final = 4
_MIDDLE: Final = 3.5
"""Modules from a finder pattern's corner to its middle."""
_SEED: Final = (4, 4)
"""The first node, half a module from the middle of its finder pattern."""
_SETTLINGS: Final = 4
"""How often the seed is moved, until its directions are those of the edges."""
_BEGINNING: Final = 8
"""Modules around the seed that are forgotten when it turns out to be in a wrong place."""
_SMALLEST: Final = 21
_LARGEST: Final = 101
_TRIES: Final = 3
"""Threes of finder patterns from which the grid is followed."""
_LEAST_RADIUS: Final = 8
_WHITE: Final = 255


@dataclass(frozen=True)
class Grid:
    """The nodes of a code of some modules along a side; the first of them has the key `first`."""

    nodes: dict[Key, Node]
    modules: int
    first: Key

    def complete(self) -> bool:
        """Whether there are all nodes around all its parts."""
        ends = ((0, 0), (0, STEP), (STEP, 0), (STEP, STEP))
        return all((i + x, j + y) in self.nodes for i, j in self.parts() for x, y in ends)

    def parts(self) -> list[Key]:
        """Return the nodes at the top left of each part of the code, row by row."""
        across = range(self.first[0], self.modules, STEP)
        return [(i, j) for i in across for j in range(self.first[1], self.modules, STEP)]


def straightened(index: int, view: View) -> View | None:
    """Return a code whose grid leads from finder pattern to finder pattern, straight and alone.

    Of several that seem to be there, it is that of this index.
    """
    small = shrunk(view, FEW_PIXELS)
    image = small.image()
    radius = max(_LEAST_RADIUS, max(image.size) // 12)
    found = islice(corners(thresholded(radius, small).image()), _TRIES)
    grids = filter(None, (_followed(image, corner) for corner in found))
    grid = next(islice(grids, index, None), None)
    return None if grid is None else small.changed(_drawn(image, grid), partial(_seen, grid))


def _followed(image: "Image", corner: Corner) -> Grid | None:
    """Return the grid of a code with these finder patterns, if they are those of one."""
    own, one, two = (complex(spot.x, spot.y) for spot in corner)
    first = Node(own, _module(corner[0], one - own), _module(corner[0], two - own))
    module = abs(first.right)
    # The finder pattern's middle is that of a module; a node is half of one away.
    seed = Node(first.place + (first.right + first.down) / 2, first.right, first.down)
    for _ in range(_SETTLINGS):
        seed = settled(image, seed)
    nodes = {_SEED: seed}
    margin = 6 * module

    def inside(key: Key, place: complex) -> bool:
        along = shares(place - own, one - own, two - own)
        return max(map(abs, key)) < _LARGEST + _BEGINNING and all(
            -margin / side < share < 1.1 + margin / side
            for share, side in zip(along, (abs(one - own), abs(two - own)), strict=True)
        )

    if not grow(image, nodes, inside):
        return None
    return _numbered(image, nodes, _module_at(nodes, one), _module_at(nodes, two))


def _numbered(
    image: "Image", nodes: dict[Key, Node], one: tuple[float, float], two: tuple[float, float]
) -> Grid | None:
    """Give the nodes their numbers by where the finder patterns `one` and `two` were met.

    Where the first one was so bent that the grid began in a wrong row or column, that beginning is
    forgotten and followed again from the rest.
    """
    off = round(two[0] - _MIDDLE), round(one[1] - _MIDDLE)
    sides = one[0] + _MIDDLE - off[0], two[1] + _MIDDLE - off[1]
    modules = [17 + 4 * round((side - 17) / 4) for side in sides]
    if modules[0] != modules[1] or not _SMALLEST <= modules[0] <= _LARGEST:
        return None
    if off != (0, 0):
        nodes = {
            (i - off[0], j - off[1]): node
            for (i, j), node in nodes.items()
            if max(abs(i - _SEED[0]), abs(j - _SEED[1])) > _BEGINNING + max(map(abs, off))
        }
    if not nodes:
        return None
    grid = Grid(nodes, modules[0], (-(off[0] % STEP), -(off[1] % STEP)))
    last = grid.modules + STEP
    grow(image, nodes, lambda key, _: min(key) > -STEP and max(key) <= last)
    return grid if grid.complete() else None


def _module(spot: Spot, towards: complex) -> complex:
    """Return a module of a finder pattern in a direction, from its length along that."""
    along = towards / abs(towards)
    if abs(along.real) >= abs(along.imag):
        return along * spot.chord * abs(along.real) / 7
    return along * spot.depth * abs(along.imag) / 7


def _module_at(nodes: dict[Key, Node], place: complex) -> tuple[float, float]:
    """Return which module lies at a place, from the nearest node."""
    key, node = min(nodes.items(), key=lambda item: abs(item[1].place - place))
    right, down = shares(place - node.place, node.right, node.down)
    return key[0] + right, key[1] + down


def _drawn(image: "Image", grid: Grid) -> "Image":
    """Draw a code straight, with a quiet zone around it."""
    from PIL import Image

    size = (grid.modules + 2 * _QUIET) * _SCALE
    mesh = []
    for i, j in grid.parts():
        around = ((i, j), (i, j + STEP), (i + STEP, j + STEP), (i + STEP, j))
        quad = [grid.nodes[key].place for key in around]
        left, top = (i + _QUIET) * _SCALE, (j + _QUIET) * _SCALE
        box = (left, top, left + STEP * _SCALE, top + STEP * _SCALE)
        mesh.append((box, [part for place in quad for part in (place.real, place.imag)]))
    straight = image.transform(
        (size, size), Image.Transform.MESH, mesh, Image.Resampling.BILINEAR, fillcolor=_WHITE
    )
    page = Image.new("L", (size, size), _WHITE)
    edges = (_QUIET * _SCALE, _QUIET * _SCALE, size - _QUIET * _SCALE, size - _QUIET * _SCALE)
    page.paste(straight.crop(edges), edges[:2])
    return page


def _seen(grid: Grid, x: float, y: float) -> tuple[float, float]:
    """Return where a point of the straight code lies in the bent one: from the nearest node."""
    i, j = x / _SCALE - _QUIET, y / _SCALE - _QUIET
    key = _nearest(i, grid.first[0], grid.modules), _nearest(j, grid.first[1], grid.modules)
    place = grid.nodes[key].ahead(i - key[0], j - key[1])
    return place.real, place.imag


def _nearest(at: float, first: int, modules: int) -> int:
    return first + STEP * round((min(max(at, 0), modules) - first) / STEP)
