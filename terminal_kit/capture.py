"""Other people's programs that read the clipboard or the screen, each with a time limit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from wallet_api.contract.errors import CaptureFailed, NoDisplay, ToolMissing

if TYPE_CHECKING:
    from collections.abc import Sequence

SECONDS = 5.0
Words = tuple[str, ...]


def on_mac() -> bool:
    """Say whether the display is a Mac's, which needs no variable to be found."""
    return sys.platform == "darwin"


def on_wayland() -> bool:
    """Say whether the display is a Wayland compositor's."""
    return bool(os.environ.get("WAYLAND_DISPLAY"))


def require_display() -> None:
    """Raise NoDisplay where there is none."""
    if not (on_mac() or on_wayland() or os.environ.get("DISPLAY")):
        raise NoDisplay


def choose_tool(tools: Sequence[Words], package: str) -> Words:
    """Give the first of some commands that is installed. Raises ToolMissing."""
    for words in tools:
        if shutil.which(words[0]):
            return words
    raise ToolMissing(tools=", ".join(words[0] for words in tools), package=package)


def output_of(words: Words, what: str) -> bytes:
    """Give what a command writes; nothing when it fails, as one does that finds nothing.

    Raises CaptureFailed when it takes too long or cannot be started.
    """
    try:
        done = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        raise CaptureFailed(what=what, tool=words[0]) from None
    return done.stdout if done.returncode == 0 else b""
