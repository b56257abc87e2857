"""Kinds that were added when the scanner could read the others."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from benchmarks.distortions import effects
from benchmarks.distortions.originals import BLACK, WHITE, bars, original

if TYPE_CHECKING:
    from benchmarks.distortions.effects import Point
    from benchmarks.distortions.originals import Chance


def wavy(chance: Chance) -> Image.Image:
    """Paper in waves: one or two over the width, up to 2.5 per cent of it high."""
    image = original(chance, (5, 8)).image()
    high = chance.uniform(0.008, 0.025) * image.height
    turn = chance.uniform(1, 2) * math.tau / image.width
    start = chance.uniform(0, math.tau)

    def source(x: float, y: float) -> Point:
        return x, y + high * math.sin(turn * x + start)

    return effects.turned(effects.warped(image, image.size, source, WHITE), chance.uniform(0, 360))


def ghost(chance: Chance) -> Image.Image:
    """Reflect it in a pane: itself again, 30 to 45 per cent as strong, up to a module away."""
    code = original(chance, (5, 8))
    image = code.image()
    by = (round(chance.uniform(-1, 1) * code.module), round(chance.uniform(-1, 1) * code.module))
    again = ImageChops.offset(image, *by)
    return Image.blend(image, again, chance.uniform(0.3, 0.45))


def flicker(chance: Chance) -> Image.Image:
    """Band the picture as a lamp does: two to six bands with 20 to 60 per cent of the light."""
    image = effects.contrast(original(chance).image(), 20, 235)
    turn = chance.uniform(2, 6) * math.tau / image.height
    start = chance.uniform(0, math.tau)
    column = bytes(round(127.5 + 127.5 * math.sin(turn * y + start)) for y in range(image.height))
    bands = Image.frombytes("L", (1, image.height), column)
    return effects.multiplied(image, bands, chance.uniform(0.2, 0.6))


def posterised(chance: Chance) -> Image.Image:
    """Leave three to six greys of a soft and grainy picture."""
    soft = original(chance).image().filter(ImageFilter.GaussianBlur(chance.uniform(0.5, 1.2)))
    grainy = effects.noise(chance, effects.contrast(soft, 60, 200), chance.uniform(5, 20))
    steps = chance.randint(3, 6)
    return grainy.point(
        [round(grey * (steps - 1) / 255) * 255 // (steps - 1) for grey in range(256)]
    )


def dots(chance: Chance) -> Image.Image:
    """Make each module a disc of 70 to 95 per cent, but for the finder patterns."""
    code = original(chance, (6, 10))
    image = code.image(WHITE)
    draw = ImageDraw.Draw(image)
    for y, row in enumerate(code.rows):
        for x, dark in enumerate(row):
            if not dark:
                continue
            left, top = ((place + code.quiet) * code.module for place in (x, y))
            finder = ((x < 7 or x >= code.side - 7) and y < 7) or (x < 7 and y >= code.side - 7)
            edge = 0 if finder else code.module * chance.uniform(0.025, 0.15)
            place = (left + edge, top + edge, left + code.module - edge, top + code.module - edge)
            (draw.rectangle if finder else draw.ellipse)(place, fill=BLACK)
    return image.filter(ImageFilter.GaussianBlur(0.5))


def scratched(chance: Chance) -> Image.Image:
    """Five to twelve lines of a pixel or two across it, dark or light."""
    image = original(chance, (5, 8), levels="MQ").image()
    draw = ImageDraw.Draw(image)
    for _ in range(chance.randint(5, 12)):
        ends = [(chance.uniform(0, image.width), chance.uniform(0, image.height)) for _ in range(2)]
        draw.line(ends, fill=chance.choice((BLACK, WHITE)), width=chance.randint(1, 2))
    return image


def interlaced(chance: Chance) -> Image.Image:
    """Shift every second row by a fifth to half of a module, as in moving video."""
    code = original(chance, (4, 8))
    image = code.image()
    mask = Image.frombytes(
        "L", (1, image.height), bytes((BLACK, WHITE) * image.height)[: image.height]
    )
    shifted = ImageChops.offset(image, round(chance.uniform(0.2, 0.5) * code.module), 0)
    return Image.composite(shifted, image, mask.resize(image.size))


def distant(chance: Chance) -> Image.Image:
    """Hang it across the street: modules of 2.3 to 3.2 pixels in a frame of 1280 by 720."""
    code = original(chance, (8, 8), levels="LM")
    poster = effects.turned(code.image(40, 210), chance.uniform(-8, 8), 150)
    small = effects.resized(poster, chance.uniform(2.3, 3.2) / 8, Image.Resampling.BOX)
    street = effects.multiplied(
        Image.new("L", (1280, 720), 150), effects.gradient(chance, (1280, 720)), 0.4
    )
    street.paste(
        small, (chance.randint(0, 1280 - small.width), chance.randint(0, 720 - small.height))
    )
    soft = street.filter(ImageFilter.GaussianBlur(0.5))
    return effects.as_jpeg(effects.noise(chance, soft, 5), chance.randint(60, 85))


def bars_tilted(chance: Chance) -> Image.Image:
    """Bars in perspective, a little soft and grainy."""
    image = ImageOps.expand(bars(chance, 4, 100), 20, WHITE)
    width, height = image.size
    by = [chance.uniform(0, 0.2) for _ in range(4)]
    corners = (
        (by[0] * width, by[1] * height),
        (width, 0),
        (width - by[2] * width, height - by[3] * height),
        (0, height),
    )
    tilted = effects.tilted(image, corners, image.size, WHITE)
    return effects.noise(chance, tilted.filter(ImageFilter.GaussianBlur(1)), 10)


def squeezed(chance: Chance) -> Image.Image:
    """Show it at the wrong aspect: half to four fifths as high as wide, or the other way."""
    image = original(chance, (6, 10)).image()
    side = round(image.width * chance.uniform(0.5, 0.8))
    size = chance.choice(((image.width, side), (side, image.width)))
    return image.resize(size, Image.Resampling.BICUBIC)
