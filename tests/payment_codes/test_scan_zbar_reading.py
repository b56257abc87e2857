"""What libzbar reads in its child process."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from payment_codes.draw.barcode import code128_modules
from payment_codes.draw.picture import barcode_png_bytes
from payment_codes.scan.decoder import Found
from payment_codes.scan.scanner import scan_picture
from payment_codes.scan.zbar import ZbarDecoder
from payment_codes.scan.zxing import ZxingDecoder
from tests.payment_codes.pictures import (
    CHARACTER_SETS,
    PAYER_CODE,
    WORST_CASE,
    code_image,
    declared_code_image,
    grey_picture,
    needs_zbar,
    unicode_code_image,
    with_specks,
)

pytestmark = needs_zbar


def seen(image: Image.Image) -> list[Found]:
    with ZbarDecoder().opened() as look:
        return look(grey_picture(image)).found


def read(image: Image.Image) -> list[str]:
    return [code.text for code in seen(image)]


def read_at_last(image: Image.Image) -> list[str]:
    """Return what zbar alone reads with all its repairs."""
    return [code.text for code in scan_picture(grey_picture(image), [ZbarDecoder()])]


def test_a_qr_code_and_a_bar_code() -> None:
    assert read(code_image(WORST_CASE)) == [WORST_CASE]
    (found,) = seen(Image.open(BytesIO(barcode_png_bytes(code128_modules(PAYER_CODE)))))
    assert (found.text, found.kind, found.decoder) == (PAYER_CODE, "code128", "zbar")


@pytest.mark.parametrize("text", ["Café", "Müller", "北京", "カナ", "₹5", "Привет", "付款码 €1"])
def test_utf_8_without_a_declared_character_set(text: str) -> None:
    assert read(unicode_code_image(text)) == [text]


@pytest.mark.parametrize(("text", "character_set"), CHARACTER_SETS)
def test_a_declared_character_set(text: str, character_set: str) -> None:
    assert read(declared_code_image(text, character_set)) == [text]


def test_bytes_that_are_not_utf_8_are_no_code_and_hide_no_other() -> None:
    unknown, known = unicode_code_image(b"M\xfcller"), unicode_code_image("Müller")
    sheet = Image.new("L", (unknown.width + known.width, known.height), 255)
    sheet.paste(unknown, (0, 0))
    sheet.paste(known, (unknown.width, 0))
    assert read(sheet) == ["Müller"]


def test_an_inverted_code() -> None:
    assert read_at_last(ImageOps.invert(code_image(WORST_CASE))) == [WORST_CASE]


def test_a_code_among_specks() -> None:
    assert read(with_specks(code_image(WORST_CASE), 0.02)) == [WORST_CASE]


@pytest.mark.parametrize(("lines", "texts"), [(1, []), (2, [PAYER_CODE])])
def test_bars_count_from_two_lines_on(lines: int, texts: list[str]) -> None:
    modules = code128_modules(PAYER_CODE)
    image = Image.open(BytesIO(barcode_png_bytes(modules, height=lines))).convert("L")
    assert read(ImageOps.expand(image, 20, 255)) == texts


def test_one_child_reads_one_picture_after_the_other() -> None:
    texts = [f"CODE {number}" for number in range(3)]
    with ZbarDecoder(children=1).opened() as look:
        sights = [look(grey_picture(code_image(text))) for text in texts]
        assert look(grey_picture(Image.new("L", (50, 50), 255))).found == []
    assert [code.text for sight in sights for code in sight.found] == texts


def test_nothing() -> None:
    assert read(Image.new("L", (100, 100), 255)) == []


def test_the_place_in_a_picture_that_had_to_be_shrunk() -> None:
    photo = Image.new("L", (4000, 3000), 255)
    photo.paste(code_image(PAYER_CODE, scale=20), (1000, 500))
    (found,) = scan_picture(grey_picture(photo), [ZbarDecoder()])
    assert found.position is not None
    (left, top), _, (right, bottom), _ = found.position
    for actual, expected in zip((left, top, right, bottom), (1080, 580, 1500, 1000), strict=True):
        assert abs(actual - expected) < 20


def test_modules_lying_in_the_working_folder_are_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json.py", "payment_codes.py"):
        (tmp_path / name).write_text("raise SystemExit(1)")
    monkeypatch.chdir(tmp_path)
    assert read(code_image(PAYER_CODE)) == [PAYER_CODE]


def test_where_nothing_is_found_zbar_gives_a_second_opinion() -> None:
    faded = code_image(PAYER_CODE, scale=6).point(lambda grey: 100 + grey * 10 // 255)
    decoder = ZxingDecoder()
    decoder.rounds = ()
    assert scan_picture(grey_picture(faded), [decoder]) == []
    (found,) = scan_picture(grey_picture(faded), [decoder, ZbarDecoder()])
    assert (found.text, found.decoder) == (PAYER_CODE, "zbar")
