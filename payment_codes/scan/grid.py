"""Follow the grid of a QR code's modules over bent paper: node by node, every second module.

The next node is expected where its neighbours and their distances lead, and then moved to where
the edges around it lie: their phase, in modules, is that of the first Fourier coefficient of the
gradient, along each axis. How the phase changes along an edge says how the next ones lean.
"""

import cmath
import math
from collections.abc import Callable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

Key = tuple[int, int]
"""A node: how many modules it lies right of and below the code's top left corner."""

STEP: Final = 2
"""Modules from a node to the next."""

_PATCH: Final = 6
"""Modules along a side of what is looked at around a node."""
_FINE: Final = 6
"""Pixels a module there."""
_SIDE: Final = _PATCH * _FINE
_STRIP: Final = _SIDE // 3
_WAVE: Final = [
    (0.5 - 0.5 * math.cos(math.tau * edge / _SIDE)) * cmath.exp(2j * math.pi * edge / _FINE)
    for edge in range(1, _SIDE)
]
"""A wave of one module, strongest in the middle."""
_FEWEST_EDGES: Final = 150
"""Gradients, in greys, of which nothing can be told."""
_CLEAR: Final = 1.3
"""The share of edges in their places, of those near the middle, from which all is believed."""
_STEEPEST: Final = 0.35
"""Turns of the phase from strip to strip beyond which they are chance."""
_LINK: Final = 0.8
"""How much of what an edge or a neighbour says about the next module's place is believed."""
_GUESS: Final = 0.02
"""What a neighbour without any edges still counts."""
_FIRST_NODES: Final = 50
_LEAST_TRUST: Final = 0.3
"""What nodes are worth on average: bent codes have 0.6 and more, noise 0.1."""
_WHITE: Final = 255


@dataclass(frozen=True)
class Node:
    """Where a node lies, and how far away the next module is to the right and below."""

    place: complex
    right: complex
    down: complex
    trust: float = 0
    """From 0, only a guess, to 1, where all edges around it agree."""

    def ahead(self, right: float, down: float) -> complex:
        """Return where a node some modules away is expected."""
        return self.place + right * self.right + down * self.down


def grow(image: "Image", nodes: dict[Key, Node], inside: Callable[[Key, complex], bool]) -> bool:
    """Add the neighbours of nodes as far as they lie inside, those of the surest nodes first.

    Return false, early, where the edges do not agree as those of a code do.
    """
    coming = [(-node.trust, key) for key, node in nodes.items()]
    heapify(coming)
    trust = 0.0
    added = 0
    while coming:
        _, (i, j) = heappop(coming)
        for key in ((i + STEP, j), (i, j + STEP), (i - STEP, j), (i, j - STEP)):
            if key in nodes:
                continue
            guess = _guess(nodes, key)
            if inside(key, guess.place):
                nodes[key] = _linked(nodes, key, settled(image, guess))
                heappush(coming, (-nodes[key].trust, key))
                trust += nodes[key].trust
                added += 1
        if added > _FIRST_NODES and trust < _LEAST_TRUST * added:
            return False
    return True


def _guess(nodes: dict[Key, Node], key: Key) -> Node:
    """Expect a node where its neighbours lead."""
    place = right = down = 0j
    total = 0.0
    for across in (-STEP, 0, STEP):
        for along in (-STEP, 0, STEP):
            node = nodes.get((key[0] - across, key[1] - along))
            if node is not None:
                weight = node.trust + _GUESS
                total += weight
                place += weight * node.ahead(across, along)
                right += weight * node.right
                down += weight * node.down
    return Node(place / total, right / total, down / total)


def _linked(nodes: dict[Key, Node], key: Key, node: Node) -> Node:
    """Let a node's distances follow those to its neighbours."""
    right, down = node.right, node.down
    for step in (-STEP, STEP):
        beside, above = nodes.get((key[0] - step, key[1])), nodes.get((key[0], key[1] - step))
        if beside is not None:
            share = _LINK * min(node.trust, beside.trust)
            right += share * ((node.place - beside.place) / step - right)
        if above is not None:
            share = _LINK * min(node.trust, above.trust)
            down += share * ((node.place - above.place) / step - down)
    return Node(node.place, right, down, node.trust)


def settled(image: "Image", node: Node) -> Node:
    """Move a node to where the edges around it lie, and lean its directions as they do."""
    from PIL import ImageChops
    from PIL.Image import Resampling, Transform, Transpose

    corner = node.ahead(0, 0) - _PATCH / 2 * (node.right + node.down)
    right, down = node.right / _FINE, node.down / _FINE
    data = (right.real, down.real, corner.real, right.imag, down.imag, corner.imag)
    patch = image.transform(
        (_SIDE, _SIDE), Transform.AFFINE, data, Resampling.BILINEAR, fillcolor=_WHITE
    )
    less = _SIDE - 1
    across = ImageChops.difference(
        patch.crop((1, 0, _SIDE, _SIDE)), patch.crop((0, 0, less, _SIDE))
    )
    along = ImageChops.difference(patch.crop((0, 1, _SIDE, _SIDE)), patch.crop((0, 0, _SIDE, less)))
    x, lean_x, sure_x = _phase(across.reduce((1, _STRIP)).tobytes())
    turned = along.reduce((_STRIP, 1)).transpose(Transpose.TRANSPOSE)
    y, lean_y, sure_y = _phase(turned.tobytes())
    return Node(
        node.place + x * node.right + y * node.down,
        node.right + lean_y * node.down,
        node.down + lean_x * node.right,
        min(sure_x, sure_y),
    )


def _phase(gradients: bytes) -> tuple[float, float, float]:
    """Return how far edges lie from where they should, how they lean, and how sure that is.

    The gradients are those along three strips, two modules apart. The shift is in modules, the lean
    in modules a module.
    """
    strips = [gradients[start : start + _SIDE - 1] for start in range(0, len(gradients), _SIDE - 1)]
    first, middle, last = (
        sum(value * part for value, part in zip(strip, _WAVE, strict=True)) for strip in strips
    )
    strength = sum(gradients) / 2
    if strength < _FEWEST_EDGES:
        return 0, 0, 0
    lean = first.conjugate() * middle + middle.conjugate() * last
    angle = cmath.phase(lean) if lean else 0.0
    whole = first * cmath.exp(1j * angle) + middle + last * cmath.exp(-1j * angle)
    sure = min(1.0, _CLEAR * abs(whole) / strength)
    turns = angle / math.tau
    if abs(turns) > _STEEPEST:
        turns = 0
    return cmath.phase(whole) / math.tau * sure, turns / 2 * _LINK * sure, sure


def shares(place: complex, right: complex, down: complex) -> tuple[float, float]:
    """Return how many times each of two directions leads to a place."""
    area = right.real * down.imag - right.imag * down.real
    return (
        (place.real * down.imag - place.imag * down.real) / area,
        (right.real * place.imag - right.imag * place.real) / area,
    )
