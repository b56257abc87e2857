"""A code in the clipboard or on the screen of a real X server, and where there is none."""

from __future__ import annotations

import stat
import sys
from typing import TYPE_CHECKING

import pytest

from terminal_kit import capture
from terminal_kit.clipboard import clipboard_content
from terminal_kit.reading import Source, read_code
from terminal_kit.screen import screen_picture
from tests.payment_codes.pictures import code_image, encoded, page
from tests.terminal_kit.display import Display, missing
from wallet_api.contract.errors import (
    CaptureFailed,
    ClipboardEmpty,
    NoDisplay,
    SeveralCodes,
    ToolMissing,
    Usage,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CODE, OTHER = "781234567890123456", "782222222222222222"
needs_display = pytest.mark.skipif(missing() is not None, reason=str(missing()))


@pytest.fixture
def display(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Display]:
    """A display that programs find by DISPLAY."""
    with Display(tmp_path) as made:
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        monkeypatch.setenv("DISPLAY", made.name)
        yield made


@pytest.mark.display
@needs_display
def test_a_code_on_the_screen_is_read(display: Display) -> None:
    display.paint(code_image(CODE, 5))
    assert read_code(Source(screen=True)) == CODE
    display.paint(code_image(OTHER, 5))
    assert read_code(Source(screen=True)) == OTHER
    display.paint(page([CODE, OTHER], 2))
    with pytest.raises(SeveralCodes):
        read_code(Source(screen=True))
    assert read_code(Source(screen=True, pick=2)) == OTHER


@pytest.mark.display
@needs_display
def test_a_code_in_the_clipboard_is_read_as_text_or_picture(display: Display) -> None:
    with pytest.raises(ClipboardEmpty):
        clipboard_content()
    display.copy(encoded(code_image(CODE)), "image/png")
    assert read_code(Source(clipboard=True)) == CODE
    display.copy(f" {OTHER}\n".encode(), "UTF8_STRING")
    assert read_code(Source(clipboard=True)) == OTHER


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine without a display, and without any program."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sys, "platform", "linux")
    return monkeypatch


@pytest.mark.parametrize("source", [Source(clipboard=True), Source(screen=True)])
def test_no_display_is_said(nowhere: pytest.MonkeyPatch, source: Source) -> None:
    with pytest.raises(NoDisplay):
        read_code(source)
    nowhere.setenv("DISPLAY", ":99999")
    with pytest.raises(NoDisplay if source.screen else ToolMissing):
        read_code(source)


@pytest.mark.parametrize(
    ("variable", "source", "package"),
    [
        ("DISPLAY", Source(clipboard=True), "xclip"),
        ("WAYLAND_DISPLAY", Source(clipboard=True), "wl-clipboard"),
        ("WAYLAND_DISPLAY", Source(screen=True), "grim"),
    ],
)
def test_a_missing_tool_is_named_with_its_package(
    nowhere: pytest.MonkeyPatch, variable: str, source: Source, package: str
) -> None:
    nowhere.setenv(variable, "somewhere")
    with pytest.raises(ToolMissing) as raised:
        read_code(source)
    assert f"Install the package {package}." in str(raised.value)


def tool(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_wayland_is_read_by_its_own_tools(nowhere: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "code.png").write_bytes(encoded(code_image(CODE)))
    tool(tmp_path, "grim", f"exec /bin/cat {tmp_path / 'code.png'}")
    paste = 'case "$*" in --list-types) echo image/png;; *image/png) /bin/cat "$PICTURE";; esac'
    nowhere.setenv("PICTURE", str(tmp_path / "code.png"))
    tool(tmp_path, "wl-paste", paste)
    nowhere.setenv("PATH", str(tmp_path))
    nowhere.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert read_code(Source(screen=True)) == CODE
    assert read_code(Source(clipboard=True)) == CODE


def test_a_tool_that_fails_or_hangs_is_given_up(
    nowhere: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    nowhere.setenv("PATH", str(tmp_path))
    nowhere.setenv("WAYLAND_DISPLAY", "wayland-0")
    tool(tmp_path, "grim", "exit 1")
    with pytest.raises(CaptureFailed):
        screen_picture()
    nowhere.setattr(capture, "SECONDS", 0.1)
    tool(tmp_path, "wl-paste", "exec /bin/sleep 60")
    with pytest.raises(CaptureFailed):
        clipboard_content()


def test_exactly_one_place_is_read() -> None:
    for source in (
        Source(),
        Source(code=CODE, screen=True),
        Source(image="a.png", clipboard=True),
        Source(code=CODE, pick=1),
    ):
        with pytest.raises(Usage):
            read_code(source)
