"""A camera: its pictures are looked at until one shows a code, with a small preview meanwhile."""

from __future__ import annotations

import os
import sys
import time
from importlib.util import find_spec
from typing import IO, TYPE_CHECKING, Protocol

from terminal_kit.console import draws
from terminal_kit.diagnostics import say
from terminal_kit.language import _
from wallet_api.contract.errors import CameraFailed, CameraMissing

if TYPE_CHECKING:
    from collections.abc import Callable

    from payment_codes.scan.decoder import GreyPicture

MODULE = "cv2"
#: Of the preview, whose rows are two pixels high.
COLUMNS, ROWS = 48, 18
#: Seconds between two pictures of the preview.
REDRAW = 0.2
#: Seconds that one picture is looked at: the next one may be better.
LOOK = 0.1
_HALF = "▀"
#: The greys of the 256 colours begin at 232 and are 24.
_FIRST_GREY, _GREYS = 232, 24


class Camera(Protocol):
    """What gives pictures, one after the other."""

    def frame(self) -> GreyPicture:
        """Give the next picture. Raises CameraFailed."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


def available() -> bool:
    """Say whether pictures can be taken: the extra ``camera`` is installed."""
    return find_spec(MODULE) is not None


def open_camera(number: int) -> Camera:
    """Open a camera of this machine, from 0. Raises CameraMissing, CameraFailed."""
    if not available():
        raise CameraMissing
    return _OpenCvCamera(number)


class _OpenCvCamera:
    """A camera as OpenCV reads it."""

    def __init__(self, number: int) -> None:
        # OpenCV talks on stderr about every way that it tries.
        os.environ.setdefault("OPENCV_LOG_LEVEL", "OFF")
        import cv2

        self._number = number
        self._capture = cv2.VideoCapture(number)
        if not self._capture.isOpened():
            raise CameraFailed(number=number)

    def frame(self) -> GreyPicture:
        """Give the next picture in grey."""
        import cv2

        from payment_codes.scan.decoder import GreyPicture

        taken, picture = self._capture.read()
        if not taken:
            raise CameraFailed(number=self._number)
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        height, width = grey.shape
        return GreyPicture(width, height, grey.tobytes())

    def close(self) -> None:
        """Let go of the device."""
        self._capture.release()


def codes_before(number: int) -> list[str]:
    """Give the codes in the first picture of a camera that shows any.

    Raises CameraMissing, CameraFailed, and DecoderMissing of the code library.
    """
    camera = open_camera(number)
    preview = Preview(sys.stderr)
    say(_("Hold the code before the camera; Ctrl+C ends it."))
    try:
        return first_codes(camera, preview.show)
    finally:
        preview.clear()
        camera.close()


def first_codes(
    camera: Camera, show: Callable[[GreyPicture], None], clock: Callable[[], float] = time.monotonic
) -> list[str]:
    """Look at pictures until one shows a code, and have them shown about five times a second."""
    from payment_codes.scan.scanner import scan_picture

    shown_at = float("-inf")
    while True:
        picture = camera.frame()
        if clock() - shown_at >= REDRAW:
            shown_at = clock()
            show(picture)
        found = scan_picture(picture, patience=LOOK)
        if found:
            return [code.text for code in found]


class Preview:
    """Pictures drawn over one another on a terminal; elsewhere nothing."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._rows = 0
        self._draws = draws(stream)

    def show(self, picture: GreyPicture) -> None:
        """Draw a picture over the one before."""
        if self._draws:
            self.clear()
            lines = preview_lines(picture)
            self._stream.write("".join(f"{line}\n" for line in lines))
            self._stream.flush()
            self._rows = len(lines)

    def clear(self) -> None:
        """Take the picture away."""
        if self._rows:
            self._stream.write(f"\x1b[{self._rows}A\x1b[J")
            self._stream.flush()
            self._rows = 0


def preview_lines(picture: GreyPicture, columns: int = COLUMNS, rows: int = ROWS) -> list[str]:
    """Draw a picture in half blocks of grey: as large as fits, mirrored like a mirror."""
    scale = max(picture.width / columns, picture.height / (2 * rows))
    across = range(max(int(picture.width / scale), 1))
    down = range(max(int(picture.height / scale) // 2, 1))

    def grey(column: int, row: int) -> int:
        x = picture.width - 1 - min(int((column + 0.5) * scale), picture.width - 1)
        y = min(int((row + 0.5) * scale), picture.height - 1)
        return _FIRST_GREY + picture.pixels[y * picture.width + x] * _GREYS // 256

    return [
        "".join(
            f"\x1b[38;5;{grey(column, 2 * row)};48;5;{grey(column, 2 * row + 1)}m{_HALF}"
            for column in across
        )
        + "\x1b[0m"
        for row in down
    ]
