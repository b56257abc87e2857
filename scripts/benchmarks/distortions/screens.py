"""Screens and pages: what stands around the code, or how few pixels it has, is bad."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageOps

from benchmarks.distortions import effects
from benchmarks.distortions.originals import BLACK, WHITE, bars, drawn, original

if TYPE_CHECKING:
    from benchmarks.distortions.originals import Chance, Rows, Size


def terminal_dark(chance: Chance) -> Image.Image:
    """Blocks in a dark terminal's own colours, which make it a light code on a dark page."""
    cell = chance.choice(((7, 14), (8, 16), (9, 18), (10, 20), (9, 17)))
    colours = (chance.randint(170, 255), chance.randint(0, 60))
    return _terminal(chance, cell, colours, 0)


def terminal_light(chance: Chance) -> Image.Image:
    """Blocks in a light terminal's own colours."""
    cell = chance.choice(((7, 14), (8, 16), (9, 18), (10, 20), (7, 15)))
    return _terminal(chance, cell, (chance.randint(0, 80), chance.randint(200, 255)), 0)


def terminal_gaps(chance: Chance) -> Image.Image:
    """Rows one or two pixels apart, on a dark or a light terminal."""
    colours = chance.choice(((0, 255), (230, 20)))
    return _terminal(
        chance, chance.choice(((7, 14), (8, 16), (10, 20))), colours, chance.randint(1, 2)
    )


def terminal_fraction(chance: Chance) -> Image.Image:
    """Cells that end within a pixel, whose blocks a font smooths."""
    colours = chance.choice(((0, 255), (230, 20)))
    large = _terminal(chance, chance.choice(((29, 58), (35, 70), (41, 83), (37, 78))), colours, 0)
    return large.resize((round(large.width / 4), round(large.height / 4)), Image.Resampling.BOX)


def terminal_wide(chance: Chance) -> Image.Image:
    """Two whole columns a module, with no gap between rows or one of a pixel."""
    code = original(chance, quiet=2)
    width, height = chance.choice(((7, 14), (8, 16), (8, 17), (7, 16)))
    image = drawn(code.rows, (2 * width, height), code.quiet)
    return _with_gaps(image, height, chance.randint(0, 1), WHITE)


def _terminal(chance: Chance, cell: Size, colours: Size, gap: int) -> Image.Image:
    """Draw two modules above each other in a cell, with a prompt before and after."""
    quiet = chance.randint(1, 4)
    code = original(chance, quiet=quiet)
    ink, paper = colours
    width, height = cell
    upper = (height + 1) // 2
    halves = (
        drawn(rows, (width, tall), 0, ink, paper) for rows, tall in _halves(code.rows, cell, upper)
    )
    first, second = halves
    lines = (len(code.rows) + 1) // 2
    image = Image.new(
        "L", ((code.side + 2 * quiet + 8) * width, (lines + 2 * quiet + 4) * (height + gap)), paper
    )
    for line in range(lines):
        top = (line + quiet + 2) * (height + gap)
        strip = first.crop((0, line * upper, first.width, (line + 1) * upper))
        image.paste(strip, (quiet * width, top))
        rest = height - upper
        strip = second.crop((0, line * rest, second.width, (line + 1) * rest))
        image.paste(strip, (quiet * width, top + upper))
    draw = ImageDraw.Draw(image)
    for y in (4, image.height - height - 4):
        draw.text((4, y), "$ wallet receive --amount 12.50", fill=ink, font_size=height * 0.7)
    return image


def _halves(rows: Rows, cell: Size, upper: int) -> list[tuple[Rows, int]]:
    second = rows[1::2]
    if len(rows) % 2:
        second = (*second, (False,) * len(rows))
    return [(rows[::2], upper), (second, cell[1] - upper)]


def _with_gaps(image: Image.Image, every: int, gap: int, fill: int) -> Image.Image:
    lines = image.height // every
    apart = Image.new("L", (image.width, lines * (every + gap)), fill)
    for line in range(lines):
        strip = image.crop((0, line * every, image.width, (line + 1) * every))
        apart.paste(strip, (0, line * (every + gap)))
    return apart


def white_ground(chance: Chance) -> Image.Image:
    """No quiet zone to two modules of it, then print, on a white page."""
    return _on_page(chance, WHITE, chance.randint(0, 2))


def grey_ground(chance: Chance) -> Image.Image:
    """No white border to two modules of it on a page of grey."""
    return _on_page(chance, chance.randint(90, 200), chance.randint(0, 2))


def black_ground(chance: Chance) -> Image.Image:
    """One or two modules of white on a black page."""
    return _on_page(chance, chance.randint(0, 30), chance.randint(1, 2))


def _on_page(chance: Chance, ground: int, quiet: int) -> Image.Image:
    code = original(chance, quiet=quiet)
    image = code.image()
    page = Image.new("L", (image.width + 160, image.height + 160), ground)
    ink = BLACK if ground > 80 else WHITE
    _print(chance, page, ink)
    page.paste(ground, (80 - code.module,) * 2 + (80 + image.width + code.module,) * 2)
    page.paste(image, (80, 80))
    return page


def _print(chance: Chance, page: Image.Image, ink: int | str, size: int = 14) -> None:
    draw = ImageDraw.Draw(page)
    for y in range(4, page.height - size, size + 4):
        words = " ".join(
            "".join(chance.choices(string.ascii_letters, k=chance.randint(2, 9)))
            for _ in range(page.width // 40)
        )
        draw.text((4, y), words, fill=ink, font_size=size)


def cropped(chance: Chance) -> Image.Image:
    """Cut off with a module of quiet zone left, or none, or a third of a row of modules lost."""
    code = original(chance, (4, 8), quiet=1)
    image = effects.turned(code.image(), chance.uniform(-2, 2))
    cuts = [chance.uniform(-0.5, 1.33) * code.module for _ in range(4)]
    frame = ImageOps.expand(image, code.module, WHITE)
    left, top, right, bottom = (round(cut + code.module) for cut in cuts)
    return frame.crop((left, top, frame.width - right, frame.height - bottom))


def tiny(chance: Chance) -> Image.Image:
    """One or two pixels a module."""
    return original(chance, (1, 2)).image()


def tiny_fraction(chance: Chance) -> Image.Image:
    """1.3 to 2.5 pixels a module, by any way to scale an image down."""
    image = original(chance, (8, 8)).image()
    ways = Image.Resampling
    how = chance.choice((ways.BOX, ways.BILINEAR, ways.BICUBIC, ways.LANCZOS))
    return effects.resized(image, chance.uniform(1.3, 2.5) / 8, how)


def clutter(chance: Chance) -> Image.Image:
    """Windows with print on a full-HD screen, and a code of 2 to 4 pixels a module on it."""
    screen = Image.new("RGB", (1920, 1080), (40, 60, 90))
    for _ in range(chance.randint(4, 8)):
        size = (chance.randint(300, 900), chance.randint(200, 600))
        window = Image.new("RGB", size, chance.choice(("#ffffff", "#1e1e1e", "#f0f0e8", "#203040")))
        _print(
            chance, window, chance.choice(("#888888", "#c04040", "#40a060")), chance.randint(10, 18)
        )
        for _ in range(6):
            box = chance.randint(12, 60)
            place = (chance.randrange(size[0]), chance.randrange(size[1]))
            window.paste(
                chance.choice(("#e03030", "#3060e0", "#000000")),
                (*place, place[0] + box, place[1] + box),
            )
        screen.paste(window, (chance.randint(0, 1400), chance.randint(0, 800)))
    code = original(chance, (2, 4)).image()
    screen.paste(code, (chance.randrange(1920 - code.width), chance.randrange(1080 - code.height)))
    return screen


def bars_rotated(chance: Chance) -> Image.Image:
    """Any angle, modules of 2 to 4 pixels, bars 30 modules high."""
    module = chance.randint(2, 4)
    return effects.turned(bars(chance, module, 30 * module), chance.uniform(0, 360))


def bars_blurred(chance: Chance) -> Image.Image:
    """Half a module to 1.4 of motion in any direction, a little turned."""
    module = chance.randint(3, 6)
    image = effects.turned(bars(chance, module, 100), chance.uniform(-4, 4))
    return effects.motion(image, chance.uniform(0.5, 1.4) * module, chance.uniform(0, 180))


def bars_short(chance: Chance) -> Image.Image:
    """Bars only 6 to 16 pixels high, with a grain of 10 to 25."""
    image = bars(chance, chance.randint(2, 3), chance.randint(6, 16))
    return effects.noise(chance, image, chance.uniform(10, 25))


def several(chance: Chance) -> Image.Image:
    """Two to four codes on a page, QR and bars."""
    page = Image.new("L", (1000, 1000), WHITE)
    for place in ((20, 20), (520, 60), (40, 540), (500, 500))[: chance.randint(2, 4)]:
        code = bars(chance, 2, 80) if chance.random() < 0.5 else original(chance, (3, 6)).image()
        page.paste(code, place)
    return page
