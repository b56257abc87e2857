"""zxing-cpp and the repairs that let it read what it cannot read at first."""

import pytest
from PIL import Image, ImageOps

from payment_codes.scan import zxing
from payment_codes.scan.decoder import GreyPicture
from payment_codes.scan.repair import WORKING_PIXELS, blurred, doubled, shrunk, without_specks
from payment_codes.scan.zxing import ZxingDecoder
from tests.payment_codes.pictures import (
    WORST_CASE,
    code_image,
    grey_picture,
    unicode_code_image,
    with_specks,
)


def read(image: Image.Image) -> list[str]:
    return [code.text for code in ZxingDecoder().decode(grey_picture(image))]


def rows_apart(image: Image.Image) -> Image.Image:
    """Return a picture with a dark line of 3 pixels after every second row of modules."""
    apart = image.copy()
    for y in range(16, image.height, 16):
        apart.paste(0, (0, y - 3, image.width, y))
    return apart


def at_four_thirds_of_a_pixel_a_module(text: str) -> Image.Image:
    image = code_image(text, scale=8)
    return image.resize((image.width // 6,) * 2, Image.Resampling.BOX)


BAD_PICTURES = {
    "blurred": (rows_apart(code_image(WORST_CASE)), blurred),
    "without_specks": (with_specks(code_image(WORST_CASE, 4), 0.05), without_specks),
    "doubled": (at_four_thirds_of_a_pixel_a_module(WORST_CASE), doubled),
}


def test_every_repair_is_tried() -> None:
    assert {repair.__name__ for repair in zxing.REPAIRS} == set(BAD_PICTURES)


@pytest.mark.parametrize("name", BAD_PICTURES)
def test_each_repair_reads_what_nothing_else_does(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    image, remedy = BAD_PICTURES[name]
    assert read(image) == [WORST_CASE]
    others = tuple(repair for repair in zxing.REPAIRS if repair is not remedy)
    monkeypatch.setattr(zxing, "REPAIRS", others)
    assert read(image) == []


def test_inverted_specks_are_read_too() -> None:
    assert read(ImageOps.invert(with_specks(code_image(WORST_CASE), 0.2))) == [WORST_CASE]


@pytest.mark.parametrize("text", ["Café", "北京", "カナ", "₹5", "Привет", "é"])
def test_utf_8_is_read_as_it_was_written(text: str) -> None:
    assert read(unicode_code_image(text)) == [text]


def test_a_place_found_in_a_repaired_picture_is_given_in_the_original() -> None:
    # Only doubling helps here, and in the doubled picture everything lies twice as far away.
    (found,) = ZxingDecoder().decode(grey_picture(at_four_thirds_of_a_pixel_a_module(WORST_CASE)))
    assert found.position is not None
    first, last = round(4 * 4 / 3), round(41 * 4 / 3)
    corners = [(first, first), (last, first), (last, last), (first, last)]
    for (x, y), (expected_x, expected_y) in zip(found.position, corners, strict=True):
        assert abs(x - expected_x) <= 2
        assert abs(y - expected_y) <= 2


def test_only_large_pictures_are_shrunk_and_to_the_working_size() -> None:
    small = GreyPicture(50, 50, bytes(2500))
    assert shrunk(small) is small
    large = shrunk(GreyPicture(4000, 3000, bytes(12_000_000)))
    assert (large.width, large.height) == (1334, 1000)
    assert large.width * large.height <= WORKING_PIXELS
