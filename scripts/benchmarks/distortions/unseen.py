"""Kinds that the scanner was never tuned on: made when it was finished, measured, left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from benchmarks.distortions import effects
from benchmarks.distortions.originals import WHITE, bars, original

if TYPE_CHECKING:
    from benchmarks.distortions.originals import Chance


def folded(chance: Chance) -> Image.Image:
    """Fold the paper: one half 55 to 80 per cent as bright, and the crease a dark line."""
    image = original(chance, (5, 8)).image()
    fold = round(image.width * chance.uniform(0.35, 0.65))
    shade = Image.new("L", image.size, WHITE)
    draw = ImageDraw.Draw(shade)
    draw.rectangle((0, 0, fold, image.height), fill=round(WHITE * chance.uniform(0.55, 0.8)))
    draw.line((fold, 0, fold, image.height), fill=90, width=chance.randint(1, 3))
    soft = ImageChops.multiply(image, shade.filter(ImageFilter.GaussianBlur(1)))
    return effects.turned(soft, chance.uniform(-10, 10))


def torn(chance: Chance) -> Image.Image:
    """Tear off the corner that has no finder pattern: a tenth to a sixth of each side."""
    code = original(chance, (5, 8), levels="MQ")
    image = code.image()
    edge = (code.quiet + code.side) * code.module
    torn_off = code.side * code.module * chance.uniform(0.1, 0.17)
    corner = ((edge + 9, edge - torn_off), (edge + 9, edge + 9), (edge - torn_off, edge + 9))
    ImageDraw.Draw(image).polygon(corner, fill=chance.choice((120, 200, WHITE)))
    return image


def watermark(chance: Chance) -> Image.Image:
    """Lay broad stripes over it that leave 60 to 80 per cent of the light."""
    image = effects.contrast(original(chance, (4, 8)).image(), 10, 245)
    stripes = Image.new("L", (image.width * 2, image.height * 2), WHITE)
    draw = ImageDraw.Draw(stripes)
    wide = round(image.width * chance.uniform(0.06, 0.12))
    grey = round(WHITE * chance.uniform(0.6, 0.8))
    for left in range(0, stripes.width, wide * 3):
        draw.rectangle((left, 0, left + wide, stripes.height), fill=grey)
    slanted = stripes.rotate(chance.uniform(20, 70), fillcolor=WHITE)
    x, y = image.width // 2, image.height // 2
    return ImageChops.multiply(image, slanted.crop((x, y, x + image.width, y + image.height)))


def misregistered(chance: Chance) -> Image.Image:
    """Print it in three colours that miss each other by up to half a module."""
    code = original(chance, (5, 8))
    image, most = code.image(), code.module // 2
    plates = [
        ImageChops.offset(image, chance.randint(-most, most), chance.randint(-most, most))
        for _ in range(3)
    ]
    return Image.merge("RGB", plates)


def thumbnail(chance: Chance) -> Image.Image:
    """Shrink it to 1.6 to 2.2 pixels a module, as JPEG, and enlarge that two to four times."""
    code = original(chance, (8, 8))
    small = effects.resized(
        code.image(), chance.uniform(1.6, 2.2) / code.module, Image.Resampling.LANCZOS
    )
    poor = effects.as_jpeg(small, chance.randint(60, 85))
    return effects.resized(poor, chance.uniform(2, 4), Image.Resampling.BICUBIC)


def snapshot(chance: Chance) -> Image.Image:
    """Photograph it by hand: aslant, grainy, a little soft, and as JPEG."""
    image = effects.contrast(original(chance, (6, 9)).image(), 35, 215)
    width, height = image.size

    def away(most: float) -> float:
        return chance.uniform(0, most) * width

    corners = (
        (away(0.12), away(0.12)),
        (width - away(0.12), away(0.12)),
        (width - away(0.12), height - away(0.12)),
        (away(0.12), height - away(0.12)),
    )
    seen = effects.turned(
        effects.tilted(image, corners, image.size, 215), chance.uniform(-25, 25), 215
    )
    soft = seen.filter(ImageFilter.GaussianBlur(chance.uniform(0.6, 1.6)))
    return effects.as_jpeg(effects.noise(chance, soft, chance.uniform(4, 14)), 60)


def huge(chance: Chance) -> Image.Image:
    """Fill a photograph of many pixels with it: 24 to 40 a module, soft and grainy."""
    code = original(chance, (24, 40), widest=57)
    soft = code.image().filter(ImageFilter.GaussianBlur(code.module * chance.uniform(0.1, 0.3)))
    return effects.noise(chance, effects.contrast(soft, 30, 225), chance.uniform(5, 20))


def bars_worn(chance: Chance) -> Image.Image:
    """Print bars faintly, on a slant of a few degrees, grainy and as JPEG."""
    image = effects.contrast(bars(chance, chance.randint(3, 4), 90, 20), 70, 220)
    slanted = effects.turned(image, chance.uniform(-6, 6), 220)
    return effects.as_jpeg(effects.noise(chance, slanted, chance.uniform(4, 12)), 50)
