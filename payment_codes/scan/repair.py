"""Repairs of a bad picture: in what each makes of it, a decoder may find what it missed."""

from collections.abc import Callable
from functools import partial
from typing import Final

from payment_codes.scan import light, shape
from payment_codes.scan.straight import straightened
from payment_codes.scan.view import View

Repair = Callable[[View], View | None]
"""None where it would be of no use for a picture of that size."""


def both(first: Repair, second: Repair, view: View) -> View | None:
    """Do one repair and then another."""
    made = first(view)
    return None if made is None else second(made)


REPAIRS: Final[dict[str, Repair]] = {
    "plain": lambda view: view,
    "half": partial(shape.smaller, 2),
    "third": partial(shape.smaller, 3),
    "double": partial(shape.larger, 2),
    "triple": partial(shape.larger, 3),
    "soft": partial(light.blurred, 1.5),
    "softer": partial(light.blurred, 3),
    "median": partial(light.without_specks, 3),
    "wide median": partial(light.without_specks, 5),
    "closed": partial(light.closed, 3),
    "opened": partial(light.opened, 3),
    "sharp": partial(light.sharpened, 3),
    "deblurred 4": partial(light.deblurred, 4),
    "deblurred 6": partial(light.deblurred, 6),
    "local 5": partial(light.thresholded, 5),
    "local 10": partial(light.thresholded, 10),
    "stretched": light.stretched,
    "equalised": light.equalised,
    "inverted": light.inverted,
    "half inverted": partial(both, partial(shape.smaller, 2), light.inverted),
    "third inverted": partial(both, partial(shape.smaller, 3), light.inverted),
    "bordered": shape.bordered,
    "turned 22": partial(shape.turned, 22.5),
    "turned 45": partial(shape.turned, 45),
    "turned 67": partial(shape.turned, 67.5),
    "straightened": partial(straightened, 0),
    "next straightened": partial(straightened, 1),
}
"""Every repair by its name."""
