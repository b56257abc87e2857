"""QR codes as matrices: whole, small, and read back by a decoder."""

from io import BytesIO
from itertools import groupby, product
from operator import itemgetter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from qrcode.constants import ERROR_CORRECT_L
from qrcode.main import QRCode

from payment_codes.draw.matrix import QUIET_ZONE, qr_matrix
from payment_codes.draw.picture import png_bytes
from payment_codes.draw.segments import split
from tests.payment_codes.pictures import PAYER_CODE, WORST_CASE
from tests.payment_codes.readers import read_zxing

ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
MIXED_TEXT = st.lists(
    st.text("0123456789", max_size=40)
    | st.text(ALPHANUMERIC, max_size=40)
    | st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=20),
    max_size=6,
).map("".join)


def library_size(text: str, optimize: int) -> int:
    """Return the side that qrcode's own way of segmenting a text leads to."""
    code = QRCode(error_correction=ERROR_CORRECT_L, border=QUIET_ZONE, mask_pattern=0)
    code.add_data(text, optimize=optimize)
    code.make()
    return len(code.get_matrix())


def test_the_worst_case_is_version_5_and_one_character_more_is_not() -> None:
    assert len(WORST_CASE) == 154
    assert qr_matrix(WORST_CASE).size == 45
    assert qr_matrix(WORST_CASE + "A").size == 49


def test_a_payer_code_is_version_1() -> None:
    assert qr_matrix(PAYER_CODE).size == 21 + 2 * QUIET_ZONE


def test_the_quiet_zone_is_light_and_touches_the_code_on_every_side() -> None:
    rows = qr_matrix(WORST_CASE).rows
    columns = tuple(zip(*rows, strict=True))
    for lines in (rows, rows[::-1], columns, columns[::-1]):
        assert not any(map(any, lines[:4]))
        assert any(lines[4])


@settings(deadline=None)
@given(MIXED_TEXT.filter(bool))
def test_what_is_drawn_is_read(text: str) -> None:
    assert read_zxing(Image.open(BytesIO(png_bytes(qr_matrix(text), scale=4)))) == [text]


@settings(deadline=None)
@given(MIXED_TEXT)
def test_segments_hold_the_text_in_order_in_modes_that_can_write_it(text: str) -> None:
    segments = split(text)
    assert "".join(part for _, part in segments) == text
    assert all(part and all(map(mode.writes, part)) for mode, part in segments)


def bits(segments: list[tuple[int, int]]) -> int:
    """Return what segments of (mode indicator, characters) take in versions 1 to 9 (7.4)."""
    sizes = {
        1: lambda n: 14 + 10 * (n // 3) + (0, 4, 7)[n % 3],
        2: lambda n: 13 + 11 * (n // 2) + 6 * (n % 2),
        4: lambda n: 12 + 8 * n,
    }
    return sum(sizes[indicator](length) for indicator, length in segments)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("7Aa"), st.integers(1, 30)), min_size=1, max_size=6))
def test_no_choice_of_modes_takes_fewer_bits(runs: list[tuple[str, int]]) -> None:
    text = "".join(character * length for character, length in runs)
    allowed = {"7": (1, 2, 4), "A": (2, 4), "a": (4,)}
    choices = product(*(allowed[character] for character, _ in runs))
    lengths = [length for _, length in runs]
    fewest = min(
        bits(
            [
                (mode, sum(length for _, length in group))
                for mode, group in groupby(zip(modes, lengths, strict=True), key=itemgetter(0))
            ]
        )
        for modes in choices
    )
    assert bits([(mode.indicator, len(part)) for mode, part in split(text)]) == fewest


@settings(deadline=None)
@given(MIXED_TEXT.filter(bool), st.sampled_from([0, 4, 20]))
def test_no_code_is_larger_than_the_library_would_make_it(text: str, optimize: int) -> None:
    assert qr_matrix(text).size <= library_size(text, optimize)


def test_a_code_is_smaller_where_runs_are_too_short_for_the_library() -> None:
    text = "from 6222021234567890123 to 6217001234567890123 " * 2
    assert qr_matrix(text).size < min(library_size(text, 0), library_size(text, 20))


@pytest.mark.parametrize("text", ["", "x" * 2954, "码" * 985])
def test_what_cannot_be_drawn_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="QR code"):
        qr_matrix(text)
