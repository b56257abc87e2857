"""Codes copied from a terminal as text: everything that is drawn reads back from its characters."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payment_codes.draw.drawing import Form, Symbology, draw
from payment_codes.draw.levels import Level
from payment_codes.draw.matrix import Matrix, qr_matrix
from payment_codes.scan.ansi import MOST_COLUMNS, MOST_LINES, picture_of_terminal_text
from payment_codes.scan.sgr import OWN_GROUND, OWN_INK, Pen
from tests.payment_codes.pictures import PAYER_CODE, WORST_CASE
from tests.payment_codes.readers import image_of, read_zxing

FORMS = st.sampled_from([Form.HALF, Form.FULL, Form.TEXT, Form.ASCII])
ASCII = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=60)


def read(text: str) -> list[str]:
    picture = picture_of_terminal_text(text)
    assert picture
    return read_zxing(image_of(picture))


@settings(deadline=None, max_examples=150)
@given(
    text=st.text(min_size=1, max_size=80) | ASCII,
    form=FORMS,
    level=st.sampled_from(Level),
    rows=st.none() | st.integers(1, 60),
    light_ink=st.booleans(),
    margin=st.integers(0, 12),
    trimmed=st.booleans(),
)
def test_every_drawn_qr_code_reads_back(
    text: str,
    form: Form,
    level: Level,
    rows: int | None,
    light_ink: bool,
    margin: int,
    trimmed: bool,
) -> None:
    lines = draw(text, form, level=level, rows=rows, light_ink=light_ink).lines
    pasted = "\n".join(" " * margin + (line.rstrip() if trimmed else line) for line in lines)
    assert read(pasted) == [text]
    assert read(pasted.strip()) == [text]


@settings(deadline=None, max_examples=60)
@given(
    text=ASCII.filter(lambda text: len(text) < 25),
    form=FORMS,
    light_ink=st.booleans(),
    trimmed=st.booleans(),
)
def test_every_drawn_bar_code_reads_back(
    text: str, form: Form, light_ink: bool, trimmed: bool
) -> None:
    lines = draw(text, form, symbology=Symbology.CODE_128, light_ink=light_ink).lines
    pasted = "\n".join(line.rstrip() if trimmed else line for line in lines)
    assert read(pasted) == [text]
    assert read(pasted.strip()) == [text]


def test_what_stands_around_a_drawing_does_no_harm() -> None:
    lines = [
        line + ("  \x1b[1mScan — 扫码付款\x1b[0m  " if index % 3 else "")
        for index, line in enumerate(draw(WORST_CASE).lines)
    ]
    pasted = "\n".join(["$ pos charge 12.50", "", *lines, "", "\x1b[32m✓ paid\x1b[0m  ▌█▌"])
    assert read(pasted) == [WORST_CASE]
    assert read(pasted.replace("\n", "\r\n")) == [WORST_CASE]


def test_a_qr_and_its_bars_are_both_there() -> None:
    both = [*draw(PAYER_CODE).lines, *draw(PAYER_CODE, symbology=Symbology.CODE_128).lines]
    assert read("\n".join(both)) == [PAYER_CODE, PAYER_CODE]


def painted(matrix: Matrix, dark: str, light: str) -> str:
    return "\n".join("".join(dark if module else light for module in row) for row in matrix.rows)


@pytest.mark.parametrize(
    ("dark", "light"),
    [
        ("\x1b[40m  ", "\x1b[47m  "),
        ("\x1b[100m  \x1b[0m", "\x1b[107m  \x1b[0m"),
        ("\x1b[0m  ", "\x1b[7m  "),
        ("\x1b[7m  ", "\x1b[27m  "),
        ("\x1b[49m  ", "\x1b[48;5;255m  "),
        ("\x1b[48;2;20;20;60m  ", "\x1b[48;2;250;240;230m  "),
        ("\x1b[48:2::0:0:0m  ", "\x1b[48:5:231m  "),
        ("\x1b[m  ", "\x1b[97m██"),
        ("\x1b[30m██", "\x1b[m  "),
        ("\x1b[44m  ", "\x1b[43m  "),
        ("\x1b[38;5;16m██", "\x1b[38;5;231m██"),
        ("██", "░░"),
        ("@@", ".."),
        ("  ", "##"),
        ("\x1b[1;4;30;58;5;1;42;40m  ", "\x1b[2;90;47m  "),
        ("\x1b]8;;https://example.org\x1b\\\x1b[40m  ", "\x1b(B\x1b[47m  "),
        ("\x1b[K\x1b[40m \t".replace("\t", " "), "\x1b[47m\x1b[0K  "),
    ],
)
def test_drawings_of_other_programs_read_in_any_colours(dark: str, light: str) -> None:
    assert read(painted(qr_matrix(WORST_CASE), dark, light)) == [WORST_CASE]


def test_wide_characters_and_accents_to_the_left_keep_their_columns() -> None:
    left = ["付款", "Cafe\u0301", "    ", "a付b"]
    lines = enumerate(draw(WORST_CASE, Form.TEXT).lines)
    assert read("\n".join(left[index % 4] + line for index, line in lines)) == [WORST_CASE]


@pytest.mark.parametrize(
    ("parameters", "shown"),
    [
        ("", (OWN_INK, OWN_GROUND)),
        ("30;47", (0, 229)),
        ("97;100", (255, 127)),
        ("31;49", (61, OWN_GROUND)),
        ("7", (OWN_GROUND, OWN_INK)),
        ("7;37;40", (0, 229)),
        ("7;30;27", (0, OWN_GROUND)),
        ("38;5;16;48;5;231", (0, 255)),
        ("38;5;244;48;5;255", (128, 238)),
        ("38;5;7;48;5;8", (229, 127)),
        ("38;2;255;0;0;48;2;0;0;255", (76, 29)),
        ("38:2::255:0:0;48:5:196", (76, 76)),
        ("30;38;9;1;2", (0, OWN_GROUND)),
        ("30;39;0;47", (OWN_INK, 229)),
        ("1;4;5;58;99;x", (OWN_INK, OWN_GROUND)),
        ("38;2", (0, OWN_GROUND)),
    ],
)
def test_colours_become_the_grey_that_they_are_as_light_as(
    parameters: str, shown: tuple[int, int]
) -> None:
    assert Pen().changed(parameters).shown == shown


def test_columns_that_the_cursor_skipped_count() -> None:
    lines = draw(WORST_CASE, Form.TEXT).lines
    pasted = "\n".join(
        f"\x1b[{4 + len(line) - len(line.lstrip())}C{line.lstrip()}" for line in lines
    )
    assert read(pasted) == [WORST_CASE]


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", WORST_CASE, "upi://pay?pa=a@b", "SPC\n0200\n1\n" + "\n" * 40, "\x1b[31mred\x1b[0m",
     "=" * 80, "UPNQR\n" + "0000000000810500\n" * 8, "█ done", "\x1b", "\x1b[", "\x1b]8;;"],
)  # fmt: skip
def test_a_text_without_a_drawing_is_no_picture(text: str) -> None:
    assert picture_of_terminal_text(text) is None


@settings(deadline=None)
@given(st.text(st.sampled_from("▀▄█#\x1b[]0123456789;:mCK\n\t 北\u0301"), max_size=400))
def test_nothing_that_is_pasted_fails(text: str) -> None:
    picture_of_terminal_text(text)


def test_a_picture_has_an_end() -> None:
    picture = picture_of_terminal_text(("█" * 600 + "\x1b[99999999C\n") * 600)
    assert picture
    assert picture.width <= 4 * MOST_COLUMNS + 40
    assert picture.height <= 8 * MOST_LINES + 40
