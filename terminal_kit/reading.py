"""Where a code comes from: the command line, stdin, or a picture."""

from __future__ import annotations

import sys
from pathlib import Path

from terminal_kit.language import _
from terminal_kit.prompts import read_text
from wallet_api.contract.errors import Usage

LARGEST_PICTURE = 32 * 1024 * 1024


def read_code(code: str | None, image: str | None) -> str:
    """Give the text of the one code that was named; ``-`` stands for stdin in both.

    Raises Usage when not exactly one is named or the file does not exist, and the code library's
    errors for pictures.
    """
    if (code is None) == (image is None):
        raise Usage(reason=_("Give either a code or --image FILE."))
    if code is not None:
        return read_text("-", _("code")) if code == "-" else code
    assert image is not None
    from payment_codes.scan.scanner import scan_one

    return scan_one(_picture(image)).text


def _picture(image: str) -> Path | bytes:
    if image == "-":
        return sys.stdin.buffer.read(LARGEST_PICTURE + 1)
    path = Path(image)
    if not path.exists():
        raise Usage(reason=_("There is no file {name}.").format(name=image))
    return path
