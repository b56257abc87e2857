"""Light, lens and hand: what looks at the code is bad."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from benchmarks.distortions import effects
from benchmarks.distortions.originals import WHITE, original

if TYPE_CHECKING:
    from benchmarks.distortions.originals import Chance


def rotation(chance: Chance) -> Image.Image:
    """Any angle, modules of 3 to 8 pixels."""
    return effects.turned(original(chance, (3, 8)).image(), chance.uniform(0, 360))


def gaussian_blur(chance: Chance) -> Image.Image:
    """Blur with a standard deviation of 0.3 to 0.7 modules."""
    code = original(chance, (4, 10))
    return code.image().filter(ImageFilter.GaussianBlur(chance.uniform(0.3, 0.7) * code.module))


def motion_blur(chance: Chance) -> Image.Image:
    """Half a module to one and a half, in any direction."""
    code = original(chance, (4, 10))
    length = chance.uniform(0.5, 1.5) * code.module
    return effects.motion(code.image(), length, chance.uniform(0, 180))


def defocus(chance: Chance) -> Image.Image:
    """Each point becomes a disc with a radius of 0.4 to 0.85 modules."""
    code = original(chance, (4, 10))
    return effects.defocus(code.image(), chance.uniform(0.4, 0.85) * code.module)


def gaussian_noise(chance: Chance) -> Image.Image:
    """Grain with a standard deviation of 20 to 80 of 255 on modules of 4 to 8 pixels."""
    return effects.noise(chance, original(chance, (4, 8)).image(), chance.uniform(20, 80))


def salt_and_pepper(chance: Chance) -> Image.Image:
    """Three to 25 per cent of the pixels."""
    return effects.specks(chance, original(chance, (4, 8)).image(), chance.uniform(0.03, 0.25))


def low_contrast(chance: Chance) -> Image.Image:
    """Ten to 60 greys between dark and light, and a grain of one grey."""
    darkest = chance.randint(20, 180)
    image = effects.contrast(original(chance).image(), darkest, darkest + chance.randint(10, 60))
    return effects.noise(chance, image, 1)


def uneven_light(chance: Chance) -> Image.Image:
    """Leave the dark end 10 to 50 per cent of the light of the other."""
    image = effects.contrast(original(chance).image(), 30, 225)
    return effects.multiplied(image, effects.gradient(chance, image.size), chance.uniform(0.1, 0.5))


def gloss(chance: Chance) -> Image.Image:
    """One or two highlights of 15 to 35 per cent of the width, 60 to 90 per cent opaque."""
    image = effects.contrast(original(chance, (5, 8), levels="MQ").image(), 20, 200)
    places = [
        (
            (chance.uniform(0.2, 0.8) * image.width, chance.uniform(0.2, 0.8) * image.height),
            (chance.uniform(0.07, 0.17) * image.width, chance.uniform(0.07, 0.17) * image.width),
        )
        for _ in range(chance.randint(1, 2))
    ]
    light = effects.blots(image.size, places, 0.03 * image.width)
    opaque = effects.contrast(light, 0, round(chance.uniform(0.6, 0.9) * WHITE))
    return Image.composite(Image.new("L", image.size, WHITE), image, opaque)


def shadow(chance: Chance) -> Image.Image:
    """Cast a shadow with a sharp or soft border that leaves 20 to 55 per cent of the light."""
    image = effects.contrast(original(chance).image(), 25, 230)
    width, height = image.size
    cast = Image.new("L", image.size, WHITE)
    top, bottom = chance.uniform(-0.2, 0.6) * width, chance.uniform(0.4, 1.2) * width
    edge = ((top, -5), (bottom, height + 5))
    ImageDraw.Draw(cast).polygon((*edge, (-5, height + 5), (-5, -5)), fill=0)
    cast = cast.filter(ImageFilter.GaussianBlur(chance.uniform(0, 6)))
    cast = cast.rotate(chance.choice((0, 90, 180, 270)))
    return effects.multiplied(image, cast, chance.uniform(0.2, 0.55))


def perspective(chance: Chance) -> Image.Image:
    """Each corner moves in by up to 22 per cent of the width, along both axes."""
    image = original(chance, (5, 9)).image()
    width, height = image.size
    by = [chance.uniform(0, 0.22) * width for _ in range(8)]
    corners = (
        (by[0], by[1]),
        (width - by[2], by[3]),
        (width - by[4], height - by[5]),
        (by[6], height - by[7]),
    )
    return ImageOps.expand(effects.tilted(image, corners, image.size, WHITE), 10, WHITE)


def jpeg(chance: Chance) -> Image.Image:
    """Quality 5 to 30 with modules of 3 to 6 pixels that blocks do not fit."""
    image = effects.turned(original(chance, (3, 6)).image(), chance.uniform(-8, 8))
    return effects.as_jpeg(image, chance.randint(5, 30))


def screen_photograph(chance: Chance) -> Image.Image:
    """See a screen through a camera: pixels with dark borders, turned, and scaled down."""
    code = original(chance, (4, 7))
    image = code.image(25, 235)
    grid = Image.new("L", (4, 4), 90)
    grid.paste(WHITE, (0, 0, 3, 3))
    large = image.resize((image.width * 4, image.height * 4), Image.Resampling.NEAREST)
    mask = Image.new("L", large.size)
    row = Image.new("L", (large.width, 4))
    for left in range(0, row.width, 4):
        row.paste(grid, (left, 0))
    for top in range(0, large.height, 4):
        mask.paste(row, (0, top))
    shown = effects.turned(ImageChops.multiply(large, mask), chance.uniform(-12, 12), 200)
    taken = effects.resized(shown, chance.uniform(0.16, 0.35), Image.Resampling.BILINEAR)
    return effects.as_jpeg(effects.noise(chance, taken, 6), 85)


def webcam(chance: Chance) -> Image.Image:
    """320 by 240: modules of 2.6 to 3.6 pixels, tilted, soft, with grain, and JPEG of 50 to 80."""
    code = original(chance, (8, 8), levels="L", widest=77)
    module = min(chance.uniform(2.6, 3.6), 220 / (code.side + 4))
    held = effects.turned(code.image(30, 220), chance.uniform(-15, 15), 120)
    held = effects.resized(held, module / 8, Image.Resampling.BOX)
    frame = Image.new("L", (320, 240), 120)
    frame.paste(held, ((320 - held.width) // 2, (240 - held.height) // 2))
    soft = frame.filter(ImageFilter.GaussianBlur(chance.uniform(0.4, 0.8)))
    return effects.as_jpeg(
        effects.noise(chance, soft, chance.uniform(2, 8)), chance.randint(50, 80)
    )


def mirrored(chance: Chance) -> Image.Image:
    """As a front camera shows it, a little turned."""
    image = chance.choice((ImageOps.mirror, ImageOps.flip))(original(chance, (3, 8)).image())
    return effects.turned(image, chance.uniform(-10, 10))


def inverted(chance: Chance) -> Image.Image:
    """Light modules on a dark page, with a little grain."""
    code = original(chance, (3, 8), quiet=chance.randint(2, 4))
    image = code.image(chance.randint(190, 255), chance.randint(0, 50))
    return effects.noise(chance, image, 3)
