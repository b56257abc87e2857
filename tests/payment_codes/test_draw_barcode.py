"""Code 128 against the writer of another library."""

from io import BytesIO

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from payment_codes.draw.barcode import PATTERNS, QUIET_ZONE, code128_modules
from payment_codes.draw.picture import barcode_png_bytes
from tests.payment_codes.pictures import PAYER_CODE
from tests.payment_codes.readers import read_zxing

ASCII_TEXT = (
    st.lists(
        st.text("0123456789", max_size=8) | st.text(st.characters(max_codepoint=0x7F), max_size=5),
        min_size=1,
        max_size=5,
    )
    .map("".join)
    .filter(bool)
)


def read(modules: tuple[bool, ...]) -> list[str]:
    """Return what a decoder reads off the bars."""
    return read_zxing(Image.open(BytesIO(barcode_png_bytes(modules, height=60))))


def reference(digits: str) -> tuple[bool, ...]:
    """Return the modules zxing-cpp draws, without quiet zones."""
    barcode = zxingcpp.create_barcode(digits, zxingcpp.BarcodeFormat.Code128)
    image = Image.fromarray(barcode.to_image(scale=1, add_quiet_zones=False))
    return tuple(grey == 0 for grey in image.crop((0, 0, image.width, 1)).tobytes())


def test_every_pair_of_digits_is_drawn_as_the_reference_draws_it() -> None:
    for pair in range(100):
        digits = f"{pair:02}{99 - pair:02}"
        assert code128_modules(digits)[QUIET_ZONE:-QUIET_ZONE] == reference(digits)


@settings(deadline=None)
@given(st.text("0123456789", min_size=2, max_size=30).filter(lambda text: len(text) % 2 == 0))
def test_any_digits_are_drawn_as_the_reference_draws_them(digits: str) -> None:
    assert code128_modules(digits)[QUIET_ZONE:-QUIET_ZONE] == reference(digits)


def test_a_payer_code_takes_154_modules_with_light_ends() -> None:
    modules = code128_modules(PAYER_CODE)
    assert len(modules) == 154
    assert not any(modules[:10] + modules[-10:])
    assert modules[10]
    assert modules[-11]


def test_the_table_has_107_different_patterns_of_11_modules() -> None:
    assert len(set(PATTERNS)) == 107
    assert [sum(map(int, pattern)) for pattern in PATTERNS] == [11] * 106 + [13]


@settings(deadline=None)
@given(ASCII_TEXT)
def test_any_ascii_text_is_read_and_takes_no_more_than_the_reference(text: str) -> None:
    assert read(code128_modules(text)) == [text]
    assert len(code128_modules(text)) - 2 * QUIET_ZONE <= len(reference(text))


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("1", 1),
        ("123", 3),
        ("12a4", 4),
        ("1234a", 4),
        ("a\ra", 4),
        ("|0994000160111\r12\r34\r1000", 20),
    ],
)
def test_sets_are_switched_where_that_is_shorter(text: str, characters: int) -> None:
    modules = len(code128_modules(text)) - 2 * QUIET_ZONE
    assert modules == 11 * (1 + characters + 1) + 13


@pytest.mark.parametrize("text", ["", "１２", "Café", "付款"])
def test_anything_but_ascii_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="ASCII text"):
        code128_modules(text)
