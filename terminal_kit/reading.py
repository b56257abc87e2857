"""Where a code comes from: command line, stdin, picture, clipboard, screen, folder or camera."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from terminal_kit.language import _
from wallet_api.contract.errors import Usage

if TYPE_CHECKING:
    from payment_codes.scan.decoder import GreyPicture

    Content = str | list[str] | bytes | Path | GreyPicture

LARGEST_PICTURE = 32 * 1024 * 1024
#: The number of a camera, which no code is.
_CAMERA = re.compile("[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Source:
    """Where to read a code: one of six; ``-`` is stdin. ``pick`` chooses among several, from 1.

    ``watch`` is a folder whose next picture is read, ``camera`` the number of a camera. ``lines``
    says that a code on stdin may have several lines.
    """

    code: str | None = None
    image: str | None = None
    clipboard: bool = False
    screen: bool = False
    pick: int | None = None
    watch: str | None = None
    camera: int | None = None
    lines: bool = False

    @property
    def named(self) -> int:
        """Say how many places are named."""
        given = [value is not None for value in (self.code, self.image, self.watch, self.camera)]
        return sum((*given, self.clipboard, self.screen))

    def with_camera(self, *, wished: bool) -> Source:
        """Give the same with a camera where it is wished for: its number stands as the code."""
        if not wished:
            return self
        if self.code is not None and _CAMERA.fullmatch(self.code):
            return replace(self, code=None, camera=int(self.code))
        return replace(self, camera=0)


def read_code(source: Source) -> str:
    """Give the text of the one code that is meant.

    Raises Usage when not exactly one place is named or the file does not exist, NoDisplay,
    ToolMissing, CaptureFailed, ClipboardEmpty, ScanTimeout, SeveralCodes, CameraMissing,
    CameraFailed, and the code library's errors for pictures.
    """
    if source.named != 1:
        raise Usage(reason=_("Give one of a code, --image FILE, --clipboard and --screen."))
    if source.code is not None and source.pick is not None:
        raise Usage(reason=_("--pick chooses among the codes in a picture."))
    content = _content(source)
    if isinstance(content, str):
        return content
    from terminal_kit.choosing import choose_code

    return choose_code(_codes_in(content), source.pick)


def codes_at(source: Source) -> list[str]:
    """Give the texts of all codes in a picture, the clipboard or on the screen.

    Raises as `read_code` does, but for SeveralCodes, and NoCodeFound where there is none.
    """
    content = _content(source)
    texts = [content] if isinstance(content, str) else _codes_in(content)
    if not texts:
        from payment_codes.errors import NoCodeFound

        raise NoCodeFound("No code was found in the picture.")
    return texts


def _codes_in(content: list[str] | bytes | Path | GreyPicture) -> list[str]:
    if isinstance(content, list):
        return content
    from payment_codes.scan.decoder import GreyPicture
    from payment_codes.scan.scanner import scan, scan_picture

    found = scan_picture(content) if isinstance(content, GreyPicture) else scan(content)
    return [code.text for code in found]


def _content(source: Source) -> Content:
    """Give the text, the picture, or what was found in one already."""
    if source.code is not None:
        return _drawn(source.code) if source.code != "-" else _typed(lines=source.lines)
    if source.clipboard:
        from terminal_kit.clipboard import clipboard_content

        content = clipboard_content()
        return _drawn(content) if isinstance(content, str) else content
    if source.screen:
        from terminal_kit.screen import screen_picture

        return screen_picture()
    if source.watch is not None:
        from terminal_kit.watching import codes_from

        return codes_from(source.watch)
    if source.camera is not None:
        from terminal_kit.camera import codes_before

        return codes_before(source.camera)
    assert source.image is not None, "one place is named"
    return _picture(source.image)


def _typed(*, lines: bool) -> str | GreyPicture:
    from terminal_kit.wedge import read_lines, read_scan

    descriptor = sys.stdin.fileno()
    return _drawn(read_lines(descriptor)) if lines else read_scan(descriptor)


def _drawn(text: str) -> str | GreyPicture:
    """Give the picture of a code that was drawn on a terminal and copied, or the text as it is."""
    if "\n" not in text and "\r" not in text:
        return text
    from payment_codes.schemes.table import fits

    if fits(text.lstrip()):
        return text
    from payment_codes.scan.ansi import picture_of_terminal_text

    return picture_of_terminal_text(text.replace("\r\n", "\n").replace("\r", "\n")) or text


def _picture(image: str) -> Path | bytes:
    if image == "-":
        return sys.stdin.buffer.read(LARGEST_PICTURE + 1)
    path = Path(image)
    if not path.exists():
        raise Usage(reason=_("There is no file {name}.").format(name=image))
    return path
