"""Other people's text is safe to print, or it is refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcwidth

from wallet_api.contract.errors import TextInvalid
from wallet_api.contract.text import LARGEST_CELLS, cells, clean_text, printable

ESCAPES = ["\x1b[31m", "\x9b31m", "\x1b]0;title\x07", "\x00", "\x7f", "a\nb", "a\rb", "a\tb"]
BIDI = [chr(point) for point in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F)]
OTHER = [
    "\u200b",
    "\ufeff",
    "\u2028",
    "\u2029",
    "\ue000",
    "\U000f0000",
    "\ud800",
    "\uffff",
    "\u00ad",
]


@pytest.mark.parametrize("text", ["Ann", "小张的店", "Café Ölüm №5", "日本語テスト", "Ω≈ç √∫"])
def test_names_of_the_world_are_taken(text: str) -> None:
    assert clean_text(text, "name") == text


@pytest.mark.parametrize("bad", [*ESCAPES, *BIDI, *OTHER], ids=ascii)
def test_what_could_steer_a_terminal_is_refused_and_never_printed(bad: str) -> None:
    with pytest.raises(TextInvalid) as raised:
        clean_text(f"Ann {bad} Lee", "name")
    assert raised.value.details == {"field": "name"}
    shown = printable(f"Ann {bad} Lee")
    assert "?" in shown
    assert not any(unicodedata.category(c).startswith("C") for c in shown)


@given(st.text())
def test_whatever_is_taken_is_safe(text: str) -> None:
    try:
        taken = clean_text(text, "name")
    except TextInvalid:
        return
    assert printable(taken) == taken == unicodedata.normalize("NFC", taken).strip()
    assert 0 < cells(taken) <= LARGEST_CELLS
    assert clean_text(taken, "name") == taken
    assert all(wcwidth(character) >= 0 for character in taken)


@given(st.text(st.characters(codec=None)))
def test_printing_never_fails_and_keeps_the_length(text: str) -> None:
    assert len(printable(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("小张", 4), ("é", 1), ("e\u0301", 1), ("ｶﾅ", 2), ("＄", 2), ("한글", 4)],
)
def test_wide_characters_take_two_columns(text: str, columns: int) -> None:
    assert cells(text) == columns


@pytest.mark.parametrize("text", ["a" * 64, "店" * 32, "店" * 31 + "ab"])
def test_64_columns_fit(text: str) -> None:
    assert clean_text(text, "name") == text


@pytest.mark.parametrize(
    "text", ["a" * 65, "店" * 33, "店" * 32 + "a", "", "  ", "\u3000", "\u0301"]
)
def test_too_wide_and_empty_texts_are_refused(text: str) -> None:
    with pytest.raises(TextInvalid):
        clean_text(text, "note")


def test_text_is_composed_and_trimmed() -> None:
    assert clean_text("  e\u0301cole ", "name") == "école"
