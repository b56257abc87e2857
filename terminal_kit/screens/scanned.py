"""Screens that a hand scanner may type into at any moment, whatever has the focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from textual.events import Key, Paste
from textual.widgets import Input

from terminal_kit.scanning import ENDS, Scanning, code_in, is_article

if TYPE_CHECKING:
    from textual.screen import Screen


#: Puts back what stood there before a burst of keys, and then does what is given.
PutBack = Callable[[Callable[[], None]], None]


class Scanned:
    """Mixed into a screen, which gives ``scanned`` for a code, and may take other keys itself."""

    def __init__(self) -> None:
        self.scanning: Scanning[PutBack] = Scanning()

    def scanned(self, code: str) -> None:
        """Take a code; every field is as it was before it."""
        raise NotImplementedError

    def takes(self, event: Key) -> bool:
        """Take a key before anything else does, and say whether that was done."""
        del event
        return False

    def before(self) -> PutBack:
        """Note what the keys to come may have to be put back to."""
        field = self._screen.focused
        if not isinstance(field, Input):
            return lambda then: then()
        value, cursor = field.value, field.cursor_position

        def put_back(then: Callable[[], None]) -> None:
            field.value, field.cursor_position = value, cursor
            then()

        def later(then: Callable[[], None]) -> None:
            # The keys still wait in the field's own queue, so it is put back behind them.
            field.call_later(put_back, then)

        return later

    def sees(self, event: Key | Paste) -> bool:
        """See whatever is typed before anything else does; keep it where this gives True."""
        if isinstance(event, Paste):
            code = code_in(event.text)
            if not self._is_for_scan(code):
                return False
            self._screen.call_later(self.scanned, code)
            return True
        key = event.key if event.key in ENDS else event.character or event.key
        scan = self.scanning.feed(key, event.time, self.before)
        if scan is None:
            return self.takes(event)
        if scan.code and not self._is_for_scan(scan.code):
            return False
        if scan.code:
            scan.before(lambda: self._later(scan.code))
        return True

    def _later(self, code: str) -> None:
        self._screen.call_later(self.scanned, code)

    def _is_for_scan(self, code: str) -> bool:
        in_field = isinstance(self._screen.focused, Input)
        return bool(code) and not (in_field and is_article(code))

    @property
    def _screen(self) -> Screen[object]:
        return cast("Screen[object]", self)
