"""Repairs of a bad picture: in what each makes of it, a decoder may find what it missed."""

import math
from typing import TYPE_CHECKING, Final

from payment_codes.scan.decoder import GreyPicture

if TYPE_CHECKING:
    from PIL.Image import Image

WORKING_PIXELS: Final = 2_500_000
"""Repairs and second opinions cost more than a first look, so they get at most this: 1920x1200."""


def shrunk(picture: GreyPicture) -> GreyPicture:
    """Average blocks of pixels until the picture has at most `WORKING_PIXELS`."""
    factor = math.ceil(math.sqrt(picture.width * picture.height / WORKING_PIXELS))
    return picture if factor <= 1 else _picture(_image(picture).reduce(factor))


def blurred(picture: GreyPicture) -> GreyPicture:
    """Close the dark gaps between a terminal's rows, and level camera noise."""
    from PIL.ImageFilter import GaussianBlur

    return _picture(_image(picture).filter(GaussianBlur(3)))


def without_specks(picture: GreyPicture) -> GreyPicture:
    """Take the median of each pixel's neighbourhood: single wrong pixels disappear."""
    from PIL.ImageFilter import MedianFilter

    return _picture(_image(picture).filter(MedianFilter(3)))


def doubled(picture: GreyPicture) -> GreyPicture:
    """Double each side, for codes of hardly more than a pixel a module."""
    from PIL.Image import Resampling

    size = (picture.width * 2, picture.height * 2)
    return _picture(_image(picture).resize(size, Resampling.BICUBIC))


def _image(picture: GreyPicture) -> "Image":
    from PIL import Image

    return Image.frombytes("L", (picture.width, picture.height), picture.pixels)


def _picture(image: "Image") -> GreyPicture:
    return GreyPicture(image.width, image.height, image.tobytes())
