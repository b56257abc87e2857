"""A picture that was made from another one and still knows where its points lie there."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from payment_codes.scan.decoder import GreyPicture, Mapping

if TYPE_CHECKING:
    from PIL.Image import Image

WORKING_PIXELS: Final = 2_500_000
"""Repairs and second opinions cost more than a first look, so they get at most this: 1920x1200."""

FEW_PIXELS: Final = 500_000
"""What is taken of a picture for repairs that cost much more than a look."""


def _same(x: float, y: float) -> tuple[float, float]:
    return x, y


@dataclass(frozen=True)
class View:
    """A picture, and where its points lie in the one that it was made from."""

    picture: GreyPicture
    back: Mapping = _same
    faithful: bool = True
    """Whether it only shows from elsewhere what was there, and changes no grey on purpose."""

    @property
    def pixels(self) -> int:
        """How many pixels it has."""
        return len(self.picture.pixels)

    def image(self) -> "Image":
        """Return it for Pillow."""
        from PIL import Image

        picture = self.picture
        return Image.frombytes("L", (picture.width, picture.height), picture.pixels)

    def changed(self, image: "Image", mapping: Mapping | None = None) -> "View":
        """Return another picture, whose points `mapping` leads to this one; none: they stay."""
        picture = GreyPicture(image.width, image.height, image.tobytes())
        if mapping is None:
            return View(picture, self.back, faithful=False)
        back = self.back
        return View(picture, lambda x, y: back(*mapping(x, y)), self.faithful)

    def resized(self, image: "Image") -> "View":
        """Return the same picture at another size."""
        across, down = self.picture.width / image.width, self.picture.height / image.height
        return self.changed(image, lambda x, y: (x * across, y * down))


def shrunk(view: View, most: int = WORKING_PIXELS) -> View:
    """Average blocks of pixels until the picture has at most `most`."""
    factor = math.ceil(math.sqrt(view.pixels / most))
    return view if factor <= 1 else view.resized(view.image().reduce(factor))


def cut(view: View, box: tuple[int, int, int, int]) -> View:
    """Cut out a part of a picture: left, top, right, bottom, as far as the picture goes."""
    left, top = max(box[0], 0), max(box[1], 0)
    right, bottom = min(box[2], view.picture.width), min(box[3], view.picture.height)
    image = view.image().crop((left, top, max(right, left + 1), max(bottom, top + 1)))
    return view.changed(image, lambda x, y: (x + left, y + top))
