"""A hand scanner that types: what it read arrives on stdin as if from a keyboard.

Scanners end a code with Enter, Tab or both, may begin with a symbology identifier such as ``]Q3``
(ISO/IEC 15424), and read a code twice when it is held before them too long. On a terminal the
line discipline is told to hand over each key, because Tab ends no line there.
"""

from __future__ import annotations

import os
import re
import select
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from terminal_kit.diagnostics import say
from terminal_kit.language import _
from wallet_api.contract.errors import ScanTimeout, Usage

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Seconds in which a code must come.
PATIENCE = 60.0
#: Seconds of silence after which a scanner has said everything.
QUIET = 0.15
LARGEST_SCAN = 4_096

_ENDS = re.compile(rb"[\r\n\t]+")
_IDENTIFIER = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_ERASE = re.compile(rb"[^\x08\x7f]?[\x08\x7f]")


def read_scan(descriptor: int, patience: float = PATIENCE) -> str:
    """Give the last code that a scanner, a person or a pipe sends before it falls silent.

    Raises ScanTimeout when none has come after so many seconds, Usage when stdin ends without.
    """
    with _each_key(descriptor):
        return _read(descriptor, patience)


def _read(descriptor: int, patience: float) -> str:
    deadline = time.monotonic() + patience
    received = b""
    while True:
        complete = code_of(received, ended=False)
        limit = QUIET if complete else deadline - time.monotonic()
        if limit <= 0 or not select.select([descriptor], [], [], limit)[0]:
            if complete:
                return complete
            raise ScanTimeout(seconds=round(patience))
        chunk = os.read(descriptor, LARGEST_SCAN)
        received += chunk
        if not chunk or len(received) > LARGEST_SCAN:
            return _all_there_is(received)


def _all_there_is(received: bytes) -> str:
    code = code_of(received, ended=True)
    if not code or len(received) > LARGEST_SCAN:
        raise Usage(reason=_("There is no code on stdin."))
    return code


def code_of(received: bytes, *, ended: bool) -> str:
    """Give the last whole code of what a scanner typed, or nothing.

    ``ended`` says that no more comes, so that the rest is whole as well.
    """
    while (erased := _ERASE.sub(b"", received, count=1)) != received:
        received = erased
    *whole, rest = _ENDS.split(received)
    codes = [_bare(part) for part in ([*whole, rest] if ended else whole)]
    return next((code for code in reversed(codes) if code), "")


def _bare(part: bytes) -> str:
    """Take away what a scanner adds to a code: controls around it and the symbology identifier."""
    text = part.decode("utf-8", "replace")
    text = "".join(letter for letter in text if letter >= " ").strip()
    match = _IDENTIFIER.match(text)
    return text[match.end() :] if match else text


@contextmanager
def _each_key(descriptor: int) -> Iterator[None]:
    """Have a terminal hand over each key; a pipe does so anyway."""
    if not os.isatty(descriptor):
        yield
        return
    import termios
    import tty

    say(_("Scan the code now, or type it and press Enter."))
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor, termios.TCSADRAIN)
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
