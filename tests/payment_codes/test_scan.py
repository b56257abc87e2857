"""Scanning whole pictures: what a screenshot, a photograph or a page of codes gives."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from payment_codes.draw.barcode import code128_modules
from payment_codes.draw.terminal import half_width_bars
from payment_codes.errors import DecoderMissing, NoCodeFound, SeveralCodes
from payment_codes.scan.decoder import Found, GreyPicture
from payment_codes.scan.scanner import decoders, scan, scan_one
from payment_codes.scan.zxing import ZxingDecoder
from tests.payment_codes.pictures import (
    PAYER_CODE,
    WORST_CASE,
    code_image,
    encoded,
    page,
    screenshot,
)


class Absent:
    """A decoder whose library is not installed."""

    name = "absent"

    def available(self) -> bool:
        return False

    def decode(self, picture: GreyPicture) -> list[Found]:
        raise AssertionError(picture)


class Blind:
    """A decoder that never finds a code, and remembers that it was asked."""

    name = "blind"

    def __init__(self) -> None:
        self.asked: list[GreyPicture] = []

    def available(self) -> bool:
        return True

    def decode(self, picture: GreyPicture) -> list[Found]:
        self.asked.append(picture)
        return []


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
    found = scan(encoded(code_image(PAYER_CODE)), [Absent(), ZxingDecoder()])
    assert [code.decoder for code in found] == ["zxing-cpp"]


def test_a_later_decoder_is_asked_only_where_the_earlier_found_nothing() -> None:
    first, last = Blind(), Blind()
    found = scan(encoded(code_image(PAYER_CODE)), [first, ZxingDecoder(), last])
    assert [code.decoder for code in found] == ["zxing-cpp"]
    assert (len(first.asked), len(last.asked)) == (1, 0)


def test_without_any_decoder_it_says_what_to_install() -> None:
    with pytest.raises(DecoderMissing, match="absent or absent"):
        scan(encoded(code_image(PAYER_CODE)), [Absent(), Absent()])


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
