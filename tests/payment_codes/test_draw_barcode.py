"""Code 128 against the writer of another library."""

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from payment_codes.draw.barcode import PATTERNS, QUIET_ZONE, code128_modules
from tests.payment_codes.pictures import PAYER_CODE


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


@pytest.mark.parametrize("digits", ["", "1", "123", "12a4", "１２", "1 23"])
def test_anything_but_pairs_of_digits_is_refused(digits: str) -> None:
    with pytest.raises(ValueError, match="even number of digits"):
        code128_modules(digits)
