"""The second opinion: libzbar through pyzbar, in a child process.

A failed assertion in libzbar ends its process (pyzbar issue 143), and a picture can provoke one.
So a child does the reading, and whatever becomes of it, its parent at worst sees nothing found.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Timer
from typing import Final

from payment_codes.scan.decoder import Found, GreyPicture, Look, Sight, can_import

# -P keeps the folder the user stands in, where downloads may lie, out of the child's imports.
_CHILD: Final = (sys.executable, "-P", "-m", "payment_codes.scan.zbar_child")

_LONGEST_ANSWER: Final = 1_000_000


class ZbarDecoder:
    """Reads QR and Code 128 codes with libzbar."""

    name = "zbar"
    rounds: tuple[tuple[str, ...], ...] = (
        ("plain", "third", "half", "inverted"),
        ("local 10", "soft", "median", "sharp"),
        ("closed", "opened", "wide median", "local 5"),
        ("half inverted", "third inverted", "bordered", "double", "softer"),
    )

    def __init__(
        self, command: Sequence[str] = _CHILD, time_limit: float = 2.0, children: int = 3
    ) -> None:
        """Use `command` as the child, which gets `time_limit` seconds a picture.

        One that dies, hangs or makes no sense is replaced, until there were as many as `children`.
        """
        self._command = command
        self._time_limit = time_limit
        self._children = children

    def available(self) -> bool:
        """Whether pyzbar is installed and finds the system's libzbar."""
        return can_import("pyzbar.wrapper")

    @contextmanager
    def opened(self) -> Iterator[Look]:
        """Return what lets a child look at pictures; it starts with the first one and then stays.

        Where the child died, hung, or made no sense, it found nothing.
        """
        desk = _Desk(self._command, self._time_limit, self._children)
        try:
            yield desk.look
        finally:
            desk.close()


class _Desk:
    """One child at a time, and how many more there may be."""

    def __init__(self, command: Sequence[str], time_limit: float, children: int) -> None:
        self._command = command
        self._time_limit = time_limit
        self._left = children
        self._child: subprocess.Popen[bytes] | None = None

    def look(self, picture: GreyPicture) -> Sight:
        """Return what a child found in a picture."""
        if self._child is None and not self._start():
            return Sight()
        found = self._asked(picture)
        if found is None:
            self.close()
        return Sight(found or [])

    def close(self) -> None:
        """End the child, whatever it does."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        # Leaving it closes its pipes, where a part of a picture may be left, and waits for its end.
        with suppress(OSError), child:
            pass

    def _start(self) -> bool:
        if self._left < 1:
            return False
        self._left -= 1
        try:
            self._child = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            return False
        return True

    def _asked(self, picture: GreyPicture) -> list[Found] | None:
        """Return what the child found, or none where it is of no more use."""
        from msgspec import MsgspecError
        from msgspec.json import decode

        child = self._child
        assert child is not None, "it was started"
        assert child.stdin is not None, "it has a pipe"
        assert child.stdout is not None, "it has a pipe"
        # A child that is killed closes its pipes, which ends both the writing and the reading.
        alarm = Timer(self._time_limit, child.kill)
        alarm.start()
        try:
            child.stdin.write(picture.packed())
            child.stdin.flush()
            return decode(child.stdout.readline(_LONGEST_ANSWER), type=list[Found])
        except (OSError, MsgspecError):
            return None
        finally:
            alarm.cancel()
