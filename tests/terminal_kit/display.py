"""A display of one's own: Xvfb, with its pixels in a file that a test can paint."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image

WIDTH, HEIGHT = 800, 600
#: The header of an X window dump (XWDFile.h): its own size, and how many colours follow it.
HEADER_SIZE, COLOURS = 0, 19
COLOUR_BYTES = 12


def missing() -> str | None:
    """Say what these tests need and this machine lacks."""
    lacking = [name for name in ("Xvfb", "xclip") if shutil.which(name) is None]
    return f"{' and '.join(lacking)} not installed" if lacking else None


class Display:
    """An X server without a screen."""

    def __init__(self, folder: Path) -> None:
        reading, writing = os.pipe()
        self._server = subprocess.Popen(
            [
                *("Xvfb", "-displayfd", str(writing), "-screen", "0", f"{WIDTH}x{HEIGHT}x24"),
                *("-fbdir", str(folder), "-nolisten", "tcp", "-nocursor", "-noreset"),
            ],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading, "rb") as told:
            self.name = f":{told.readline().decode().strip()}"
        self._pixels = folder / "Xvfb_screen0"
        self._owners: list[subprocess.Popen[bytes]] = []

    def paint(self, picture: Image) -> None:
        """Show a picture at the top left of an otherwise white screen."""
        from PIL import Image

        screen = Image.new("RGB", (WIDTH, HEIGHT), "white")
        screen.paste(picture)
        with self._pixels.open("r+b") as file:
            header = struct.unpack(">25I", file.read(100))
            file.seek(header[HEADER_SIZE] + header[COLOURS] * COLOUR_BYTES)
            file.write(screen.tobytes("raw", "BGRX"))

    def copy(self, content: bytes, target: str) -> None:
        """Put something into the clipboard, which lasts until something else is put there."""
        owner = subprocess.Popen(
            ["xclip", "-quiet", "-selection", "clipboard", "-in", "-target", target],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "DISPLAY": self.name},
        )
        assert owner.stdin is not None
        assert owner.stderr is not None
        owner.stdin.write(content)
        owner.stdin.close()
        owner.stderr.readline()  # It says that it waits: the selection is its own by then.
        self._owners.append(owner)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in (*self._owners, self._server):
            process.terminate()
            process.wait(10)
            if process.stderr is not None:
                process.stderr.close()
