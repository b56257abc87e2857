"""zxing-cpp: character sets, and the repairs that let it read what it cannot at first."""

import pytest
from PIL import Image, ImageOps
from PIL.ImageFilter import GaussianBlur
from zxingcpp import BarcodeFormat, create_barcode

from payment_codes.scan.decoder import Sight
from payment_codes.scan.scanner import scan_picture
from payment_codes.scan.zxing import ZxingDecoder
from tests.payment_codes.pictures import (
    CHARACTER_SETS,
    WORST_CASE,
    code_image,
    declared_code_image,
    grey_picture,
    rows_apart,
    unicode_code_image,
    with_specks,
)


def sight(image: Image.Image) -> Sight:
    return ZxingDecoder().decode(grey_picture(image))


def read(image: Image.Image) -> list[str]:
    return [code.text for code in sight(image).found]


UTF_8 = ["Café", "北京", "カナ", "₹5", "Привет", "é", "がな", "ナ東", "付2"]
BAD_PICTURES = {
    "rows apart": rows_apart(code_image(WORST_CASE)),
    "specks": with_specks(code_image(WORST_CASE, 4), 0.05),
    "blur": code_image(WORST_CASE).filter(GaussianBlur(4.6)),
    "inverted specks": ImageOps.invert(with_specks(code_image(WORST_CASE), 0.2)),
}


@pytest.mark.parametrize("name", BAD_PICTURES)
def test_the_ladder_reads_what_one_look_does_not(name: str) -> None:
    image = BAD_PICTURES[name]
    assert read(image) == []
    found = scan_picture(grey_picture(image), [ZxingDecoder()])
    assert [code.text for code in found] == [WORST_CASE]


@pytest.mark.parametrize(
    "text", ["Café", "北京", "カナ", "₹5", "Привет", "é", "がな", "ナ東", "付2"]
)
def test_utf_8_without_a_declared_character_set(text: str) -> None:
    assert read(unicode_code_image(text)) == [text]


@pytest.mark.parametrize(("text", "character_set"), CHARACTER_SETS)
def test_a_declared_character_set(text: str, character_set: str) -> None:
    assert read(declared_code_image(text, character_set)) == [text]


def test_what_is_neither_declared_nor_utf_8_is_latin_1() -> None:
    # ISO/IEC 18004:2015, 7.3.5: the default of the byte mode.
    assert read(unicode_code_image("Müller".encode("iso-8859-1"))) == ["Müller"]


def test_micro_codes_which_hardly_correct_errors_are_not_read() -> None:
    tiny = create_barcode("1830", BarcodeFormat.MicroQRCode).to_image(scale=8)
    assert read(Image.fromarray(tiny)) == []


def test_what_is_no_more_than_a_suspect_is_told_with_its_place() -> None:
    image = code_image(WORST_CASE)
    image.paste(255, (150, 150, 330, 330))
    seen = sight(image)
    assert seen.found == []
    assert any(abs(corner[0][0] - 32) + abs(corner[0][1] - 32) < 9 for corner in seen.suspects)
