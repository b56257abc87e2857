"""Paper, print and dirt: what carries the code is bad."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from benchmarks.distortions import effects
from benchmarks.distortions.originals import BLACK, WHITE, original

if TYPE_CHECKING:
    from benchmarks.distortions.effects import Point
    from benchmarks.distortions.originals import Chance


def dirt(chance: Chance) -> Image.Image:
    """Three to eight stains of half a module to 1.2, dark or light, and a scratch."""
    code = original(chance, (5, 8), levels="MQ")
    image = code.image()
    for ground in (BLACK, WHITE):
        places = [_stain(chance, image, code.module) for _ in range(chance.randint(2, 4))]
        stains = effects.blots(image.size, places, 0.7, ground)
        image = (ImageChops.lighter if ground == BLACK else ImageChops.darker)(image, stains)
    start, end = (chance.uniform(0, image.width), 0), (chance.uniform(0, image.width), image.height)
    ImageDraw.Draw(image).line((start, end), fill=WHITE, width=chance.randint(1, 2))
    return image


def _stain(chance: Chance, image: Image.Image, module: int) -> tuple[Point, Point]:
    middle = (chance.uniform(0, image.width), chance.uniform(0, image.height))
    return middle, (chance.uniform(0.5, 1.2) * module, chance.uniform(0.5, 1.2) * module)


def dithered(chance: Chance) -> Image.Image:
    """Uneven and pale, then in black and white dots by error diffusion (1 bit)."""
    image = effects.contrast(
        original(chance, (5, 9)).image(), chance.randint(20, 70), chance.randint(190, 235)
    )
    lit = effects.multiplied(image, effects.gradient(chance, image.size), chance.uniform(0.7, 1))
    return lit.convert("1")


def fax(chance: Chance) -> Image.Image:
    """204 by 98 dots an inch in black and white, with specks and lines that were lost."""
    image = original(chance, (5, 8)).image()
    image = effects.turned(image, chance.uniform(-3, 3)).filter(ImageFilter.GaussianBlur(0.8))
    flat = image.resize((image.width, image.height // 2), Image.Resampling.BOX)
    flat = effects.noise(chance, flat, 25).point(lambda grey: WHITE * (grey > 128))
    flat = effects.specks(chance, flat, chance.uniform(0, 0.01))
    draw = ImageDraw.Draw(flat)
    for _ in range(chance.randint(0, 3)):
        y = chance.randrange(flat.height)
        draw.line((0, y, flat.width, y), fill=chance.choice((BLACK, WHITE)))
    return flat.resize(image.size, Image.Resampling.NEAREST)


def newsprint(chance: Chance) -> Image.Image:
    """Print in a halftone screen of 3 to 5 pixels at 45 degrees, on grey, scanned a little soft."""
    code = original(chance, (7, 10))
    grey = effects.contrast(code.image(), chance.randint(40, 80), chance.randint(180, 220))
    pitch = chance.uniform(3, 5)
    screen = Image.frombytes(
        "L", (64, 64), bytes(_dot(x, y, pitch) for y in range(64) for x in range(64))
    )
    tiles = Image.new("L", grey.size)
    for left in range(0, grey.width, 64):
        for top in range(0, grey.height, 64):
            tiles.paste(screen, (left, top))
    printed = ImageChops.subtract(grey, tiles).point(lambda rest: WHITE * (rest > 0))
    paper = effects.contrast(printed, chance.randint(40, 70), chance.randint(180, 220))
    scanned = effects.turned(paper, chance.uniform(-4, 4), 200).filter(
        ImageFilter.GaussianBlur(0.6)
    )
    return effects.noise(chance, scanned, 5)


def _dot(x: int, y: int, pitch: float) -> int:
    turn = math.tau / pitch / math.sqrt(2)
    return round(127.5 + 63.5 * (math.cos(turn * (x + y)) + math.cos(turn * (x - y))))


def logo(chance: Chance) -> Image.Image:
    """Hide the middle: at most 22 % of the width at level M, 26 % at Q, 30 % at H."""
    level = chance.choice("MQH")
    code = original(chance, (4, 8), levels=level)
    image = code.image()
    side = chance.uniform(0.12, {"M": 0.22, "Q": 0.26, "H": 0.30}[level]) * code.side * code.module
    left, top = (image.width - side) / 2, (image.height - side) / 2
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((left, top, left + side, top + side), side / 8, fill=WHITE)
    inner = side / 8
    box = (left + inner, top + inner, left + side - inner, top + side - inner)
    draw.ellipse(box, fill=chance.randint(40, 160))
    draw.text((left + side / 3, top + side / 3), "W", fill=WHITE, font_size=side / 3)
    return image


def curved(chance: Chance) -> Image.Image:
    """Round a bottle: 60 to 120 degrees of it are the code's width, held level or upright."""
    image = original(chance, (5, 9)).image()
    reach = math.radians(chance.uniform(30, 60))
    width, height = round(image.width * math.sin(reach) / reach), image.height
    sag = chance.uniform(0, 0.12) * height

    def source(x: float, y: float) -> Point:
        place = min(max(2 * x / width - 1, -1), 1) * math.sin(reach)
        angle = math.asin(place)
        drop = sag * (math.cos(angle) - math.cos(reach)) / (1 - math.cos(reach))
        return (angle / reach + 1) / 2 * image.width, y - drop + sag / 2

    bent = effects.warped(image, (width, height), source, WHITE)
    page = ImageOps.expand(bent, 20, WHITE)
    return effects.turned(page, chance.choice((0, 90)) + chance.uniform(-15, 15))


def barrel(chance: Chance) -> Image.Image:
    """Wide lens: the corners lie 8 to 20 % nearer to the middle than they should."""
    image = original(chance, (5, 9)).image()
    bend = chance.uniform(0.08, 0.20)
    half = image.width / 2

    def source(x: float, y: float) -> Point:
        across, down = (x - half) / half, (y - half) / half
        factor = 1 + bend * (across * across + down * down - 1)
        return half + half * across * factor, half + half * down * factor

    bent = effects.warped(image, image.size, source, WHITE)
    return effects.turned(bent, chance.uniform(-20, 20))


def transparent(chance: Chance) -> Image.Image:
    """Modules on nothing: dark ones for a white page, light ones for a dark page, or soft ones."""
    mask = original(chance, (4, 8)).image(WHITE, BLACK)
    ink = chance.choice(((0, 0, 0), (20, 30, 90), (255, 255, 255), (230, 240, 255)))
    if chance.random() < 0.3:
        mask = mask.filter(ImageFilter.GaussianBlur(1))
    image = Image.new("RGBA", mask.size, (*chance.choice(((0, 0, 0), ink)), 0))
    image.paste((*ink, 255), mask=mask)
    return image


#: Dark and light, as shops print them.
INKS = (
    ("#00008b", "#ffff00"),
    ("#c00000", "#ffffff"),
    ("#006400", "#fff8dc"),
    ("#663300", "#ff9933"),
    ("#660066", "#ffccee"),
    ("#000000", "#e00000"),
    ("#d00000", "#40a040"),
    ("#0000ff", "#ff8080"),
    ("#ff0000", "#80ffff"),
    ("#e06000", "#ffffff"),
    ("#1677ff", "#ffffff"),
    ("#07c160", "#ffffff"),
)


def colours(chance: Chance) -> Image.Image:
    """Dark and light colours that a person tells apart; three pairs are of nearly the same grey."""
    image = ImageOps.colorize(original(chance, (4, 8)).image(), *chance.choice(INKS))
    return effects.as_jpeg(image, chance.randint(60, 90)) if chance.random() < 0.5 else image
