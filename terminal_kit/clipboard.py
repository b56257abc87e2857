"""A code in the clipboard: its text or, when it holds none, its picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal_kit.capture import choose_tool, on_mac, on_wayland, output_of, require_display
from wallet_api.contract.errors import ClipboardEmpty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from terminal_kit.capture import Words

WHAT = "clipboard"

XCLIP = ("xclip", "-selection", "clipboard", "-out", "-target")
#: Per tool: the command that lists the kinds of what is there, and the one that gives a kind.
TOOLS = {
    "wl-paste": (("wl-paste", "--list-types"), ("wl-paste", "--no-newline", "--type")),
    "xclip": ((*XCLIP, "TARGETS"), XCLIP),
}
TEXT = ("text/plain;charset=utf-8", "UTF8_STRING", "text/plain", "STRING", "TEXT")
PICTURE = "image/png"
#: These know text alone.
XSEL, PBPASTE = ("xsel", "--clipboard", "--output"), ("pbpaste",)


def clipboard_content() -> str | bytes:
    """Give the text in the clipboard, or its picture as PNG.

    Raises NoDisplay, ToolMissing, CaptureFailed, ClipboardEmpty.
    """
    require_display()
    if on_mac():
        content = _text_of(choose_tool((PBPASTE,), "macOS")) or _picture_of_mac()
    else:
        content = _offered()
    if not content:
        raise ClipboardEmpty
    return content


def _offered() -> str | bytes:
    """Ask the clipboard's owner what it offers, and take the best of it."""
    if on_wayland():
        tool = choose_tool((("wl-paste",),), "wl-clipboard")
    else:
        tool = choose_tool((("xclip",), XSEL), "xclip")
    if tool == XSEL:
        return _text_of(XSEL)
    kinds, content = TOOLS[tool[0]]
    offered = output_of(kinds, WHAT).decode("utf-8", "replace").split("\n")
    for kind in TEXT:
        if kind in offered:
            return _text_of((*content, kind)) or _picture_among(offered, content)
    return _picture_among(offered, content)


def _text_of(words: Words) -> str:
    return output_of(words, WHAT).decode("utf-8", "replace").strip()


def _picture_among(offered: Sequence[str], content: Words) -> bytes:
    return output_of((*content, PICTURE), WHAT) if PICTURE in offered else b""


def _picture_of_mac() -> bytes:
    from io import BytesIO

    from PIL import Image, ImageGrab

    grabbed = ImageGrab.grabclipboard()
    if not isinstance(grabbed, Image.Image):
        return b""
    written = BytesIO()
    grabbed.save(written, "PNG")
    return written.getvalue()
