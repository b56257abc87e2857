"""A code on the screen: one picture of all of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from terminal_kit.capture import choose_tool, on_mac, on_wayland, output_of, require_display
from wallet_api.contract.errors import CaptureFailed, NoDisplay

if TYPE_CHECKING:
    from payment_codes.scan.decoder import GreyPicture
    from terminal_kit.capture import Words

#: Each writes a PNG to stdout.
WAYLAND_TOOLS = (("grim", "-"),)
X11_TOOLS = (("import", "-silent", "-window", "root", "png:-"),)


def screen_picture() -> GreyPicture | bytes:
    """Take a picture of the screen: its pixels, or a PNG.

    Raises NoDisplay, ToolMissing, CaptureFailed.
    """
    require_display()
    if on_wayland():
        # An X server beside the compositor shows none of its windows.
        return _taken_by(choose_tool(WAYLAND_TOOLS, "grim"))
    if on_mac() or _knows_x11():
        return _grabbed()
    return _taken_by(choose_tool(X11_TOOLS, "imagemagick"))


def _taken_by(tool: Words) -> bytes:
    picture = output_of(tool, "screen")
    if not picture:
        raise CaptureFailed(what="screen", tool=tool[0])
    return picture


def _knows_x11() -> bool:
    """Say whether Pillow was built with XCB, as its wheels for Linux are."""
    from PIL import features

    return features.check("xcb") is True


def _grabbed() -> GreyPicture:
    from PIL import ImageGrab

    from payment_codes.scan.decoder import GreyPicture

    try:
        taken = ImageGrab.grab(xdisplay=None if on_mac() else os.environ["DISPLAY"])
    except OSError:
        raise NoDisplay from None
    grey = taken.convert("L")
    return GreyPicture(grey.width, grey.height, grey.tobytes())
