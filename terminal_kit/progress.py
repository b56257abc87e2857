"""What takes long, said on stderr: one line kept up to date on a terminal, else one a change."""

from __future__ import annotations

import math
import sys
import threading
import time
from typing import TYPE_CHECKING

from terminal_kit.asking import Asking, Away, Doing, Known, Reversing, WaitingForPayer
from terminal_kit.console import draws, fitted
from terminal_kit.diagnostics import say
from terminal_kit.language import _
from terminal_kit.words import word

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

PAID = "succeeded"
CLEAR = "\r\x1b[K"


def words(doing: Doing, seconds: int) -> str:
    """Say what is being done, with so many seconds left."""
    match doing:
        case Asking(number, of):
            text = _("Outcome unknown, asking ({number} of {of}, next in {seconds} s)")
            return text.format(number=number, of=of, seconds=seconds)
        case Known(state):
            if state == PAID:
                return _("Paid after all.")
            return _("The outcome is known: {state}.").format(state=word(state))
        case Reversing():
            return _("Nobody answered in time: reversing, so that nothing can be paid later.")
        case WaitingForPayer(pin=True):
            return _("Waiting for the customer's PIN, {seconds} s left").format(seconds=seconds)
        case WaitingForPayer():
            return _("Waiting for the customer, {seconds} s left").format(seconds=seconds)
        case Away():
            return _("The service does not answer, asking again.")


class Progress:
    """Tells a person what goes on; to be left before anything else is written."""

    def __init__(self) -> None:
        self._live = draws(sys.stderr)
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._ticker: threading.Thread | None = None
        self._doing: Doing | None = None
        self._until = 0.0

    def __call__(self, doing: Doing) -> None:
        """Say what is being done now."""
        seconds = getattr(doing, "seconds", None)
        if not self._live:
            if _subject(doing) != _subject(self._doing):
                say(words(doing, math.ceil(seconds or 0)))
            self._doing = doing
            return
        with self._lock:
            self._doing = None if seconds is None else doing
            self._until = time.monotonic() + (seconds or 0)
        if seconds is None:
            self._clear()
            say(words(doing, 0))
            return
        self._paint()
        if self._ticker is None:
            self._ticker = threading.Thread(target=self._tick, daemon=True)
            self._ticker.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the line away."""
        if self._ticker is not None:
            self._ended.set()
            self._ticker.join()
            self._clear()

    def _tick(self) -> None:
        while not self._ended.wait(1.0):
            self._paint()

    def _paint(self) -> None:
        with self._lock:
            if self._doing is None:
                return
            left = max(math.ceil(self._until - time.monotonic()), 0)
            line = fitted(words(self._doing, left), _columns() - 1).rstrip()
            sys.stderr.write(CLEAR + line)
            sys.stderr.flush()

    def _clear(self) -> None:
        with self._lock:
            sys.stderr.write(CLEAR)
            sys.stderr.flush()


def _subject(doing: Doing | None) -> object:
    """Give what a line is about: the seconds alone are no change."""
    return (True, doing.pin) if isinstance(doing, WaitingForPayer) else doing


def _columns() -> int:
    import shutil

    return shutil.get_terminal_size().columns
