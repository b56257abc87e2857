"""What hand scanners type: their ends, beginnings, double reads, and their silence."""

from __future__ import annotations

import os
import pty
import threading
import tty
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal_kit.wedge import (
    LARGEST_SCAN,
    LARGEST_TEXT,
    QUIET,
    code_of,
    read_lines,
    read_scan,
)
from wallet_api.contract.errors import ScanTimeout, Usage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


EPC = "BCD\n002\n1\nSCT\n\nRed Cross\nBE72000000001616\nEUR1\n\n\nUrgency fund"


@contextmanager
def keyboard(typed: bytes) -> Iterator[int]:
    """Give a terminal on which somebody has typed something, and goes on sitting."""
    controlling, terminal = pty.openpty()
    try:
        os.write(controlling, typed)
        yield terminal
    finally:
        os.close(controlling)
        os.close(terminal)


def test_a_code_keeps_its_lines_in_a_pipe() -> None:
    for ends in ("\n", "\r\n"):
        text = EPC.replace("\n", ends)
        with pipe(text.encode()) as descriptor:
            assert read_lines(descriptor) == text


def test_the_lines_of_a_code_may_come_late_in_a_pipe() -> None:
    reading, writing = os.pipe()
    os.write(writing, EPC[:20].encode())

    def finish() -> None:
        os.write(writing, EPC[20:].encode())
        os.close(writing)

    slow = threading.Timer(2 * QUIET, finish)
    slow.start()
    try:
        assert read_lines(reading) == EPC
    finally:
        slow.join()
        os.close(reading)


@pytest.mark.parametrize("end", ENDS)
def test_a_code_of_one_line_ends_with_the_line_in_a_pipe_that_stays_open(end: bytes) -> None:
    link = "upi://pay?pa=shop@example&pn=A"
    with pipe(b"]Q3" + link.encode() + end, ends=False) as descriptor:
        assert read_lines(descriptor) == link


def test_a_scanner_that_types_lines_is_done_when_it_falls_silent() -> None:
    with keyboard(b"]Q1" + EPC.replace("\n", "\r").encode() + b"\r") as terminal:
        assert read_lines(terminal) == EPC


def test_what_a_person_types_ends_with_the_end_of_input_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    controlling, terminal = pty.openpty()

    hand_over = tty.setcbreak

    def and_type(descriptor: int, when: int) -> None:
        # Only from then on does the terminal hand over these keys instead of acting on them.
        hand_over(descriptor, when)
        os.write(controlling, b"upi://pay?pa=x\x7fyz\x04")

    monkeypatch.setattr("tty.setcbreak", and_type)
    try:
        assert read_lines(terminal) == "upi://pay?pa=yz"
    finally:
        os.close(controlling)
        os.close(terminal)


def test_a_code_of_digits_that_was_read_twice_is_one() -> None:
    code = DIGITS.encode()
    with keyboard(b"]C1" + code + b"\t]C1" + code + b"\r") as terminal:
        assert read_lines(terminal) == DIGITS


@pytest.mark.parametrize(
    ("text", "alphabet"),
    [("UPNQR\n\nČaj", "iso8859-2"), ("ST00011|Name=Чай", "cp1251"), ("ST00013|Чай", "koi8-r")],
)
def test_other_alphabets_are_told_by_the_beginning(text: str, alphabet: str) -> None:
    with pipe(text.encode(alphabet)) as descriptor:
        assert read_lines(descriptor) == text


def test_nothing_and_too_much_are_refused() -> None:
    for content in (b"", b" \r\n"):
        with pipe(content) as descriptor, pytest.raises(Usage):
            read_lines(descriptor)
    with pipe(b"", ends=False) as descriptor, pytest.raises(ScanTimeout):
        read_lines(descriptor, 0.05)
    with pipe(b"hello\n", ends=False) as descriptor:
        assert read_lines(descriptor, 0.05) == "hello"


def test_no_more_than_the_most_is_read(tmp_path: Path) -> None:
    file = tmp_path / "endless"
    file.write_bytes(b"x" * (LARGEST_TEXT + LARGEST_SCAN))
    with file.open("rb") as opened, pytest.raises(Usage):
        read_lines(opened.fileno())
