"""Codes as files: what they hold, and that a file is replaced whole or not at all."""

import re
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from payment_codes.draw.barcode import code128_modules
from payment_codes.draw.matrix import qr_matrix
from payment_codes.draw.picture import (
    UnknownSuffixError,
    barcode_png_bytes,
    png_bytes,
    save_code,
    svg_text,
    write_png,
)
from payment_codes.scan.scanner import scan_one
from tests.payment_codes.pictures import PAYER_CODE, WORST_CASE

SVG = "{http://www.w3.org/2000/svg}"


def test_a_png_has_scale_pixels_a_module_in_black_and_white() -> None:
    image = Image.open(BytesIO(png_bytes(qr_matrix(WORST_CASE), scale=3)))
    assert (image.size, image.mode) == ((135, 135), "1")


def test_a_bar_code_png_is_scanned() -> None:
    png = barcode_png_bytes(code128_modules(PAYER_CODE), scale=2, height=40)
    assert Image.open(BytesIO(png)).size == (308, 40)
    assert (scan_one(png).text, scan_one(png).kind) == (PAYER_CODE, "code128")


def test_an_svg_paints_the_dark_modules_on_a_white_ground() -> None:
    matrix = qr_matrix(PAYER_CODE)
    root = ET.fromstring(svg_text(matrix))
    assert root.get("viewBox") == f"0 0 {matrix.size} {matrix.size}"
    ground, path = root
    assert ground.attrib == {"width": "29", "height": "29", "fill": "#fff"}
    assert (path.tag, path.get("fill")) == (f"{SVG}path", None)
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path.attrib["d"])
    painted = {(int(x) + i, int(y)) for x, y, width in runs for i in range(int(width))}
    rows = enumerate(matrix.rows)
    assert painted == {(x, y) for y, row in rows for x, dark in enumerate(row) if dark}


@pytest.mark.parametrize("name", ["code.png", "code.PNG"])
def test_a_code_saved_as_png_is_scanned(tmp_path: Path, name: str) -> None:
    save_code(WORST_CASE, tmp_path / name)
    assert scan_one(tmp_path / name).text == WORST_CASE


def test_a_code_is_saved_as_svg_or_as_its_bare_text(tmp_path: Path) -> None:
    save_code(WORST_CASE, tmp_path / "code.svg")
    save_code(WORST_CASE, tmp_path / "code.txt")
    assert (tmp_path / "code.svg").read_text() == svg_text(qr_matrix(WORST_CASE))
    assert (tmp_path / "code.txt").read_bytes() == WORST_CASE.encode()


@pytest.mark.parametrize("name", ["code.png", "code.svg"])
def test_what_a_scheme_demands_is_saved(tmp_path: Path, name: str) -> None:
    save_code("UPNQR", tmp_path / name, "upnqr")
    size = 85
    if name.endswith("png"):
        image = Image.open(BytesIO((tmp_path / name).read_bytes()))
        assert image.size == (8 * size, 8 * size)
    else:
        assert f'viewBox="0 0 {size} {size}"' in (tmp_path / name).read_text()


@pytest.mark.parametrize("name", ["code.jpg", "code", ".png"])
def test_another_suffix_is_refused_before_anything_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownSuffixError, match=rf"\.png, \.svg or \.txt, and '{name}'"):
        save_code(WORST_CASE, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "code.png"
    path.write_text("old")
    write_png(qr_matrix(PAYER_CODE), path)
    assert path.read_bytes() == png_bytes(qr_matrix(PAYER_CODE))
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    occupied = tmp_path / "code.png"
    occupied.mkdir()
    with pytest.raises(OSError, match=r"code\.png"):
        save_code(PAYER_CODE, occupied)
    assert list(tmp_path.iterdir()) == [occupied]
    with pytest.raises(FileNotFoundError):
        save_code(PAYER_CODE, tmp_path / "missing" / "code.png")
