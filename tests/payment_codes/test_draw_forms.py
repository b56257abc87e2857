"""Every form of drawing: its size, that it stays where it belongs, and that it is read."""

import re
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from payment_codes.draw.detect import light_ink, terminal_form
from payment_codes.draw.drawing import Drawing, Form, Symbology, draw
from payment_codes.draw.levels import Level
from payment_codes.draw.matrix import qr_matrix
from payment_codes.draw.picture import png_bytes, svg_text
from payment_codes.draw.terminal import half_blocks
from tests.payment_codes.emulation import Screen
from tests.payment_codes.pictures import PAYER_CODE, WORST_CASE, screenshot
from tests.payment_codes.readers import READERS, Reader, read_zxing

GRAPHICS = [Form.KITTY, Form.SIXEL]
CELLWISE = [Form.HALF, Form.FULL, Form.TEXT, Form.ASCII]
UNCOLOURED = [Form.TEXT, Form.ASCII]
CELL_SIZES = [(8, 16), (9, 20), (12, 24)]


def shown(drawing: Drawing, cell: tuple[int, int] = (8, 16)) -> Screen:
    """Show a drawing on the last lines of a screen, where there is no room below the cursor."""
    screen = Screen(drawing.columns + 2, len(drawing.lines) + 2, cell)
    screen.write("\n" * (len(drawing.lines) + 2))
    for line in drawing.lines:
        screen.write(line)
        assert screen.column == drawing.columns
        screen.write("\n")
    return screen


def test_half_blocks_are_the_first_choice_and_what_they_were() -> None:
    drawing = draw(WORST_CASE)
    assert list(drawing.lines) == half_blocks(qr_matrix(WORST_CASE))
    assert drawing.content.decode() == "".join(line + "\n" for line in drawing.lines)


@pytest.mark.parametrize(
    ("form", "columns", "rows"),
    [
        (Form.HALF, 45, 23),
        (Form.FULL, 90, 45),
        (Form.TEXT, 45, 23),
        (Form.ASCII, 90, 45),
        (Form.KITTY, 45, 23),
        (Form.SIXEL, 45, 23),
    ],
)
def test_the_worst_case_takes_so_many_cells(form: Form, columns: int, rows: int) -> None:
    drawing = draw(WORST_CASE, form)
    assert (drawing.columns, len(drawing.lines)) == (columns, rows)
    if form in CELLWISE:
        bare = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in drawing.lines]
        assert {len(line) for line in bare} == {columns}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("cell", CELL_SIZES)
@pytest.mark.parametrize("form", GRAPHICS)
def test_graphics_are_read_off_the_last_lines_of_a_screen(
    reader: Reader, cell: tuple[int, int], form: Form
) -> None:
    assert reader(shown(draw(WORST_CASE, form), cell).image) == [WORST_CASE]


@pytest.mark.parametrize("form", GRAPHICS)
def test_graphics_of_bars_are_read(form: Form) -> None:
    drawing = draw(PAYER_CODE, form, symbology=Symbology.CODE_128)
    assert (drawing.columns, len(drawing.lines)) == (77, 4)
    assert read_zxing(shown(drawing).image) == [PAYER_CODE]


@pytest.mark.parametrize("line_gap", [0, 2])
@pytest.mark.parametrize("symbology", Symbology)
def test_full_blocks_are_read_off_a_dark_screen(symbology: Symbology, line_gap: int) -> None:
    lines = draw(PAYER_CODE, Form.FULL, symbology=symbology).lines
    assert read_zxing(screenshot(lines, (8, 16), line_gap)) == [PAYER_CODE]


@pytest.mark.parametrize("form", [Form.HALF, Form.FULL])
def test_full_blocks_cut_no_glyph_in_halves(form: Form) -> None:
    halves = any("▀" in line for line in draw(WORST_CASE, form).lines)
    assert halves is (form is Form.HALF)


@pytest.mark.parametrize("form", UNCOLOURED)
@pytest.mark.parametrize("symbology", Symbology)
def test_without_colours_there_is_not_one_escape_and_ink_can_be_either(
    form: Form, symbology: Symbology
) -> None:
    dark = draw(PAYER_CODE, form, symbology=symbology).lines
    light = draw(PAYER_CODE, form, symbology=symbology, light_ink=True).lines
    assert "\x1b" not in "".join(dark + light)
    negative = (
        str.maketrans(" ▀▄█▌▐#", "█▄▀ ▐▌ ") if form is Form.TEXT else str.maketrans(" #", "# ")
    )
    assert [line.translate(negative) for line in dark] == list(light)
    assert (dark[0][0], light[0][0]) == (" ", "█" if form is Form.TEXT else "#")


def test_a_png_and_an_svg_are_those_of_the_matrix() -> None:
    matrix = qr_matrix(WORST_CASE)
    assert draw(WORST_CASE, Form.PNG).content == png_bytes(matrix)
    assert draw(WORST_CASE, Form.SVG).content.decode() == svg_text(matrix)
    assert draw(WORST_CASE, Form.PNG).lines == ()


def test_bars_in_files_are_read() -> None:
    png = draw("Rechnung 4711", Form.PNG, symbology=Symbology.CODE_128).content
    assert read_zxing(Image.open(BytesIO(png))) == ["Rechnung 4711"]
    svg = ET.fromstring(draw(PAYER_CODE, Form.SVG, symbology=Symbology.CODE_128).content)
    assert svg.get("viewBox") == "0 0 154 40"


@pytest.mark.parametrize("form", [Form.FULL, Form.ASCII])
def test_the_level_follows_the_space_in_two_columns_a_module_too(form: Form) -> None:
    least = draw(WORST_CASE, form, columns=98, rows=48)
    more = draw(WORST_CASE, form, columns=98, rows=49)
    narrow = draw(WORST_CASE, form, columns=97, rows=60)
    assert (least.columns, more.columns, narrow.columns) == (90, 98, 90)
    assert len(more.lines) == 49


@settings(deadline=None, max_examples=40)
@given(
    st.text(min_size=1, max_size=60),
    st.sampled_from(GRAPHICS),
    st.sampled_from(Level),
)
def test_graphics_of_any_text_are_read(text: str, form: Form, level: Level) -> None:
    assert read_zxing(shown(draw(text, form, level=level)).image) == [text]


KITTY = {"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"}


@pytest.mark.parametrize(
    ("environment", "terminal", "form"),
    [
        ({"TERM": "xterm-256color"}, True, Form.HALF),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, True, Form.HALF),
        ({"TERM": "xterm-256color"}, False, Form.TEXT),
        ({"TERM": "dumb"}, True, Form.TEXT),
        (KITTY, True, Form.KITTY),
        (KITTY, False, Form.TEXT),
        ({"TERM": "xterm-kitty"}, True, Form.KITTY),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, True, Form.KITTY),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, True, Form.SIXEL),
        ({"TERM": "foot-extra"}, True, Form.SIXEL),
        ({**KITTY, "TERM": "tmux-256color", "TMUX": "/tmp/tmux,1,0"}, True, Form.HALF),
        ({**KITTY, "TERM": "screen"}, True, Form.HALF),
        ({**KITTY, "TMUX": "/tmp/tmux,1,0"}, True, Form.HALF),
        ({}, True, Form.HALF),
    ],
)
def test_the_environment_tells_the_form(
    environment: dict[str, str], terminal: bool, form: Form
) -> None:
    assert terminal_form(environment, terminal=terminal) is form


@pytest.mark.parametrize(
    ("ground", "terminal", "light"),
    [("", True, True), ("15;0", True, True), ("0;15", True, False), ("0;default;15", True, False),
     ("0;7", True, False), ("15;default", True, True), ("", False, False), ("15;0", False, False)],
)  # fmt: skip
def test_ink_is_light_on_a_terminal_that_does_not_say_it_is_light(
    ground: str, terminal: bool, light: bool
) -> None:
    assert light_ink({"COLORFGBG": ground}, terminal=terminal) is light
