"""Repairs of a picture's shape: its size, its direction, and what lenses and bottles do to it."""

import math
from typing import Final

from payment_codes.scan.view import WORKING_PIXELS, View

_BORDER: Final = 40
_WHITE: Final = 255
_MESH: Final = 16


def smaller(factor: int, view: View) -> View | None:
    """Average blocks of pixels: specks, screens of print and lost lines disappear."""
    if min(view.picture.width, view.picture.height) < 20 * factor:
        return None
    return view.resized(view.image().reduce(factor))


def larger(factor: int, view: View) -> View | None:
    """Enlarge it, for codes of hardly more than a pixel a module."""
    from PIL.Image import Resampling

    if view.pixels * factor * factor > WORKING_PIXELS:
        return None
    size = (view.picture.width * factor, view.picture.height * factor)
    return view.resized(view.image().resize(size, Resampling.BICUBIC))


def bordered(view: View) -> View:
    """Put white around it, for a code at the very edge."""
    from PIL.ImageOps import expand

    image = expand(view.image(), _BORDER, _WHITE)
    return view.changed(image, lambda x, y: (x - _BORDER, y - _BORDER))


def turned(degrees: float, view: View) -> View:
    """Turn it: decoders follow bars only along rows and columns."""
    from PIL.Image import Resampling

    image = view.image().rotate(degrees, Resampling.BILINEAR, expand=True, fillcolor=_WHITE)
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    middle = (image.width / 2, image.height / 2)
    own = (view.picture.width / 2, view.picture.height / 2)

    def mapping(x: float, y: float) -> tuple[float, float]:
        across, down = x - middle[0], y - middle[1]
        return own[0] + across * cos - down * sin, own[1] + across * sin + down * cos

    return view.changed(image, mapping)
