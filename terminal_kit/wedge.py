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
#: Bytes of a code of several lines, or of one that was drawn on a terminal and pasted from it.
LARGEST_TEXT = 1 << 20

_ENDS = re.compile(rb"[\r\n\t]+")
_IDENTIFIER = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_ERASE = re.compile(rb"[^\x08\x7f]?[\x08\x7f]")
#: What ends the input where each key is handed over: Ctrl+D.
_END_OF_INPUT = b"\x04"
#: White space and controls around a code.
_AROUND = "\r\n\t \x02\x03\x04"
#: Texts in other alphabets than UTF-8, by their beginnings.
_ALPHABETS = ((b"ST00011", "cp1251"), (b"ST00013", "koi8-r"), (b"UPNQR", "iso8859-2"))


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


def read_lines(descriptor: int, patience: float = PATIENCE) -> str:
    """Give the one code that comes on stdin, with its line breaks.

    A pipe is read to its end, or until a code of one line is there. On a terminal a scanner sends
    Enter after each line, so the code ends with its silence, or with Ctrl+D. Raises ScanTimeout
    when none has come after so many seconds without a key, Usage when stdin ends without.
    """
    with _each_key(descriptor):
        received = _read_lines(descriptor, patience)
    text = _text(received)
    if not text or len(received) > LARGEST_TEXT:
        raise Usage(reason=_("There is no code on stdin."))
    return text


def _read_lines(descriptor: int, patience: float) -> bytes:
    typed = os.isatty(descriptor)
    received = b""
    while len(received) <= LARGEST_TEXT:
        text = _text(received) if received.endswith((b"\r", b"\n", b"\t")) else ""
        paused = bool(text) and (typed or _is_whole(text))
        if not select.select([descriptor], [], [], QUIET if paused else patience)[0]:
            if text:
                break
            raise ScanTimeout(seconds=round(patience))
        chunk = os.read(descriptor, LARGEST_SCAN)
        received += chunk
        if not chunk or (typed and chunk.endswith(_END_OF_INPUT)):
            break
    return received


def _is_whole(text: str) -> bool:
    """Say whether a text of one line is a code, to which no further line belongs."""
    from payment_codes.schemes.scheme import Carrier
    from payment_codes.schemes.table import fits

    return any(scheme.carrier is not Carrier.LINES for scheme in fits(text)[:1])


def _text(received: bytes) -> str:
    """Read what came as text, without what a scanner adds: ends, identifier, second readings."""
    if len(received) <= LARGEST_SCAN:
        received = _erased(received)
    alphabet = next((one for mark, one in _ALPHABETS if received.startswith(mark)), "latin-1")
    try:
        text = received.decode()
    except UnicodeDecodeError:
        text = received.decode(alphabet, "replace")
    text = text.strip(_AROUND)
    lines = {_unidentified(line.strip(_AROUND)) for line in re.split(r"[\r\n\t]+", text)}
    return lines.pop() if len(lines) == 1 else _unidentified(text)


def _unidentified(text: str) -> str:
    """Take away the symbology identifier."""
    match = _IDENTIFIER.match(text)
    return text[match.end() :] if match else text


def _all_there_is(received: bytes) -> str:
    code = code_of(received, ended=True)
    if not code or len(received) > LARGEST_SCAN:
        raise Usage(reason=_("There is no code on stdin."))
    return code


def code_of(received: bytes, *, ended: bool) -> str:
    """Give the last whole code of what a scanner typed, or nothing.

    ``ended`` says that no more comes, so that the rest is whole as well.
    """
    *whole, rest = _ENDS.split(_erased(received))
    codes = [_bare(part) for part in ([*whole, rest] if ended else whole)]
    return next((code for code in reversed(codes) if code), "")


def _erased(received: bytes) -> bytes:
    """Take back what a person took back."""
    while (erased := _ERASE.sub(b"", received, count=1)) != received:
        received = erased
    return received


def _bare(part: bytes) -> str:
    """Take away what a scanner adds to a code: controls around it and the symbology identifier."""
    text = part.decode("utf-8", "replace")
    return _unidentified("".join(letter for letter in text if letter >= " ").strip())


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
