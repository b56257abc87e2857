"""Where a code comes from: the command line, a scanner on stdin, a picture, clipboard or screen."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from terminal_kit.language import _
from wallet_api.contract.errors import Usage

if TYPE_CHECKING:
    from payment_codes.scan.decoder import GreyPicture

LARGEST_PICTURE = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """Where to read a code: one of four; ``-`` is stdin. ``pick`` chooses among several, from 1."""

    code: str | None = None
    image: str | None = None
    clipboard: bool = False
    screen: bool = False
    pick: int | None = None

    @property
    def named(self) -> int:
        """Say how many places are named."""
        return sum((self.code is not None, self.image is not None, self.clipboard, self.screen))


def read_code(source: Source) -> str:
    """Give the text of the one code that is meant.

    Raises Usage when not exactly one place is named or the file does not exist, NoDisplay,
    ToolMissing, CaptureFailed, ClipboardEmpty, ScanTimeout, SeveralCodes, and the code library's
    errors for pictures.
    """
    if source.named != 1:
        raise Usage(reason=_("Give one of a code, --image FILE, --clipboard and --screen."))
    if source.code is not None:
        if source.pick is not None:
            raise Usage(reason=_("--pick chooses among the codes in a picture."))
        return _scanned() if source.code == "-" else source.code
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


def _codes_in(picture: bytes | Path | GreyPicture) -> list[str]:
    from payment_codes.scan.decoder import GreyPicture
    from payment_codes.scan.scanner import scan, scan_picture

    found = scan_picture(picture) if isinstance(picture, GreyPicture) else scan(picture)
    return [code.text for code in found]


def _scanned() -> str:
    from terminal_kit.wedge import read_scan

    return read_scan(sys.stdin.fileno())


def _content(source: Source) -> str | bytes | Path | GreyPicture:
    """Give the text or the picture that is there."""
    if source.clipboard:
        from terminal_kit.clipboard import clipboard_content

        return clipboard_content()
    if source.screen:
        from terminal_kit.screen import screen_picture

        return screen_picture()
    assert source.image is not None, "one place is named"
    return _picture(source.image)


def _picture(image: str) -> Path | bytes:
    if image == "-":
        return sys.stdin.buffer.read(LARGEST_PICTURE + 1)
    path = Path(image)
    if not path.exists():
        raise Usage(reason=_("There is no file {name}.").format(name=image))
    return path
