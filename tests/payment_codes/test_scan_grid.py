"""Finder patterns, and the grid that is followed from one to the others."""

import math
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from payment_codes.scan.decoder import Corners, moved
from payment_codes.scan.finders import corners
from payment_codes.scan.straight import straightened
from payment_codes.scan.view import View
from payment_codes.scan.zxing import ZxingDecoder
from tests.payment_codes.pictures import WORST_CASE, code_image, grey_picture

MODULE = 6
CODE = code_image(WORST_CASE, MODULE)
MIDDLES = [(MODULE * (4 + x), MODULE * (4 + y)) for x, y in ((3.5, 3.5), (33.5, 3.5), (3.5, 33.5))]


def bent(high: float) -> Image.Image:
    """Return the code on paper with one wave of so many pixels up and down, moved row by row."""
    image = Image.new("L", CODE.size, 255)
    for y in range(CODE.height):
        by = round(high * math.sin(math.tau * y / CODE.height))
        image.paste(CODE.crop((0, y, CODE.width, y + 1)), (by, y))
    return image


def read(view: View) -> list[str]:
    return [code.text for code in ZxingDecoder().decode(view.picture).found]


def places(view: View) -> Corners:
    (found,) = ZxingDecoder().decode(view.picture).found
    assert found.position is not None
    return moved(found.position, view.back)


@pytest.mark.parametrize("degrees", [0, 20, 45, 77, 90, 180, 213])
def test_the_finder_patterns_of_a_turned_code(degrees: int) -> None:
    image = CODE.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    corner = next(corners(image.point(lambda grey: 255 * (grey > 128))))
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    for spot, (x, y) in zip(corner, MIDDLES, strict=True):
        across, down = x - CODE.width / 2, y - CODE.height / 2
        assert spot.x == pytest.approx(image.width / 2 + across * cos + down * sin, abs=2)
        assert spot.y == pytest.approx(image.height / 2 - across * sin + down * cos, abs=2)


@pytest.mark.parametrize("treatment", [Image.Image.copy, ImageOps.mirror])
@pytest.mark.parametrize("degrees", [0, 33, 90, 200])
def test_a_straight_code_stays_as_it_is_and_where_it_is(
    treatment: Callable[[Image.Image], Image.Image], degrees: int
) -> None:
    image = treatment(CODE).rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    whole = View(grey_picture(image))
    straight = straightened(0, whole)
    assert straight is not None
    assert straight.picture.width == straight.picture.height == 8 * (37 + 8)
    assert read(straight) == [WORST_CASE]
    for x, y in places(whole):
        nearest = min(math.dist((x, y), corner) for corner in places(straight))
        assert nearest <= MODULE


@pytest.mark.parametrize("high", [9, -9, 14])
@pytest.mark.parametrize("degrees", [0, 25])
def test_a_bent_code_becomes_straight_and_its_points_lead_back(high: int, degrees: int) -> None:
    image = bent(high)
    straight = straightened(
        0, View(grey_picture(image.rotate(degrees, expand=True, fillcolor=255)))
    )
    assert read(View(grey_picture(image))) == []
    assert straight is not None
    assert read(straight) == [WORST_CASE]
    if not degrees:
        for x, y in MIDDLES:
            seen_x, seen_y = straight.back(x * 8 / MODULE, y * 8 / MODULE)
            by = high * math.sin(math.tau * y / CODE.height)
            assert math.dist((seen_x, seen_y), (x + by, y)) <= MODULE


def test_of_two_codes_the_next_one_is_straightened_on_demand() -> None:
    sheet = Image.new("L", (700, 340), 255)
    for left, text in ((0, "FIRST"), (400, "SECOND CODE")):
        sheet.paste(code_image(text, MODULE), (left, 20))
    view = View(grey_picture(sheet))
    made = [straightened(index, view) for index in range(2)]
    assert sorted(text for one in made if one for text in read(one)) == ["FIRST", "SECOND CODE"]


@settings(max_examples=20)
@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 9), st.randoms(use_true_random=False))
def test_chance_has_no_grid(width: int, height: int, scale: int, chance: Random) -> None:
    blocks = Image.frombytes("L", (width, height), chance.randbytes(width * height))
    large = blocks.resize((width * scale, height * scale), Image.Resampling.NEAREST)
    straight = straightened(0, View(grey_picture(large)))
    assert straight is None or read(straight) == []
