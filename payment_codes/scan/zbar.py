"""The second opinion: libzbar through pyzbar, in a child process.

A failed assertion in libzbar ends its process (pyzbar issue 143), and a picture can provoke one.
So a child does the reading, and whatever becomes of it, its parent at worst sees nothing found.
"""

import subprocess
import sys
from collections.abc import Sequence
from typing import Final

from payment_codes.scan.decoder import Found, GreyPicture, can_import
from payment_codes.scan.repair import shrunk

# -P keeps the folder the user stands in, where downloads may lie, out of the child's imports.
_CHILD: Final = (sys.executable, "-P", "-m", "payment_codes.scan.zbar_child")


class ZbarDecoder:
    """Reads QR and Code 128 codes with libzbar."""

    name = "zbar"

    def __init__(self, command: Sequence[str] = _CHILD, time_limit: float = 10.0) -> None:
        """Use `command` as the child, which gets `time_limit` seconds a picture."""
        self._command = command
        self._time_limit = time_limit

    def available(self) -> bool:
        """Whether pyzbar is installed and finds the system's libzbar."""
        return can_import("pyzbar.wrapper")

    def decode(self, picture: GreyPicture) -> list[Found]:
        """Return the codes the child found; none when it died, hung, or made no sense."""
        from msgspec import MsgspecError
        from msgspec.json import decode

        small = shrunk(picture)
        try:
            answer = subprocess.run(
                self._command,
                input=small.packed(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=self._time_limit,
                check=True,
            ).stdout
            found = decode(answer, type=list[Found])
        except (OSError, subprocess.SubprocessError, MsgspecError):
            return []
        return [code.scaled(picture.width / small.width) for code in found]
