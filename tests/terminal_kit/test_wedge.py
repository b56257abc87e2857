"""What hand scanners type: their ends, beginnings, double reads, and their silence."""

from __future__ import annotations

import os
import pty
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal_kit.wedge import LARGEST_SCAN, code_of, read_scan
from wallet_api.contract.errors import ScanTimeout, Usage

if TYPE_CHECKING:
    from collections.abc import Iterator

DIGITS = "781234567890123456"
ENDS = [b"\r", b"\n", b"\r\n", b"\t", b"\t\r", b"\r\n\t"]


@contextmanager
def pipe(content: bytes, *, ends: bool = True) -> Iterator[int]:
    reading, writing = os.pipe()
    os.write(writing, content)
    if ends:
        os.close(writing)
    try:
        yield reading
    finally:
        os.close(reading)
        if not ends:
            os.close(writing)


@pytest.mark.parametrize("end", [*ENDS, b""])
@pytest.mark.parametrize("beginning", [b"", b"]Q3", b"]C1", b"]C0", b"\x02", b"  ", b"\r\n"])
def test_what_a_scanner_adds_is_taken_away(beginning: bytes, end: bytes) -> None:
    with pipe(beginning + DIGITS.encode() + end) as descriptor:
        assert read_scan(descriptor) == DIGITS


@pytest.mark.parametrize("end", ENDS)
def test_a_scanner_that_stays_plugged_in_is_not_waited_for(end: bytes) -> None:
    with pipe(DIGITS.encode() + end, ends=False) as descriptor:
        assert read_scan(descriptor) == DIGITS


def test_the_last_of_double_scans_counts() -> None:
    first, last = "781111111111111111", "782222222222222222"
    with pipe(f"{first}\r\n{last}\r\n{last}\r\n".encode(), ends=False) as descriptor:
        assert read_scan(descriptor) == last


def test_a_code_without_an_end_is_waited_for_until_time_is_over() -> None:
    with pipe(DIGITS.encode(), ends=False) as descriptor, pytest.raises(ScanTimeout):
        read_scan(descriptor, 0.05)


@pytest.mark.parametrize("content", [b"", b"\r\n\t", b"]C1\r\n", b"7" * (LARGEST_SCAN + 1)])
def test_what_holds_no_code_is_said(content: bytes) -> None:
    with pipe(content) as descriptor, pytest.raises(Usage):
        read_scan(descriptor)


def test_on_a_terminal_tab_ends_a_code_and_erasing_works() -> None:
    keyboard, terminal = pty.openpty()
    try:
        os.write(keyboard, f"8\x7f{DIGITS}\t".encode())
        assert read_scan(terminal) == DIGITS
    finally:
        os.close(keyboard)
        os.close(terminal)


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)),
    st.sampled_from(ENDS),
)
def test_any_text_comes_through_whole(codes: list[str], end: bytes) -> None:
    codes = [code for code in codes if not code.startswith("]")]
    typed = b"".join(code.encode() + end for code in codes)
    assert code_of(typed, ended=False) == (codes[-1] if codes else "")
    # Without its end the last is not whole yet.
    assert code_of(typed + b"78", ended=False) == (codes[-1] if codes else "")
    assert code_of(typed + b"78", ended=True) == "78"
