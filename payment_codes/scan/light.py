"""Repairs of a picture's greys: noise, blur, weak contrast, uneven light, gaps and specks."""

from typing import Final

from payment_codes.scan.view import FEW_PIXELS, View

_WHITE: Final = 255
_MIDDLE: Final = 128


def blurred(radius: float, view: View) -> View:
    """Close the gaps between a terminal's rows, and level camera noise."""
    from PIL.ImageFilter import GaussianBlur

    return view.changed(view.image().filter(GaussianBlur(radius)))


def without_specks(size: int, view: View) -> View:
    """Take the median of each pixel's neighbourhood: single wrong pixels disappear."""
    from PIL.ImageFilter import MedianFilter

    return view.changed(view.image().filter(MedianFilter(size)))


def closed(size: int, view: View) -> View:
    """Let light grow and shrink again: dark specks and lines narrower than `size` disappear."""
    from PIL.ImageFilter import MaxFilter, MinFilter

    return view.changed(view.image().filter(MaxFilter(size)).filter(MinFilter(size)))


def opened(size: int, view: View) -> View:
    """Let dark grow and shrink again: light specks and lines narrower than `size` disappear."""
    from PIL.ImageFilter import MaxFilter, MinFilter

    return view.changed(view.image().filter(MinFilter(size)).filter(MaxFilter(size)))


def sharpened(radius: float, view: View) -> View:
    """Undo a blur, roughly, by taking away what each pixel got from its neighbours, twice."""
    from PIL.ImageFilter import UnsharpMask

    image = view.image()
    for percent in (300, 200):
        image = image.filter(UnsharpMask(radius, percent, 0))
    return view.changed(image)


def deblurred(radius: float, view: View) -> View | None:
    """Undo a strong blur: what blurring would take from the result is given to it, ten times.

    P. H. van Cittert, Zeitschrift für Physik 69 (1931), with the greys held between 0 and 255.
    """
    from PIL import ImageChops
    from PIL.ImageFilter import GaussianBlur

    if view.pixels > FEW_PIXELS:
        return None
    seen = image = view.image()
    blur = GaussianBlur(radius)
    for _ in range(10):
        again = image.filter(blur)
        image = ImageChops.subtract(image, ImageChops.subtract(again, seen))
        image = ImageChops.add(image, ImageChops.subtract(seen, again))
    return view.changed(image)


def thresholded(radius: int, view: View) -> View:
    """Make black what is darker than its surroundings up to `radius`, and the rest white."""
    from PIL import ImageChops
    from PIL.ImageFilter import BoxBlur

    image = view.image()
    difference = ImageChops.subtract(image, image.filter(BoxBlur(radius)), 1, _MIDDLE)
    return view.changed(difference.point([0] * _MIDDLE + [_WHITE] * _MIDDLE))


def stretched(view: View) -> View:
    """Stretch the greys over the whole range, but for the darkest and the lightest hundredth."""
    from PIL.ImageOps import autocontrast

    return view.changed(autocontrast(view.image(), cutoff=1))


def equalised(view: View) -> View:
    """Make every grey as frequent as any other: faint differences become strong."""
    from PIL.ImageOps import equalize

    return view.changed(equalize(view.image()))


def inverted(view: View) -> View:
    """Make dark light and light dark."""
    from PIL.ImageOps import invert

    return view.changed(invert(view.image()))
