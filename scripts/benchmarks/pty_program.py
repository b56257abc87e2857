"""A program on a terminal of its own, which notes when each picture was drawn whole."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from typing import TYPE_CHECKING, Self

from benchmarks.machine import cpu_seconds

if TYPE_CHECKING:
    from collections.abc import Callable

#: Synchronized output (DEC private mode 2026): the question, our yes, and the end of a picture.
ASKS, HAS, DRAWN = b"\x1b[?2026$p", b"\x1b[?2026;1$y", b"\x1b[?2026l"
LIMIT_SECONDS = 60.0


class PtyProgram:
    """Runs a module of ours as ``python -m`` does, on so many columns and rows."""

    def __init__(self, module: str, columns: int, rows: int) -> None:
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            os.execv(sys.executable, [sys.executable, "-m", module])
        self._seen = b""
        self._drawn = 0
        self.resize(columns, rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self.pid, signal.SIGTERM)
        os.waitpid(self.pid, 0)
        os.close(self._terminal)

    def resize(self, columns: int, rows: int) -> None:
        """Make the terminal larger or smaller."""
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, size)

    def wait_for(self, text: str) -> None:
        """Read on until a text was written."""
        self._read_until(lambda: self.has_written(text))

    def has_written(self, text: str) -> bool:
        """Say whether it wrote a text lately."""
        return text.encode() in self._seen

    def write(self, keys: bytes) -> None:
        """Type keys."""
        os.write(self._terminal, keys)

    def press(self, keys: bytes) -> float:
        """Type keys, and give the milliseconds until the next picture was drawn whole."""
        self.rest(0.0)
        self._seen, drawn = b"", self._drawn
        start = time.perf_counter()
        os.write(self._terminal, keys)
        self._read_until(lambda: self._drawn > drawn)
        return (time.perf_counter() - start) * 1_000

    def rest(self, seconds: float) -> None:
        """Read what it writes for a while, or what it has written already."""
        end = time.monotonic() + seconds
        while self._ready(max(end - time.monotonic(), 0.0)):
            self._read()

    def idle_share(self, seconds: float) -> float:
        """Give the share of one processor that it takes while nobody does anything."""
        before = cpu_seconds(self.pid)
        self.rest(seconds)
        return (cpu_seconds(self.pid) - before) / seconds

    def _read_until(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + LIMIT_SECONDS
        while not condition():
            if not self._ready(end - time.monotonic()):
                raise SystemExit(f"the program drew no more after {self._seen[-2_000:]!r}")
            self._read()

    def _ready(self, seconds: float) -> bool:
        return seconds >= 0 and bool(select.select([self._terminal], [], [], seconds)[0])

    def _read(self) -> None:
        written = os.read(self._terminal, 65_536)
        if ASKS in written:
            os.write(self._terminal, HAS)
        # The end of a picture may come in two parts.
        tail = self._seen[-len(DRAWN) + 1 :] + written
        self._drawn += tail.count(DRAWN)
        self._seen = (self._seen + written)[-200_000:]
