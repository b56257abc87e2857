"""Load a picture file within limits, and see it in grey."""

import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from payment_codes.errors import PictureTooLarge, PictureUnreadable
from payment_codes.scan.decoder import GreyPicture

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_FILE_BYTES: Final = 32 * 1024 * 1024
MAX_PIXELS: Final = 40_000_000
FORMATS: Final = ("PNG", "JPEG", "GIF", "BMP", "WEBP")
"""What screenshots, cameras and messengers write. Each more would be one more parser to trust."""


def load_picture(source: Path | bytes) -> GreyPicture:
    """Return the first frame of a picture, given as a file or as its bytes, on a white ground.

    Raises what `load_image` raises.
    """
    return grey_picture(load_image(source))


def load_image(source: Path | bytes) -> "Image":
    """Return the first frame of a picture, given as a file or as its bytes, as Pillow's image.

    Raises PictureUnreadable for what is not a whole picture in one of `FORMATS`, PictureTooLarge
    beyond `MAX_FILE_BYTES` or `MAX_PIXELS` (judged by the header, before any pixel is decoded),
    and FileNotFoundError for a path where nothing is.
    """
    from PIL import UnidentifiedImageError
    from PIL.Image import DecompressionBombError, DecompressionBombWarning

    data = source if isinstance(source, bytes) else _read(source)
    if not data:
        raise PictureUnreadable("The picture is empty.")
    if len(data) > MAX_FILE_BYTES:
        raise PictureTooLarge("The picture is larger than {most} MiB.", most=MAX_FILE_BYTES >> 20)
    try:
        with warnings.catch_warnings():
            # Pillow reports odd metadata as warnings, which are of no use to somebody paying.
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", DecompressionBombWarning)
            return _decoded(data)
    except UnidentifiedImageError as error:
        raise PictureUnreadable(
            "The file is not a picture ({formats}).", formats=", ".join(FORMATS)
        ) from error
    except (DecompressionBombError, DecompressionBombWarning) as error:
        raise PictureTooLarge(
            "The picture has more than {most} million pixels.", most=MAX_PIXELS // 1_000_000
        ) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureUnreadable("The picture is damaged or cut short.") from error


def _read(path: Path) -> bytes:
    """Read at most one byte more than is allowed, so that an endless device ends too."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise
    except IsADirectoryError as error:
        raise PictureUnreadable("A folder is not a picture.") from error
    except OSError as error:
        raise PictureUnreadable(
            "The picture cannot be read: {fault}.", fault=error.strerror
        ) from error


def _decoded(data: bytes) -> "Image":
    """Decode a picture; what Pillow raises, it raises."""
    from PIL import Image

    with Image.open(BytesIO(data), formats=FORMATS) as image:
        if image.width * image.height > MAX_PIXELS:
            raise Image.DecompressionBombError
        image.load()
        if image.mode == "I;16":
            # Pillow would clip 16-bit grey to 255 instead of scaling it.
            return image.convert("I").point(lambda value: value / 256).convert("L")
        return image.copy()


def grey_picture(image: "Image") -> GreyPicture:
    """Return an image in 8-bit grey, with what is transparent in white."""
    return _picture(_on(image, "white").convert("L"))


def other_pictures(image: "Image") -> Iterator[GreyPicture]:
    """Return what else may be seen in an image: its light on black, and each of its colours.

    Light modules on nothing need a dark page, and red ones on green of the same grey are seen in
    red alone. There is nothing else in an image that is grey.
    """
    if image.has_transparency_data:
        yield _picture(_on(image, "black").convert("L"))
    if image.mode not in {"1", "L", "LA", "I", "F"}:
        for colour in _on(image, "white").convert("RGB").split():
            yield _picture(colour)


def _on(image: "Image", ground: str) -> "Image":
    """Return an image with a colour where it is transparent."""
    from PIL import Image

    if not image.has_transparency_data:
        return image
    return Image.alpha_composite(Image.new("RGBA", image.size, ground), image.convert("RGBA"))


def _picture(grey: "Image") -> GreyPicture:
    return GreyPicture(grey.width, grey.height, grey.tobytes())
