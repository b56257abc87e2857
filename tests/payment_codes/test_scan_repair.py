"""Repairs: where their points lie in the picture before, and that they bear any size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from payment_codes.scan.decoder import Corners, GreyPicture, moved
from payment_codes.scan.repair import REPAIRS
from payment_codes.scan.scanner import CHAIN
from payment_codes.scan.view import WORKING_PIXELS, View, cut, shrunk
from payment_codes.scan.zxing import ZxingDecoder
from tests.payment_codes.pictures import PAYER_CODE, code_image, grey_picture

LEFT, TOP, MODULE = 150, 60, 8
FIRST, LAST = 4 * MODULE, 25 * MODULE
#: A code of version 1 off the middle of a page that is not square.
PAGE = Image.new("L", (560, 400), 255)
PAGE.paste(code_image(PAYER_CODE, MODULE), (LEFT, TOP))
CORNERS = {
    (LEFT + FIRST, TOP + FIRST),
    (LEFT + LAST, TOP + FIRST),
    (LEFT + LAST, TOP + LAST),
    (LEFT + FIRST, TOP + LAST),
}


def read(view: View) -> Corners:
    (found,) = ZxingDecoder().decode(view.picture).found
    assert found.text == PAYER_CODE
    assert found.position is not None
    return moved(found.position, view.back)


def assert_in_place(corners: Corners) -> None:
    for x, y in CORNERS:
        nearest = min(abs(x - left) + abs(y - top) for left, top in corners)
        assert nearest <= 2 * MODULE, (corners, CORNERS)


#: Repairs after which points lie elsewhere.
SHAPES = ("half", "third", "double", "triple", "bordered", "turned", "straightened")
MOVING = sorted(name for name in REPAIRS if name.startswith(SHAPES))


@pytest.mark.parametrize("name", MOVING)
def test_a_place_found_in_a_repaired_picture_is_given_in_the_one_before(name: str) -> None:
    view = REPAIRS[name](View(grey_picture(PAGE)))
    assert view is not None
    assert_in_place(read(view))


@pytest.mark.parametrize("name", sorted(set(REPAIRS) - {*MOVING, "next straightened"}))
def test_other_repairs_leave_every_point_where_it_is(name: str) -> None:
    view = REPAIRS[name](View(grey_picture(PAGE)))
    assert view is not None
    assert (view.picture.width, view.picture.height) == PAGE.size
    assert view.back(17, 4) == (17, 4)


@pytest.mark.parametrize("first", ["half", "turned 22", "bordered"])
@pytest.mark.parametrize("second", ["double", "turned 45", "bordered"])
def test_places_come_back_through_two_repairs_and_a_cut(first: str, second: str) -> None:
    whole = View(grey_picture(PAGE))
    part = cut(whole, (100, 20, 480, 390))
    assert (part.picture.width, part.picture.height) == (380, 370)
    once = REPAIRS[first](part)
    assert once is not None
    twice = REPAIRS[second](once)
    assert twice is not None
    assert_in_place(read(twice))


def test_a_cut_goes_no_further_than_the_picture() -> None:
    part = cut(View(grey_picture(PAGE)), (-50, -50, 9000, 9000))
    assert (part.picture.width, part.picture.height) == PAGE.size
    assert part.back(7, 9) == (7, 9)


@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from(sorted(REPAIRS)))
def test_every_repair_bears_the_smallest_pictures(width: int, height: int, name: str) -> None:
    view = REPAIRS[name](View(GreyPicture(width, height, bytes(width * height))))
    if view is not None:
        assert all(isinstance(value, float | int) for value in view.back(1, 1))


def test_only_large_pictures_are_shrunk_and_to_the_working_size() -> None:
    small = View(GreyPicture(50, 50, bytes(2500)))
    assert shrunk(small) is small
    large = shrunk(View(GreyPicture(4000, 3000, bytes(12_000_000))))
    assert (large.picture.width, large.picture.height) == (1334, 1000)
    assert large.pixels <= WORKING_PIXELS
    assert large.back(667, 500) == pytest.approx((2000, 1500), abs=1)


@pytest.mark.parametrize("name", ["double", "triple", "deblurred 4", "deblurred 6"])
def test_what_would_take_long_on_a_large_picture_is_left_out_there(name: str) -> None:
    assert REPAIRS[name](View(GreyPicture(1920, 1080, bytes(1920 * 1080)))) is None


def test_every_decoder_asks_for_repairs_that_exist_and_every_repair_is_asked_for() -> None:
    asked = {name for decoder in CHAIN for names in decoder.rounds for name in names}
    assert asked == set(REPAIRS)


@pytest.mark.parametrize("name", ["half", "third", "half inverted", "third inverted"])
def test_what_would_leave_nothing_of_a_small_picture_is_left_out_there(name: str) -> None:
    assert REPAIRS[name](View(GreyPicture(39, 400, bytes(39 * 400)))) is None
