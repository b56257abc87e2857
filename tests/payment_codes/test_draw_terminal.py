"""Codes on a terminal: their size in cells, their colours, and that decoders read the screen."""

import re

import pytest

from payment_codes.draw.barcode import code128_modules
from payment_codes.draw.matrix import Matrix, qr_matrix
from payment_codes.draw.terminal import half_blocks, half_width_bars
from tests.payment_codes.pictures import CELLS, PAYER_CODE, WORST_CASE, screenshot
from tests.payment_codes.readers import READERS, Reader

BLACK, WHITE = 0, 255


def glyphs(line: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", line)


def test_the_worst_case_takes_45_columns_and_23_rows() -> None:
    lines = half_blocks(qr_matrix(WORST_CASE))
    assert len(lines) == 23
    assert {len(glyphs(line)) for line in lines} == {45}


def test_a_payer_code_takes_77_columns_and_as_many_rows_as_asked() -> None:
    modules = code128_modules(PAYER_CODE)
    assert {len(glyphs(line)) for line in half_width_bars(modules)} == {77}
    assert len(half_width_bars(modules)) == 4
    assert len(half_width_bars(modules, height=7)) == 7


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("line_gap", [0, 2])
def test_a_drawn_qr_code_is_read_off_a_dark_screen(
    reader: Reader, cell: tuple[int, int], line_gap: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    lines = half_blocks(qr_matrix(WORST_CASE))
    assert reader(screenshot(lines, cell, line_gap)) == [WORST_CASE]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("line_gap", [0, 2])
def test_a_drawn_bar_code_is_read_off_a_dark_screen(
    reader: Reader, cell: tuple[int, int], line_gap: int
) -> None:
    lines = half_width_bars(code128_modules(PAYER_CODE))
    assert reader(screenshot(lines, cell, line_gap)) == [PAYER_CODE]


def test_each_cell_shows_its_two_modules_and_a_row_alone_stands_above_a_light_one() -> None:
    corners = Matrix(((True, False, True), (True, True, False), (True, False, False)))
    screen = screenshot(half_blocks(corners), (2, 2))
    # The drawing starts one line down and two columns in; each module is 2 pixels by 1.
    shown = [[screen.getpixel((4 + 2 * x, 2 + y)) for x in range(3)] for y in range(4)]
    assert shown == [
        [BLACK, WHITE, BLACK],
        [BLACK, BLACK, WHITE],
        [BLACK, WHITE, WHITE],
        [WHITE, WHITE, WHITE],
    ]


def test_a_last_bar_alone_stands_beside_a_light_module() -> None:
    screen = screenshot(half_width_bars((True, True, False, True, True), height=1), (2, 2))
    assert [screen.getpixel((4 + x, 2)) for x in range(6)] == [
        BLACK,
        BLACK,
        WHITE,
        BLACK,
        BLACK,
        WHITE,
    ]
