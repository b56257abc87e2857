"""Scanning whole pictures: what a screenshot, a photograph or a page of codes gives."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageOps
from PIL.ImageFilter import GaussianBlur

from payment_codes.draw.barcode import code128_modules
from payment_codes.draw.terminal import half_width_bars
from payment_codes.errors import DecoderMissing, NoCodeFound, SeveralCodes
from payment_codes.scan.decoder import GreyPicture
from payment_codes.scan.scanner import decoders, scan, scan_one, scan_picture
from payment_codes.scan.zxing import ZxingDecoder
from tests.payment_codes.decoders import Seeing, sight
from tests.payment_codes.pictures import (
    PAYER_CODE,
    WORST_CASE,
    code_image,
    encoded,
    grey_picture,
    page,
    screenshot,
)

BLANK = encoded(Image.new("L", (100, 100), 255))
HARD_CORNERS = ((532, 232), (700, 232), (700, 400), (532, 400))


def test_a_code_in_a_file_is_found_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "code.png"
    code_image(WORST_CASE, scale=10).save(path)
    found = scan_one(path)
    assert (found.text, found.kind, found.decoder) == (WORST_CASE, "qr", "zxing-cpp")
    assert found.position is not None
    corners = [(40, 40), (410, 40), (410, 410), (40, 410)]
    for (x, y), (expected_x, expected_y) in zip(found.position, corners, strict=True):
        assert abs(x - expected_x) <= 2
        assert abs(y - expected_y) <= 2


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize("treatment", [Image.Image.copy, ImageOps.invert])
def test_a_code_is_found_however_it_is_turned_and_inverted(
    degrees: int, treatment: Callable[[Image.Image], Image.Image]
) -> None:
    image = treatment(code_image(WORST_CASE, scale=4)).rotate(degrees)
    assert scan_one(encoded(image)).text == WORST_CASE


def test_five_codes_come_in_reading_order() -> None:
    texts = [f"CODE {number}" for number in range(5)]
    picture = encoded(page(texts, columns=2))
    assert [code.text for code in scan(picture)] == texts
    with pytest.raises(SeveralCodes, match="5 different codes") as caught:
        scan_one(picture)
    assert caught.value.details["codes"] == texts


def test_a_payer_code_shown_as_qr_and_bars_is_one_code() -> None:
    bars = screenshot(half_width_bars(code128_modules(PAYER_CODE)), (8, 16))
    qr = code_image(PAYER_CODE, scale=6)
    sheet = Image.new("L", (bars.width, bars.height + qr.height), 255)
    sheet.paste(qr, (0, 0))
    sheet.paste(bars, (0, qr.height))
    assert [(code.text, code.kind) for code in scan(encoded(sheet))] == [(PAYER_CODE, "qr")]


def test_a_picture_without_a_code_gives_none() -> None:
    picture = encoded(Image.effect_noise((300, 200), 80))
    assert scan(picture) == []
    with pytest.raises(NoCodeFound):
        scan_one(picture)


def test_an_absent_decoder_is_passed_over() -> None:
    absent = Seeing(sight("A"), available=False)
    found = scan(encoded(code_image(PAYER_CODE)), [absent, ZxingDecoder()])
    assert [code.decoder for code in found] == ["zxing-cpp"]


def test_a_later_decoder_is_asked_only_where_the_earlier_found_nothing() -> None:
    first, last = Seeing(), Seeing(sight("A"), rounds=[("plain",)])
    assert [code.text for code in scan(BLANK, [first, last])] == ["A"]
    first, last = Seeing(sight("B")), Seeing(sight("A"), rounds=[("plain",)])
    assert [code.text for code in scan(BLANK, [first, last])] == ["B"]
    assert last.looked_at == []


def test_without_any_decoder_it_says_what_to_install() -> None:
    absent = Seeing(available=False)
    with pytest.raises(DecoderMissing, match="seeing or seeing"):
        scan(BLANK, [absent, absent])


def test_no_repair_is_tried_without_patience() -> None:
    decoder = Seeing(rounds=[("half",)])
    assert scan_picture(grey_picture(Image.new("L", (99, 99))), [decoder], patience=0) == []
    assert len(decoder.looked_at) == 1


@pytest.mark.parametrize("ink", ["#d00000", "#0000ff"])
def test_a_code_in_two_colours_of_the_same_grey_is_read(ink: str) -> None:
    grey = Image.new("RGB", (1, 1), ink).convert("L").tobytes()[0]
    image = ImageOps.colorize(code_image(PAYER_CODE), ink, (grey, grey, grey))
    assert scan_one(encoded(image)).text == PAYER_CODE


def test_light_modules_on_nothing_are_read_as_on_a_dark_page() -> None:
    modules = ImageOps.invert(code_image(PAYER_CODE))
    image = Image.new("RGBA", modules.size, (0, 0, 0, 0))
    image.paste((255, 255, 255, 255), mask=modules)
    assert scan_one(encoded(image)).text == PAYER_CODE


def test_a_second_code_that_is_hard_to_read_is_not_overlooked() -> None:
    easy, hard = code_image("EASY"), code_image("HARD").filter(GaussianBlur(4))
    sheet = Image.new("L", (900, 500), 255)
    sheet.paste(easy, (0, 0))
    sheet.paste(hard, (500, 200))
    picture = grey_picture(sheet)
    assert [code.text for code in ZxingDecoder().decode(picture).found] == ["EASY"]
    found = scan_picture(picture)
    assert [code.text for code in found] == ["EASY", "HARD"]
    assert found[1].position is not None
    for (x, y), (left, top) in zip(found[1].position, HARD_CORNERS, strict=True):
        assert abs(x - left) <= 8
        assert abs(y - top) <= 8


def test_the_decoders_are_listed_in_their_order() -> None:
    assert [name for name, _ in decoders()] == ["zxing-cpp", "zbar"]
    assert dict(decoders())["zxing-cpp"]


def test_importing_the_drawing_and_the_scanner_loads_no_heavy_library() -> None:
    script = (
        "import sys, payment_codes.scan.scanner, payment_codes.draw.terminal,"
        " payment_codes.draw.picture, payment_codes.draw.barcode\n"
        "print({'PIL', 'zxingcpp', 'pyzbar', 'qrcode', 'msgspec'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("size", [(0, 0), (2, 2), (1, 1)])
def test_a_picture_has_one_byte_for_each_of_its_pixels(size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="one byte"):
        GreyPicture(*size, bytes(3))
