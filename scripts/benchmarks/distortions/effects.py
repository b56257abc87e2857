"""What cameras, paper and light do to an image of 8-bit grey, by chance but from a seed."""

from __future__ import annotations

import math
from io import BytesIO
from itertools import pairwise
from statistics import NormalDist
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageMath

from benchmarks.distortions.originals import BLACK, WHITE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from benchmarks.distortions.originals import Chance, Size

Point = tuple[float, float]

_MIDDLE = 128


def noise(chance: Chance, image: Image.Image, sigma: float) -> Image.Image:
    """Add to each pixel a grey of chance with the standard deviation `sigma`."""
    normal = NormalDist(_MIDDLE, sigma)
    table = bytes(_grey(normal.inv_cdf((byte + 0.5) / 256)) for byte in range(256))
    grain = chance.randbytes(image.width * image.height).translate(table)
    return ImageChops.add(image, Image.frombytes("L", image.size, grain), offset=-_MIDDLE)


def specks(chance: Chance, image: Image.Image, share: float) -> Image.Image:
    """Make a share of the pixels black or white."""
    half = round(share * 128)
    table = bytes([BLACK] * half + [WHITE] * half + [_MIDDLE] * (256 - 2 * half))
    marks = chance.randbytes(image.width * image.height).translate(table)
    layer = Image.frombytes("L", image.size, marks)
    return Image.composite(image, layer, layer.point(lambda grey: WHITE * (grey == _MIDDLE)))


def contrast(image: Image.Image, darkest: int, lightest: int) -> Image.Image:
    """Draw black as `darkest`, white as `lightest` and all between in proportion."""
    step = (lightest - darkest) / WHITE
    return image.point([_grey(darkest + grey * step) for grey in range(256)])


def smeared(image: Image.Image, shifts: Sequence[Point]) -> Image.Image:
    """Average copies of an image, each moved by a part of a pixel or more."""
    total: Image.Image = Image.new("F", image.size)
    exact = image.convert("F")
    for x, y in shifts:
        moved = exact.transform(
            image.size,
            Image.Transform.AFFINE,
            (1, 0, x, 0, 1, y),
            Image.Resampling.BILINEAR,
            fillcolor=image.getpixel((0, 0)),
        )
        total = ImageMath.lambda_eval(
            lambda both: both["sum"] + both["moved"], sum=total, moved=moved
        )
    return total.point(lambda grey: grey * (1 / len(shifts)) + 0).convert("L")


def motion(image: Image.Image, length: float, degrees: float) -> Image.Image:
    """Move the camera by `length` pixels during the exposure."""
    x, y = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    steps = max(3, math.ceil(length * 2))
    places = [length * (step / (steps - 1) - 0.5) for step in range(steps)]
    return smeared(image, [(place * x, place * y) for place in places])


def defocus(image: Image.Image, radius: float) -> Image.Image:
    """Make each point a disc."""
    step = radius / 4
    grid = [(x * step, y * step) for x in range(-4, 5) for y in range(-4, 5)]
    return smeared(image, [point for point in grid if math.hypot(*point) <= radius])


def multiplied(image: Image.Image, light: Image.Image, least: float) -> Image.Image:
    """Light an image: `light` is white where all of it arrives, black where `least` does."""
    return ImageChops.multiply(
        image, contrast(light.resize(image.size), _grey(least * WHITE), WHITE)
    )


def gradient(chance: Chance, size: Size) -> Image.Image:
    """Give light that falls off in any direction."""
    ramp = Image.linear_gradient("L").rotate(chance.uniform(0, 360), Image.Resampling.BILINEAR)
    return ramp.crop((38, 38, 218, 218)).resize(size, Image.Resampling.BILINEAR)


def blots(
    size: Size, places: Iterable[tuple[Point, Point]], soft: float, ground: int = BLACK
) -> Image.Image:
    """Give ellipses, each by its middle and its radii, with soft borders, on the other colour."""
    layer = Image.new("L", size, ground)
    draw = ImageDraw.Draw(layer)
    for (x, y), (across, down) in places:
        draw.ellipse((x - across, y - down, x + across, y + down), fill=WHITE - ground)
    return layer.filter(ImageFilter.GaussianBlur(soft))


def warped(
    image: Image.Image,
    size: Size,
    source: Callable[[float, float], Point],
    ground: int,
    cells: int = 24,
) -> Image.Image:
    """Bend an image: `source` says which of its points is seen at a place of the new one."""
    padded = Image.new("L", (image.width + 2, image.height + 2), ground)
    padded.paste(image, (1, 1))
    across = [round(size[0] * index / cells) for index in range(cells + 1)]
    down = [round(size[1] * index / cells) for index in range(cells + 1)]
    mesh = [
        ((left, top, right, bottom), _corners(source, (left, top, right, bottom)))
        for left, right in pairwise(across)
        for top, bottom in pairwise(down)
    ]
    return padded.transform(
        size, Image.Transform.MESH, mesh, Image.Resampling.BICUBIC, fillcolor=ground
    )


def _corners(
    source: Callable[[float, float], Point], box: tuple[int, int, int, int]
) -> list[float]:
    left, top, right, bottom = box
    corners = ((left, top), (left, bottom), (right, bottom), (right, top))
    return [place + 1 for corner in corners for place in source(*corner)]


def tilted(image: Image.Image, corners: Sequence[Point], size: Size, ground: int) -> Image.Image:
    """Show an image in perspective: its four corners, from the top left round, where they go."""
    width, height = image.size
    own = ((0, 0), (width, 0), (width, height), (0, height))
    lines = []
    for (x, y), (u, v) in zip(corners, own, strict=True):
        lines.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        lines.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    return image.transform(
        size,
        Image.Transform.PERSPECTIVE,
        _solved(lines),
        Image.Resampling.BICUBIC,
        fillcolor=ground,
    )


def _solved(lines: list[list[float]]) -> list[float]:
    """Solve linear equations, each the factors and then the sum (Gauss and Jordan)."""
    for column in range(len(lines)):
        pivot = max(range(column, len(lines)), key=lambda row: abs(lines[row][column]))
        lines[column], lines[pivot] = lines[pivot], lines[column]
        lines[column] = [value / lines[column][column] for value in lines[column]]
        for row, line in enumerate(lines):
            if row != column:
                lines[row] = [
                    value - line[column] * own
                    for value, own in zip(line, lines[column], strict=True)
                ]
    return [line[-1] for line in lines]


def turned(image: Image.Image, degrees: float, ground: int = WHITE) -> Image.Image:
    """Turn an image, with more of the ground where its corners were."""
    return image.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=ground)


def as_jpeg(image: Image.Image, quality: int) -> Image.Image:
    """Write an image as JPEG and read it back."""
    output = BytesIO()
    image.save(output, "JPEG", quality=quality)
    return Image.open(output).convert(image.mode)


def resized(image: Image.Image, factor: float, how: Image.Resampling) -> Image.Image:
    """Make an image larger or smaller."""
    return image.resize((round(image.width * factor), round(image.height * factor)), how)


def _grey(value: float) -> int:
    return min(max(round(value), BLACK), WHITE)
